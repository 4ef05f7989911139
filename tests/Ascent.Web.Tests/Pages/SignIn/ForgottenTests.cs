using System.Net;
using Ascent.Accounts.Passwords;
using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.SignIn;

public sealed class ForgottenTests
{
    private const string Email = "ruth.moss@school.example";
    private const string Unreadable = "Enter your user name: an email address like name@school.example";

    [Fact]
    [Asvs("6.3.8", "Nothing on the way tells whether an address is known: the same answer, the same work.")]
    public async Task Post_KnownOrNot_IsTheSameAnswerToTheByteWithoutAnyHash()
    {
        var known = await AskAsync(server => server.Data.AddMemberAsync(server.School, PermissionSet.None, email: Email), mails: 1);

        Assert.Contains("200", known[0], StringComparison.Ordinal);
        Assert.StartsWith("429", known[^1], StringComparison.Ordinal);
        Assert.Equal(known, await AskAsync(_ => Task.CompletedTask, mails: 0));
        Assert.Equal(known, await AskAsync(server => server.Data.InviteAsync(server.Setup, email: Email), mails: 1)); // the invitation's own
        Assert.Equal(known, await AskAsync(server =>
            server.Data.AddMemberAsync(server.School, PermissionSet.None, email: Email, endsOn: DateOnly.FromDateTime(AscentHost.Start.UtcDateTime).AddDays(-1)), mails: 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("amara")]
    [InlineData("amara\u202e@school.example")]
    [InlineData("amara@school.example\r\nBcc: eve@evil.example")]
    [InlineData("\"><script>alert(1)</script>@school.example")]
    [InlineData("wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww@school.example")]
    public async Task Post_NoAddress_IsRefusedThereAndStays(string email)
    {
        await using var server = await SchoolServer.StartAsync();
        var before = await Tables.DumpAsync(server.Factory);

        var page = await server.Factory.OpenBrowser().PostAsync("/forgotten", ("Email", email), ("Network", "10.0.0.1"), ("HasAsked", "true"));

        Refused.Only(page, ("Email", Unreadable));
        Assert.Equal(email.ReplaceLineEndings(""), page.Form("Email").Value("Email")!.ReplaceLineEndings(""));
        Assert.Empty(page.Document.QuerySelectorAll("script:not([src])"));
        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
    }

    [Fact]
    public async Task Post_AgainAndAgain_MailsThreeTimesAndOneLinkLives()
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await server.Factory.OpenBrowser().GetAsync("/forgotten")).Form("Email").Fill("Email", server.Setup.Email);
        var answers = new List<Page>();
        for (var i = 0; i < 5; i++)
            answers.Add(await form.SubmitAsync());

        Assert.Equal([200, 200, 200, 429, 429], answers.Select(a => (int)a.Status));
        Assert.Equal(server.Setup.Email, answers[^1].Form("Email").Value("Email"));
        var links = await server.PathsAsync("/reset/", server.Setup.Email);
        Assert.Equal(3, links.Distinct().Count());
        var works = new List<HttpStatusCode>();
        foreach (var link in links)
            works.Add((await server.Factory.OpenBrowser().GetAsync(link)).Status);
        Assert.Single(works, HttpStatusCode.OK);
    }

    /// <summary>Asks until the throttle answers, on a server of its own where this address is what <paramref name="make"/> makes of it.</summary>
    private static async Task<IReadOnlyList<string>> AskAsync(Func<SchoolServer, Task> make, int mails)
    {
        await using var server = await SchoolServer.StartAsync();
        await make(server);
        var hashing = server.Factory.Get<PasswordHashing>();
        var hashes = hashing.Count;
        var answers = new List<string>();
        HttpStatusCode last;
        do
        {
            var page = await (await server.Factory.OpenBrowser().GetAsync("/forgotten")).Form("Email").Fill("Email", Email).SubmitAsync();
            answers.Add(Answer.Of(page));
            last = page.Status;
        }
        while (last == HttpStatusCode.OK && answers.Count < 10);
        Assert.Equal((0L, mails > 0), (hashing.Count - hashes, await server.CountAsync<OutboxMail>() > 0));
        return answers;
    }
}
