using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Accounts;
using Ascent.Web.Pages.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Ascent.Web.Tests.Pages.Bodies;

public sealed class BodyLinksTests
{
    private static readonly string[] Steps = ["about", "where", "reports", "administration", "end-date", "confirm"];

    private static readonly string[] DeedsFromAbove = ["deactivate", "reactivate", "reset"];

    private static readonly string[] OwnDeeds = [.. DeedsFromAbove, "end-sessions", "reset-second-factor", "delete"];

    private static readonly Guid Id = new("0193a1b2-0000-7000-8000-000000000001");

    [Fact]
    public async Task Links_Each_LeadToAPage()
    {
        await using var factory = await AscentFactory.StartAsync();
        var patterns = factory.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.TrimStart('/')).Where(p => p.StartsWith("organisations/", StringComparison.Ordinal)).Distinct().ToList();
        const string Body = "la-931";

        var met = ((string[])[BodyLinks.Home(Body), BodyLinks.Schools(Body), BodyLinks.SchoolsAfter(Body, "locked", "100025"), BodyLinks.Lock(Body, "100025"), BodyLinks.Unlock(Body, "100025"), BodyLinks.FindSchools(Body), BodyLinks.AskASchool(Body), BodyLinks.Ask(Body, "100025"), BodyLinks.Asked(Body), BodyLinks.AskedAfter(Body, "asked", "100025"),
                .. Steps.Select(step => BodyLinks.CreateUser(Body, step)), BodyLinks.CreateUserAnew(Body), BodyLinks.ResetCode(Body), BodyLinks.FactorDoor(Body),
                .. People(BodyLinks.Home(Body), OwnDeeds), .. Own(BodyLinks.Home(Body)), .. People(BodyLinks.School(Body, "100025"), DeedsFromAbove)])
            .Select(link => patterns.FindAll(p => Matches(p, link.Split('?')[0])) is [var one] ? one : $"none for {link}");

        Assert.Equal(patterns.Order(StringComparer.Ordinal), met.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The links of the pages that stand at the addresses of schools and of bodies.</summary>
    private static IEnumerable<string> People(string home, IEnumerable<string> deeds) =>
    [
        AccountLinks.ManageUsers(home), AccountLinks.EditUser(home, Id), .. deeds.Select(deed => AccountLinks.UserDeed(home, Id, deed)), AccountLinks.ManageUsersAfter(home, "changed", Id),
        AccountLinks.PendingUsers(home), AccountLinks.EditPendingUser(home, Id), AccountLinks.Slip(home, Id), AccountLinks.PendingUsersAfterNewCode(home, Id), AccountLinks.ResetCodes(home),
    ];

    private static IEnumerable<string> Own(string home) =>
        [AccountLinks.DeactivateUsers(home, [Id]), AccountLinks.SetEndDates(home, [Id]), AccountLinks.DeletePendingUser(home, Id), AccountLinks.DeletePendingUsers(home, [Id]), AccountLinks.ResendInvitations(home, [Id]), AccountLinks.SignInRules(home), AccountLinks.Log(home)];

    // A literal before a parameter, as the server itself chooses.
    private static bool Matches(string pattern, string path)
    {
        var values = new RouteValueDictionary();
        return new TemplateMatcher(TemplateParser.Parse(pattern), []).TryMatch(new PathString(path), values) && (values["id"] is not string id || Guid.TryParse(id, out _));
    }
}
