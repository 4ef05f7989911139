using System.Net;
using Ascent.Accounts;
using Ascent.SignIn;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.SignIn;

public sealed class TermsTests
{
    [Fact]
    public async Task Get_NotAgreedYet_StandsBeforeEveryPageOfTheSchoolAndLeadsOn()
    {
        await using var server = await NotAgreedAsync();
        var asked = await server.Browser.GetAsync(server.Home + "/users/pending?q=x");
        Assert.Equal($"/terms?back={Uri.EscapeDataString(server.Home + "/users/pending?q=x")}", asked.Location);

        var form = (await asked.FollowAsync()).Form("Agrees").Tick("Agrees");
        var answer = await form.SubmitAsync();

        Assert.Equal(server.Home + "/users/pending?q=x", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await answer.FollowAsync()).Status);
        Assert.True((await form.SubmitAsync()).IsRedirect); // pressed twice
    }

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    [InlineData("")]
    [InlineData("<script>")]
    public async Task Post_NotTicked_IsToldAndNothingOpens(string? agrees)
    {
        await using var server = await NotAgreedAsync();

        (string, string)[] fields = [.. agrees is null ? [] : new[] { ("Agrees", agrees) }, ("TermsVersion", "99")];
        var page = await server.Browser.PostAsync("/terms", fields);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        // What no box sends is not taken for a tick either.
        Assert.True(agrees is null or "false" ? page.Errors.SequenceEqual(["Tick the box to go on, or sign out"]) : page.Errors.Count == 1, page.Summary);
        Assert.Equal(0, await VersionAsync(server));
        Assert.StartsWith("/terms", (await server.Browser.GetAsync(server.Home)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FieldsThatTheFormDoesNotHave_AreIgnored()
    {
        await using var server = await NotAgreedAsync();
        var other = await server.Data.AddMemberAsync(server.School);
        await server.ChangeAsync(async db => (await db.Set<Account>().SingleAsync(a => a.Id == other.AccountId)).TermsVersion = 0);

        await server.Browser.PostAsync("/terms", ("Agrees", "true"), ("TermsVersion", "99"), ("AccountId", $"{other.AccountId}"), ("id", $"{other.AccountId}"));

        Assert.Equal(AgreeToTerms.Version, await VersionAsync(server));
        Assert.Equal(0, await server.ReadAsync(db => db.Set<Account>().Where(a => a.Id == other.AccountId).Select(a => a.TermsVersion).SingleAsync()));
    }

    private static async Task<SchoolServer> NotAgreedAsync()
    {
        var server = await SchoolServer.StartAsync();
        await server.ChangeAsync(async db => (await db.Set<Account>().SingleAsync(a => a.Id == server.Setup.AccountId)).TermsVersion = 0);
        return server;
    }

    private static Task<int> VersionAsync(SchoolServer server) =>
        server.ReadAsync(db => db.Set<Account>().Where(a => a.Id == server.Setup.AccountId).Select(a => a.TermsVersion).SingleAsync());
}
