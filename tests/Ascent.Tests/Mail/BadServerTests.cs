using System.Diagnostics;
using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.Mail;

/// <summary>Mail servers that are slow, silent, or lose the line, and what the rest of the mail has of it.</summary>
public sealed class BadServerTests
{
    [Fact]
    public async Task ExecuteAsync_OneSlowMail_DoesNotHoldUpTheOthers()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var host = await StartAsync(sink);
        await InviteAsync(host, "slow@school.example");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 12; i++)
            await InviteAsync(host, $"person{i}@home.example");

        var sending = SendAsync(host);
        await UntilAsync(async () => (await sink.ReceivedAsync()).Count == 12);

        // Its own mail was the first in the row, and still is on its way.
        Assert.DoesNotContain(await sink.ReceivedAsync(), m => m.To.Mailboxes.Single().Address == "slow@school.example");
        await InviteAsync(host, "meanwhile@home.example");
        await UntilAsync(async () => (await sink.ReceivedAsync()).Count == 13);
        Assert.False(sending.IsCompleted);
        Assert.Equal(14, await sending);
        Assert.Equal("slow@school.example", (await sink.ReceivedAsync())[^1].To.Mailboxes.Single().Address);
    }

    [Theory, BothDatabases]
    [Asvs("16.5.2", "A mail server that is away or silent stops nothing; mails wait and are tried again.")]
    public async Task ExecuteAsync_SilentServer_IsLeftAfterTheTimeLimitAndTriedAgain(DatabaseKind kind)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var host = await StartAsync(sink, kind);
        await InviteAsync(host, "silent@school.example");
        await InviteAsync(host, "zoe@school.example");

        Assert.Equal(1, await SendAsync(host));

        Assert.Equal((MailState.Waiting, "the mail server did not answer in time", 1), await MailAsync(host, "silent@school.example"));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_LineLostInTheMiddle_IsTriedAgain(DatabaseKind kind)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var host = await StartAsync(sink, kind);
        await InviteAsync(host, "closing@school.example");

        Assert.Equal(0, await SendAsync(host));
        Assert.Equal((MailState.Waiting, "the line to the mail server broke off", 1), await MailAsync(host, "closing@school.example"));
        host.Clock.Advance(SendDueMail.Pauses[0]);
        Assert.Equal(0, await SendAsync(host));

        Assert.Equal(2, (await MailAsync(host, "closing@school.example")).Attempts);
        Assert.DoesNotContain(host.Logs.All, l => l.ToString().Contains("closing@", StringComparison.Ordinal));
    }

    // The mail was taken; a farewell without an answer must not make it look unsent.
    [Fact]
    public async Task ExecuteAsync_NoAnswerToTheFarewell_CountsAsSent()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var host = await StartAsync(sink);
        await InviteAsync(host, "rude@school.example");

        Assert.Equal(1, await SendAsync(host));
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await SendAsync(host));

        Assert.Single(await sink.ReceivedAsync());
        Assert.Equal((MailState.Sent, null, 1), await MailAsync(host, "rude@school.example"));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_ServerAwayAndBack_SendsWhatWaited(DatabaseKind kind)
    {
        var first = await SmtpSink.StartAsync();
        await using var host = await StartAsync(first, kind);
        await first.DisposeAsync();
        await InviteAsync(host, "zoe@school.example");
        Assert.Equal(0, await SendAsync(host));
        Assert.Equal((MailState.Waiting, "the mail server cannot be reached", 1), await MailAsync(host, "zoe@school.example"));

        await using var second = await SmtpSink.StartAsync(first.Port);
        host.Clock.Advance(SendDueMail.Pauses[0]);

        Assert.Equal(1, await SendAsync(host));
        Assert.Single(await second.ReceivedAsync());
        Assert.Null(await host.ReadAsync(db => db.Set<OutboxMail>().Select(m => m.SecretCipher).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TwoNodes_SendEachMailOnce(DatabaseKind kind)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var host = await StartAsync(sink, kind);
        await using var node = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(host.Clock).AddAscent(host.Get<ServerSettings>()).BuildServiceProvider();
        for (var i = 0; i < 30; i++)
            await InviteAsync(host, $"person{i}@home.example");

        var sent = await Task.WhenAll(
            Task.Run(() => SendAsync(host)), Task.Run(() => node.GetRequiredService<SendDueMail>().ExecuteAsync(CancellationToken.None)));

        Assert.Equal(30, sent.Sum());
        var received = await sink.ReceivedAsync();
        Assert.Equal((30, 30), (received.Count, received.Select(m => m.MessageId).Distinct().Count()));
    }

    // A server that stops brings the mails in hand to an end and takes no others.
    [Fact]
    public async Task ExecuteAsync_Stopped_FinishesWhatIsInHand()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var host = await StartAsync(sink);
        await InviteAsync(host, "slow@school.example");
        using var stop = new CancellationTokenSource();

        var sending = host.Get<SendDueMail>().ExecuteAsync(stop.Token);
        await UntilAsync(async () => (await MailAsync(host, "slow@school.example")).Attempts == 1);
        await stop.CancelAsync();
        await InviteAsync(host, "zoe@school.example");

        Assert.Equal(1, await sending);
        Assert.Equal(MailState.Sent, (await MailAsync(host, "slow@school.example")).State);
        Assert.Equal((MailState.Waiting, null, 0), await MailAsync(host, "zoe@school.example"));
    }

    [Theory, BothDatabases]
    public async Task ListPendingUsers_MailWaitsThenDead_SaysSo(DatabaseKind kind)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var host = await StartAsync(sink, kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.InviteAsync(setup, email: "later@school.example");

        foreach (var pause in SendDueMail.Pauses)
        {
            await SendAsync(host);
            Assert.Equal(LinkState.NotSentYet, await LinkAsync(host, setup));
            host.Clock.Advance(pause);
        }
        await SendAsync(host);

        Assert.Equal(LinkState.Undeliverable, await LinkAsync(host, setup));
        Assert.NotNull(await host.ReadAsync(db => db.Set<OutboxMail>().Select(m => m.SecretCipher).SingleAsync())); // it can be tried again
    }

    private static async Task<LinkState> LinkAsync(AscentHost host, TestMember setup) =>
        (await host.Get<ListPendingUsers>().ExecuteAsync(setup.Actor, null, CancellationToken.None)).Rows.Single().Link;

    private static Task<AscentHost> StartAsync(SmtpSink sink, DatabaseKind kind = DatabaseKind.Sqlite) => AscentHost.StartAsync(kind,
        settings: given => given with { Smtp = sink.Address, MailFrom = "Ascent <ascent@mail.example>" },
        // Slower than the slow server, and quick enough for a test.
        configure: services => services.AddSingleton<IMailTransport>(new SmtpTransport(sink.Address, TimeSpan.FromSeconds(8))));

    private static async Task InviteAsync(AscentHost host, string email) =>
        await host.Data.InviteAsync(await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup), email: email);

    private static Task<int> SendAsync(AscentHost host) => host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);

    private static async Task<(MailState State, string? LastError, int Attempts)> MailAsync(AscentHost host, string recipient)
    {
        var mail = await host.ReadAsync(db => db.Set<OutboxMail>().SingleAsync(m => m.Recipient == recipient));
        return (mail.State, mail.LastError, mail.Attempts);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var patience = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "It did not come to pass.");
            await Task.Delay(20);
        }
    }
}
