using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Bodies;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Support;

/// <summary>What tests of the pages of an authority or trust begin with: a server, the body, a holder of its setup, and that person's browser.</summary>
public sealed partial class BodyServer : IAsyncDisposable
{
    private BodyServer(AscentFactory factory, TestBodyMember officer, Browser browser) => (Factory, Officer, Browser) = (factory, officer, browser);

    public AscentFactory Factory { get; }

    public TestBodyMember Officer { get; }

    public Browser Browser { get; }

    public TestData Data => Factory.Data;

    public string Home => BodyLinks.Home(Officer.Address);

    public static async Task<BodyServer> StartAsync(bool trust = false)
    {
        var factory = await AscentFactory.StartAsync();
        Organisation body = trust ? await factory.Data.AddTrustAsync() : await factory.Data.AddAuthorityAsync();
        var officer = await factory.Data.AddBodyMemberAsync(body, PermissionSet.Of(Permission.LaSetup));
        return new(factory, officer, await factory.SignInAsync(officer.Email));
    }

    /// <summary>A linked primary school.</summary>
    public async Task<School> AddSchoolAsync(string name, ReachLevel level)
    {
        var school = await Data.AddPrimaryAsync(name);
        await Data.LinkAsync(school, Officer.Body, level);
        return school;
    }

    /// <summary>Where the pages of a linked school's people begin.</summary>
    public string Below(School school) => BodyLinks.School(Officer.Address, school.Code);

    /// <summary>Every address of pages about people below bodies, out of the running server.</summary>
    public IReadOnlyList<string> Patterns() =>
        [.. Factory.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(p => p.StartsWith("/organisations/{body}/", StringComparison.Ordinal) && (p.Contains("/users/", StringComparison.Ordinal) || p.EndsWith("/log", StringComparison.Ordinal))
                && !p.Contains("/users/create", StringComparison.Ordinal)).Distinct()];

    public string Path(string pattern, School school, Guid id) => Parameter().Replace(pattern, m => m.Groups[1].Value switch { "body" => Officer.Address, "urn" => school.Code, _ => $"{id:N}" });

    /// <summary>All of them, about one of the body's own people, and about somebody of a school.</summary>
    public IEnumerable<string> Paths(School school, Guid own, Guid there) => Patterns().Select(p => Path(p, school, p.Contains("{urn}", StringComparison.Ordinal) ? there : own));

    public Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read) => Factory.Get<Database>().ReadAsync(OrganisationScope.Server, read);

    public Task<PermissionSet> PermissionsAsync(Guid membershipId) => ReadAsync(async db => (await db.Set<Membership>().SingleAsync(m => m.Id == membershipId)).Permissions);

    /// <summary>As after a forgotten password.</summary>
    public async Task OweResetCodeAsync(Guid organisationId, Guid membershipId)
    {
        await Factory.Get<Database>().ChangeAsync(OrganisationScope.Of(organisationId), async db =>
        {
            db.Add(new ResetCode { OrganisationId = organisationId, MembershipId = membershipId, ExpiresAt = AscentHost.Start.UtcDateTime.AddDays(-1) });
            return await db.SaveChangesAsync();
        }, CancellationToken.None);
        // The old one has run out, and so there is one that can be shown.
        await Factory.Get<AskForResetCode>().ExecuteAsync(organisationId, membershipId, CancellationToken.None);
    }

    /// <summary>A post of these fields and nothing else.</summary>
    public static async Task<Page> PostAsync(Browser browser, string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
    }

    /// <summary>Ticks somebody on a list and asks to deactivate.</summary>
    public static Task<Page> TickAsync(Page list, Guid membershipId)
    {
        list.Document.QuerySelectorAll($"input[value='{membershipId:N}']").OfType<IHtmlInputElement>().Single().IsChecked = true;
        return list.Form("Deactivate").SubmitAsync("Deactivate");
    }

    public ValueTask DisposeAsync() => Factory.DisposeAsync();

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}

public static class SchoolAddress
{
    public static string Home(this School school) => $"/schools/{school.Code}";
}
