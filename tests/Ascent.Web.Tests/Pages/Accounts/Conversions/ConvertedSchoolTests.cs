using System.Net;
using Ascent.Accounts.Conversions;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Accounts.Conversions;

/// <summary>A school that became another, as its people and strangers see it.</summary>
public sealed class ConvertedSchoolTests
{
    [Fact]
    public async Task OldAddress_ForItsOwnPeople_LeadsToTheNewOneAndForOthersIsNone()
    {
        await using var server = await SchoolServer.StartAsync(name: "Elmfield School");
        var now = await server.Data.AddPrimaryAsync("Elmfield Academy");
        var stranger = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync(), PermissionSet.Of(Permission.SchoolSetup)));
        await ConvertAsync(server, now);

        // The session goes on; nobody signs in again.
        var users = await server.Browser.GetAsync($"/schools/{now.Code}/users/manage");
        Assert.Equal(HttpStatusCode.OK, users.Status);
        Assert.Contains("Amara Okafor", users.Words(), StringComparison.Ordinal);
        foreach (var path in (string[])["", "/users", "/log"])
        {
            var page = await server.Browser.GetAsync(server.Home + path);
            Assert.Equal((HttpStatusCode.Gone, "Elmfield School is now Elmfield Academy"), (page.Status, page.Heading));
            Assert.Equal($"/schools/{now.Code}", page.Link("Go to Elmfield Academy"));
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(server.Home + path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/schools/{now.Code}{path}")).Status);
        }
        // The log is the school’s, and tells of it.
        var log = await server.Browser.GetAsync($"/schools/{now.Code}/log");
        Assert.Contains($"The school with URN {server.School.Code} became the one with URN {now.Code}", log.Words(), StringComparison.Ordinal);

        Assert.True((await server.Factory.Get<UndoConversion>().ExecuteAsync(new(server.School.Code, now.Code), Actor.Operator, CancellationToken.None)).Succeeded);
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(server.Home + "/users")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync($"/schools/{now.Code}/users")).Status);
    }

    private static async Task ConvertAsync(SchoolServer server, School now)
    {
        var mark = (await server.Factory.Get<PreviewConversion>().ExecuteAsync(new(server.School.Code, now.Code), Actor.Operator, CancellationToken.None)).Value.Mark;
        Assert.True((await server.Factory.Get<ConvertSchool>().ExecuteAsync(new(server.School.Code, now.Code, mark), Actor.Operator, CancellationToken.None)).Succeeded);
    }
}
