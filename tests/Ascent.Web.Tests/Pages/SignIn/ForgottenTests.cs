using System.Net;
using System.Text.RegularExpressions;
using Ascent.Accounts.Passwords;
using Ascent.Accounts;
using Ascent.Mail;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.SignIn;

public sealed partial class ForgottenTests
{
    private const string Unreadable = "Enter your user name: an email address like name@school.example";

    [Fact]
    public async Task Post_KnownOrUnknown_IsTheSameAnswerWithoutAnyHash()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddMemberAsync(server.School, default, email: "known00@school.example");
        await server.Data.AddMemberAsync(server.School, default, email: "ended00@school.example", endsOn: DateOnly.FromDateTime(AscentHost.Start.UtcDateTime).AddDays(-1));
        await server.Data.InviteAsync(server.Setup, email: "pendi00@school.example");
        var hashes = server.Factory.Get<PasswordHashing>().Count;
        var answers = new List<string>();

        foreach (var name in (string[])["known00", "unkno00", "ended00", "pendi00"])
        {
            var page = await AskAsync(server.Factory.OpenBrowser(), $"{name}@school.example");
            Assert.Equal((HttpStatusCode.OK, "Look in your mail"), (page.Status, page.Heading));
            Assert.False(page.Response.Headers.Contains("Set-Cookie"));
            answers.Add(Token().Replace(page.Body, ""));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(hashes, server.Factory.Get<PasswordHashing>().Count);
        Assert.Equal(["known00@school.example"], await server.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == PasswordResetMail.TemplateName).Select(m => m.Recipient).ToListAsync()));
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

    private static async Task<Page> AskAsync(Browser browser, string email) => await (await browser.GetAsync("/forgotten")).Form("Email").Fill("Email", email).SubmitAsync();

    [GeneratedRegex("value=\"CfDJ8[^\"]*\"")]
    private static partial Regex Token();
}
