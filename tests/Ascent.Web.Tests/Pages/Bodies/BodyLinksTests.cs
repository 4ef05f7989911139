using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Ascent.Web.Tests.Pages.Bodies;

public sealed class BodyLinksTests
{
    private static readonly string[] Steps = ["about", "where", "reports", "administration", "end-date", "confirm"];

    [Fact]
    public async Task Links_Each_LeadToAPage()
    {
        await using var factory = await AscentFactory.StartAsync();
        var patterns = factory.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.TrimStart('/')).Where(p => p.StartsWith("organisations/", StringComparison.Ordinal)).Distinct().ToList();
        const string Body = "la-931";

        var met = ((string[])[BodyLinks.Home(Body), BodyLinks.Schools(Body), BodyLinks.SchoolsAfter(Body, "locked", "100025"), BodyLinks.Lock(Body, "100025"), BodyLinks.Unlock(Body, "100025"), BodyLinks.FindSchools(Body), BodyLinks.AskASchool(Body), BodyLinks.Ask(Body, "100025"), BodyLinks.Asked(Body), BodyLinks.AskedAfter(Body, "asked", "100025"),
                .. Steps.Select(step => BodyLinks.CreateUser(Body, step)), BodyLinks.CreateUserAnew(Body), BodyLinks.ResetCode(Body), BodyLinks.FactorDoor(Body)])
            .Select(link => patterns.FindAll(p => Matches(p, link.Split('?')[0])) is [var one] ? one : $"none for {link}");

        Assert.Equal(patterns.Order(StringComparer.Ordinal), met.Distinct().Order(StringComparer.Ordinal));
    }

    // A literal before a parameter, as the server itself chooses.
    private static bool Matches(string pattern, string path) =>
        new TemplateMatcher(TemplateParser.Parse(pattern), []).TryMatch(new PathString(path), []);
}
