using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Ascent.Web.Tests.Hosting;

/// <summary>Logs go to places that may not know people. They hold nobody's name or address, no code and no token, whatever happens.</summary>
public sealed class LogsTests
{
    [Fact]
    [Asvs("14.2.4", "Logs hold no name, address, code or token.")]
    [Asvs("16.2.5", "Logs hold no name, address, code or token, whatever happens.")]
    public async Task Logs_MainJourneys_NameNobodyAndHoldNoSecret()
    {
        await using var server = await SchoolServer.StartAsync(name: "Quincewood School");
        var known = new List<string> { "Amara", "Okafor", server.Setup.Email, TestData.Password };

        var code = await CreateAndSignUpAsync(server, known);
        await UseSecondFactorAsync(server, known);
        await ForgetPasswordAsync(server, known);
        await RunTheServerAsync(server.Factory, known);
        await GoWrongAsync(server, code);

        var lines = server.Factory.Logs.All;
        foreach (var line in lines)
            foreach (var word in known.Where(w => w.Length > 0))
                Assert.False(line.ToString().Contains(word, StringComparison.OrdinalIgnoreCase), $"“{word}” stands in: {line}");
        // The test would pass over an empty log too.
        Assert.Contains(lines, l => l.Text.Contains("was not handed over", StringComparison.Ordinal));
    }

    // The wrong try, the closed door, the missing token, the guessed link: each a line with what, who and where from.
    [Fact]
    [Asvs("16.2.1", "A line says what was asked, with which answer and why, by which account and from which network.")]
    [Asvs("16.3.1", "Sessions opened and ended, and wrong passwords, are lines in the server’s log.")]
    [Asvs("16.3.2", "Closed doors are lines in the server’s log.")]
    [Asvs("16.3.3", "Missing form tokens, guessed links, wrong passwords and tries that were slowed down are lines in the server’s log.")]
    [Asvs("16.4.1", "Nothing that was typed stands in a line.")]
    public async Task Logs_WhatWasRefusedOrOpened_SayWhatWhoAndWhereFromAndNothingThatWasTyped()
    {
        await using var server = await SchoolServer.StartAsync();
        var (account, visitor) = (server.Setup.AccountId, server.Factory.OpenBrowser());
        var elsewhere = await server.Data.AddPrimaryAsync();

        await (await visitor.GetAsync("/sign-in")).Form("Password").Fill("Email", server.Setup.Email).Fill("Password", "wrong as can be here").SubmitAsync();
        for (var i = 0; i < 6; i++)
            await server.Browser.PostAsync("/confirm-password", ("CurrentPassword", "wrong as can be here"));
        await server.Browser.GetAsync($"/schools/{elsewhere.Code}/users/pending");
        await server.Factory.GiveAsync(server.Setup, PermissionSet.Of(Permission.ManageData));
        await server.Browser.GetAsync(server.Home + "/users/pending");
        await (await server.Browser.GetAsync("/profile/name")).Form("Forename").Tamper("form", "x").SubmitAsync();
        await visitor.GetAsync("/reset/ydKpmTiYsSAZlZaeA80bLJtnUMWexJUFKcfmbzP2y0M");
        await (await server.Browser.GetAsync("/profile")).Form("Sign out").SubmitAsync("Sign out");
        // Pages that open, and addresses of nothing, say nothing.
        await visitor.GetAsync("/sign-in");
        await visitor.GetAsync("/no/such/page");

        var lines = server.Factory.Logs.All.Where(l => l.Category.EndsWith("RefusedRequests", StringComparison.Ordinal)).Select(l => l.Text).ToArray();
        Assert.All(lines, line => Assert.Matches("network [0-9a-f]{12}$", line));
        Assert.Equal(
        [
            "POST /sign-in with 200 sign-in-refused: account none",
            .. Enumerable.Repeat($"POST /confirm-password with 200 password-wrong: account {account}", 5),
            $"POST /confirm-password with 429 sign-in-too-soon: account {account}",
            $"GET /schools/{{urn}}/users/pending with 404 : account {account}",
            $"GET /schools/{{urn}}/users/pending with 403 : account {account}",
            $"POST /profile/name with 400 : account {account}",
            "GET /reset/{token} with 404 : account none",
        ], lines.Select(line => line["Refused ".Length..line.IndexOf(", network", StringComparison.Ordinal)]));
        var sessions = server.Factory.Logs.All.Where(l => l.Category.EndsWith(".Sessions", StringComparison.Ordinal)).Select(l => l.Text).ToArray();
        Assert.Matches($"^Session [0-9a-f-]{{36}} of account {account} was opened with a password$", sessions[0]);
        Assert.Matches("^Session [0-9a-f-]{36} of account [0-9a-f-]{36} was ended by its owner$", sessions[^1]);
    }

    private static async Task<string> CreateAndSignUpAsync(SchoolServer server, List<string> known)
    {
        await new CreateUserWalk(server.Browser, server.School.Code).FinishAsync(email: "hannah.moss@quince.example");
        var membership = await server.ReadAsync(db => Task.FromResult(db.Set<Ascent.Accounts.Invitation>().Select(i => i.MembershipId).Single()));
        var (code, token) = (await server.Data.CodeOfAsync(membership), await server.Data.TokenOfAsync(membership));
        known.AddRange(["Hannah", "hannah.moss", code, token]);
        await (await server.Browser.GetAsync(server.Home + "/users/pending")).Form("Show code").SubmitAsync("Show code");
        var visitor = server.Factory.OpenBrowser();
        var page = await visitor.GetAsync($"/sign-up/{token}");
        await page.Form("Code").Fill("Code", "00000-00000").Fill("Password", "seven brass kettles").SubmitAsync();
        await page.Form("Code").Fill("Code", code).Fill("Password", "seven brass kettles").SubmitAsync();
        known.Add("seven brass kettles");
        await visitor.GetAsync(server.Home);
        return code;
    }

    private static async Task UseSecondFactorAsync(SchoolServer server, List<string> known)
    {
        var person = await server.Data.AddMemberAsync(server.School, PermissionSet.None, email: "phil@quince.example");
        var browser = await server.Factory.SignInAsync(person);
        var page = await browser.GetAsync("/profile/second-factor/add");
        var codes = (await server.NewApp(page).Fill("Name", "Phil’s telephone").SubmitAsync()).Texts(".ascent-recovery li");
        known.AddRange(["Phil’s telephone", Factors.Secret(page), page.Form("AppCode").Value("SealedApp")!, .. codes]);
        var half = await server.HalfWayAsync(person);
        var code = await server.Data.NextCodeAsync(person.AccountId);
        await (await half.GetAsync("/second-factor")).Form("RecoveryFactorCode").Fill("RecoveryFactorCode", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF").SubmitAsync();
        await (await half.GetAsync("/second-factor")).Form("RecoveryFactorCode").Fill("RecoveryFactorCode", codes[0]).SubmitAsync();
        await (await server.HalfWayAsync(person)).GetAsync($"/second-factor?x={codes[1]}");
        known.AddRange(["phil@quince", "AAAA-BBBB", code]);
        await (await server.Browser.GetAsync($"{server.Home}/users/manage/{person.MembershipId:N}/reset-second-factor")).Form("Reset second factor").SubmitAsync();
        var link = await server.PathAsync("/second-factor/reset/", person.Email);
        known.Add(link.Split('/')[^1]);
        var reset = await server.Factory.OpenBrowser().GetAsync(link);
        await server.NewApp(reset).Fill("Code", "00000-00000").Fill("CurrentPassword", TestData.Password).SubmitAsync();
    }

    private static async Task ForgetPasswordAsync(SchoolServer server, List<string> known)
    {
        var visitor = server.Factory.OpenBrowser();
        await (await visitor.GetAsync("/sign-in")).Form("Password").Fill("Email", "nobody@quince.example").Fill("Password", "wrong as can be here").SubmitAsync();
        known.AddRange(["nobody@quince", "wrong as can be"]);
        await (await visitor.GetAsync("/forgotten")).Form("Email").Fill("Email", server.Setup.Email).SubmitAsync();
        await server.Factory.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        var link = (await server.Data.ReadMailAsync()).Select(m => m.TextBody!).Single(t => t.Contains("localhost/reset/", StringComparison.Ordinal)).Split('\n').Single(l => l.Contains("localhost/reset/", StringComparison.Ordinal)).Trim();
        known.Add(link.Split('/')[^1]);
        var page = await visitor.GetAsync(new Uri(link).PathAndQuery);
        await page.Form("Password").Fill("Password", "copper lantern violin brook").SubmitAsync();
        known.Add("copper lantern violin brook");
    }

    private static async Task RunTheServerAsync(AscentFactory factory, List<string> known)
    {
        var (email, token, code) = await factory.Data.InviteOperatorAsync("olga@quince.example");
        known.AddRange(["Olga", "Ferry", email, token, code]);
        var browser = factory.OpenBrowser();
        var page = await browser.GetAsync($"/operator/sign-up/{token}");
        await page.Form("Code").Fill("Code", code).Fill("Password", "eleven tin trumpets").SubmitAsync();
        known.Add("eleven tin trumpets");
        await browser.GetAsync("/operator/mail");
    }

    // Errors are what logs are for: here a mail that is not taken, with a complaint that repeats whose it is.
    private static async Task GoWrongAsync(SchoolServer server, string code)
    {
        var sender = ActivatorUtilities.CreateInstance<SendDueMail>(server.Factory.Services, new AngryTransport());
        // The server's own worker may be quicker; it sends to the folder, so ask until the angry one had its turn.
        for (var i = 0; i < 50 && !server.Factory.Logs.All.Any(l => l.Text.Contains("was not handed over", StringComparison.Ordinal)); i++)
        {
            await server.Data.InviteAsync(server.Setup, PermissionSet.None, "Hannah", $"Hannah{i}", $"hannah.moss{i}@quince.example");
            await sender.ExecuteAsync(CancellationToken.None);
        }
        await server.Factory.OpenBrowser().GetAsync($"/sign-up/{code}");
    }

    private sealed class AngryTransport : IMailTransport
    {
        public Task HandOverAsync(MimeMessage message, CancellationToken cancellationToken) =>
            throw new IOException($"{message.To.Mailboxes.Single().Address} is not wanted, {message.To.Mailboxes.Single().Name}");
    }
}
