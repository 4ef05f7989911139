using System.Net;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Web.Tests.Authorization;

/// <summary>No endpoint is open because somebody forgot to say who may use it.</summary>
public sealed class EveryEndpointTests
{
    /// <summary>All that people who are not signed in may open. A new line here is a decision.</summary>
    private static readonly string[] OpenToEverybody =
    [
        "/sign-in", "/second-factor", "/second-factor/reset/{token}", "/sign-out", "/sign-up/{token}", "/forgotten", "/reset/{token}", "/session", "/session/stay", "/error/{status:int:range(400,599)}", "/help/{topic?}", "/help/images/{name}", "/demo/outbox", "/accessibility", "/privacy",
        "/health/live", "/health/ready", "/operator/sign-up/{token}",
        // These ask for the link from the console, while there is nothing on the server, and are not there afterwards.
        "/set-up", "/set-up/{token}", "/set-up/{token}/mail", "/set-up/{token}/schools", "/set-up/{token}/schools/register", "/set-up/{token}/schools/one",
        "/set-up/{token}/schools/authority", "/set-up/{token}/school", "/set-up/{token}/administrator",
    ];

    [Fact]
    [Asvs("6.3.4", "Pages that open without signing in are in a list; no other does.")]
    [Asvs("8.2.1", "Every address says who may use it.")]
    public async Task Endpoints_All_SayWhoMayUseThem()
    {
        await using var factory = await AscentFactory.StartAsync();

        Assert.Empty(Unguarded(factory));
        Assert.True(Routes(factory).Count(e => e.Metadata.GetMetadata<IAuthorizeData>() is not null) >= 20);
    }

    [Fact]
    [Asvs("16.5.3", "A page about which nobody said who may open it is closed to all.")]
    public async Task Endpoints_PageThatNobodyListed_IsFoundAndDeniedToAll()
    {
        await using var factory = await AscentFactory.StartAsync();
        // A page of the product as it would be if its author had forgotten to put it behind anything.
        factory.Configure = services => services.PostConfigure<RazorPagesOptions>(options =>
            options.Conventions.AddPageApplicationModelConvention("/About/Privacy", page => Forget(page.EndpointMetadata)));
        var school = await factory.Data.AddPrimaryAsync();
        var person = await factory.Data.AddMemberAsync(school, Permission.SchoolSetup);

        Assert.Equal(["/privacy"], Unguarded(factory));
        Assert.Equal("/sign-in?back=%2Fprivacy", (await factory.OpenBrowser().GetAsync("/privacy")).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await (await factory.SignInAsync(person)).GetAsync("/privacy")).Status);
    }

    [Fact]
    [Asvs("3.5.1", "Every address refuses a post without the form’s own token, or with somebody else’s, and changes nothing.")]
    public async Task Post_WithoutToken_IsRefusedEverywhereAndChangesNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var pending = await server.Data.InviteAsync(server.Setup);
        var link = await server.Data.TokenOfAsync(pending.MembershipId);
        var journey = CreateUserWalk.Id(await new CreateUserWalk(server.Browser, server.School.Code).RoleAsync());
        var strange = (await server.Factory.OpenBrowser().GetAsync("/sign-in")).Document.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        var paths = Routes(server.Factory).Select(e => Path(e, server.School.Code, pending.MembershipId, link))
            .Where(path => !path.StartsWith("/error/", StringComparison.Ordinal) && !path.StartsWith("/help/images", StringComparison.Ordinal)
                // Health takes no post, and the operator's pages are not there for people of a school; their own tests post to them.
                && !path.StartsWith("/health/", StringComparison.Ordinal) && (!path.StartsWith("/operator", StringComparison.Ordinal) || path.StartsWith("/operator/sign-up/", StringComparison.Ordinal))
                // Nor are those of an authority or trust.
                && !path.StartsWith("/organisations/", StringComparison.Ordinal)
                // The first takes no post; the others lead home whoever owes no code, and whose second factor is good here.
                && !path.StartsWith("/session", StringComparison.Ordinal) && !path.EndsWith("/reset-code", StringComparison.Ordinal) && path != $"/schools/{server.School.Code}/second-factor").Distinct().ToArray();
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        var before = await Tables.DumpAsync(server.Factory);

        foreach (var path in paths)
            foreach (var handler in (string[])["", "handler=ShowCode", "handler=Resend", "handler=Ask", "handler=Export", "handler=Erase", "handler=Factor", "handler=Recovery"])
                foreach (var token in (string[])["", strange, "CfDJ8"])
                {
                    var address = $"{path}?j={journey}&{handler}";
                    using var form = new FormUrlEncodedContent(Everything(pending.MembershipId, token));
                    using var response = await server.Browser.Client.PostAsync(new Uri(address, UriKind.Relative), form);
                    Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"POST {address} answered {(int)response.StatusCode}");
                }

        Assert.True(paths.Length >= 30, $"Only {paths.Length} addresses");
        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
    }

    private static void Forget(IList<object> metadata)
    {
        foreach (var open in metadata.OfType<IAllowAnonymous>().ToArray())
            metadata.Remove(open);
    }

    // Style sheet, scripts and pictures are the same for everybody. A build (not a published server) also looks for files that changed since.
    private static IEnumerable<RouteEndpoint> Routes(AscentFactory factory) =>
        factory.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => !Pattern(e).StartsWith("/assets/", StringComparison.Ordinal) && Pattern(e) != "/{**path:file}");

    private static IEnumerable<string> Unguarded(AscentFactory factory) =>
        Routes(factory).Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null ? !OpenToEverybody.Contains(Pattern(e)) : e.Metadata.GetMetadata<IAuthorizeData>()?.Policy is null)
            .Select(Pattern).Distinct();

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static string Path(RouteEndpoint endpoint, string urn, Guid id, string token) =>
        Pattern(endpoint).Replace("{urn}", urn, StringComparison.Ordinal).Replace("{id:guid}", id.ToString("N"), StringComparison.Ordinal)
            .Replace("{token}", token, StringComparison.Ordinal).Replace("{topic?}", "index", StringComparison.Ordinal);

    private static Dictionary<string, string> Everything(Guid id, string token) => new()
    {
        ["id"] = id.ToString(), ["form"] = token, ["Forename"] = "Eve", ["Surname"] = "Black", ["Email"] = "eve@school.example", ["JobRole"] = "Teacher",
        ["Agrees"] = "true", ["Code"] = "00000-00000", ["Password"] = "four wet otters sing", ["SchoolReports"] = "true",
    };
}
