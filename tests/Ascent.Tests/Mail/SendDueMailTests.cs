using System.Net;
using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Ascent.Tests.Mail;

/// <summary>Mail into the folder of .eml files, and what a mail is.</summary>
public sealed class SendDueMailTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_Invitation_IsAFileWithTheLinkInBothPartsAndWithoutTheCode(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync("Larch & Oak School"), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup, default, "Zoë", "O’Brien, Jr", "zoe@school.example");
        var code = await host.Data.CodeOfAsync(pending.MembershipId);

        Assert.Equal(1, await SendAsync(host));

        var mail = Assert.Single(await host.Data.ReadMailAsync());
        var row = await host.ReadAsync(db => db.Set<OutboxMail>().SingleAsync());
        Assert.Equal($"{row.Id:N}@ascent.example", mail.MessageId);
        Assert.Equal(("Zoë O’Brien, Jr", "zoe@school.example"), (mail.To.Mailboxes.Single().Name, mail.To.Mailboxes.Single().Address));
        Assert.Equal("Your account at Larch & Oak School", mail.Subject);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        var link = $"https://ascent.example{await host.Data.LinkOfAsync(pending.MembershipId)}";
        var html = WebUtility.HtmlDecode(mail.HtmlBody)!;
        Assert.All([mail.TextBody!, html], text =>
        {
            Assert.Contains(link, text, StringComparison.Ordinal);
            Assert.Contains("zoe@school.example", text, StringComparison.Ordinal);
            Assert.Contains("7 December 2026 at 09:00", text, StringComparison.Ordinal);
        });
        Assert.Contains("Larch &amp; Oak School", mail.HtmlBody, StringComparison.Ordinal);
        var raw = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(host.DataFolder, "mail"), "*.eml").Single());
        Assert.DoesNotContain(code, raw + html, StringComparison.Ordinal);
        Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), raw, StringComparison.Ordinal);
        Assert.Equal((MailState.Sent, null, 1, null), (row.State, row.SecretCipher, row.Attempts, row.LastError));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_NothingDue_SendsNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        await InviteAsync(host);

        Assert.Equal(1, await SendAsync(host));
        Assert.Equal(0, await SendAsync(host));
        Assert.Single(await host.Data.ReadMailAsync());
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_NameWithMarkup_IsWordsInTheHtmlPart(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(setup, default, "<img src=x onerror=alert(1)>", "\"><script>");

        await SendAsync(host);

        var mail = Assert.Single(await host.Data.ReadMailAsync());
        Assert.DoesNotContain("<img", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("Hello &lt;img src=x onerror=alert(1)&gt;,", mail.HtmlBody, StringComparison.Ordinal);
    }

    // The one who is known elsewhere learns it from the mail; no page tells the administrator.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_PersonKnownElsewhere_GetsOtherWords(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var known = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync());
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(setup, email: known.Email);

        await SendAsync(host);

        Assert.Contains("Then go on with the password that you have", Assert.Single(await host.Data.ReadMailAsync()).TextBody, StringComparison.Ordinal);
    }

    // The key that keeps the secret is gone: the mail cannot be written, is tried again, and given up in the end; others still go.
    [Fact]
    public async Task ExecuteAsync_SecretUnreadable_DoesNotStopOtherMail()
    {
        await using var host = await AscentHost.StartAsync();
        await InviteAsync(host);
        await host.ChangeAsync(async db => (await db.Set<OutboxMail>().SingleAsync()).SecretCipher = "CfDJ8nonsense");
        var second = await InviteAsync(host);

        Assert.Equal(1, await SendAsync(host));
        Assert.Equal(second.Email, Assert.Single(await host.Data.ReadMailAsync()).To.Mailboxes.Single().Address);
    }

    private static async Task<TestMember> InviteAsync(AscentHost host) =>
        await host.Data.InviteAsync(await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup));

    private static Task<int> SendAsync(AscentHost host) => host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
}
