using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Ascent.Tests.Mail;

/// <summary>Mail over a real SMTP conversation, with servers that are down, refuse, or lose their client on the way.</summary>
public sealed class SmtpTests
{
    [Theory]
    [BothDatabases("zoe@school.example")]
    [BothDatabases("zoë@school.example")]
    [BothDatabases("zoe@bücher.example")]
    public async Task ExecuteAsync_ServerThere_ReceivesTheMailOnce(DatabaseKind kind, string address)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var host = await StartAsync(kind, sink.Address);
        await InviteAsync(host, address);

        Assert.Equal(1, await SendAsync(host));

        var mail = Assert.Single(await sink.ReceivedAsync());
        Assert.Equal(address, mail.To.Mailboxes.Single().Address);
        Assert.Equal(("Ascent", "ascent@mail.example"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Contains("https://ascent.example/sign-up/", mail.TextBody, StringComparison.Ordinal);
        Assert.NotNull(mail.HtmlBody);
        Assert.Equal((MailState.Sent, null), await StateAsync(host));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_ServerDown_TriesAgainWithLongerPausesAndGivesUp(DatabaseKind kind)
    {
        await using var host = await StartAsync(kind, "smtp://127.0.0.1:1");
        await InviteAsync(host, "zoe@school.example");

        foreach (var pause in SendDueMail.Pauses)
        {
            Assert.Equal(0, await SendAsync(host));
            Assert.Equal((MailState.Waiting, "the mail server cannot be reached"), await StateAsync(host));
            var tries = await AttemptsAsync(host);
            host.Clock.Advance(pause - TimeSpan.FromSeconds(1));
            await SendAsync(host);
            Assert.Equal(tries, await AttemptsAsync(host)); // not before its time
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await SendAsync(host);

        Assert.Equal(MailState.Dead, (await StateAsync(host)).State);
        Assert.Equal(8, await AttemptsAsync(host));
        host.Clock.Advance(TimeSpan.FromDays(30));
        await SendAsync(host);
        Assert.Equal(8, await AttemptsAsync(host));
        Assert.DoesNotContain(host.Logs.All, l => l.Text.Contains("zoe@school.example", StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_ServerBackAgain_DeliversWithTheSameMessageId(DatabaseKind kind)
    {
        await using var sink = await SmtpSink.StartAsync();
        var transport = new SwitchedTransport(new SmtpTransport(sink.Address)) { Fails = true };
        await using var host = await AscentHost.StartAsync(kind, configure: services => services.AddSingleton<IMailTransport>(transport));
        await InviteAsync(host, "zoe@school.example");
        Assert.Equal(0, await SendAsync(host));

        transport.Fails = false;
        host.Clock.Advance(SendDueMail.Pauses[0]);

        Assert.Equal(1, await SendAsync(host));
        Assert.Equal(await MessageIdAsync(host), Assert.Single(await sink.ReceivedAsync()).MessageId);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_AddressRefusedForGood_IsGivenUpAtOnceWithoutRepeatingTheAddress(DatabaseKind kind)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var host = await StartAsync(kind, sink.Address);
        await InviteAsync(host, "refused@school.example");
        await InviteAsync(host, "zoe@school.example");

        Assert.Equal(1, await SendAsync(host));

        var row = await host.ReadAsync(db => db.Set<OutboxMail>().SingleAsync(m => m.Recipient == "refused@school.example"));
        Assert.Equal((MailState.Dead, "the mail server refused it (550)", 1), (row.State, row.LastError, row.Attempts));
        Assert.DoesNotContain(host.Logs.All, l => l.ToString().Contains("refused@", StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_AddressRefusedForNow_IsTriedAgain(DatabaseKind kind)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var host = await StartAsync(kind, sink.Address);
        await InviteAsync(host, "later@school.example");

        Assert.Equal(0, await SendAsync(host));

        Assert.Equal((MailState.Waiting, "the mail server said “not now” (451)"), await StateAsync(host));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_EightSendersAtOnce_SendEachMailOnce(DatabaseKind kind)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var host = await StartAsync(kind, sink.Address);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var i = 0; i < 40; i++)
            await host.Data.InviteAsync(setup, email: $"person{i}@home.example");

        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SendAsync(host))));

        Assert.Equal(40, sent.Sum());
        var received = await sink.ReceivedAsync();
        Assert.Equal(40, received.Count);
        Assert.Equal(40, received.Select(m => m.MessageId).Distinct().Count());
    }

    // Handed over, and dead before it could write that down: at least once means twice here, and the receiver can tell.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_SenderDiedAfterHandingOver_IsSentAgainAfterItsLeaseWithTheSameMessageId(DatabaseKind kind)
    {
        await using var sink = await SmtpSink.StartAsync();
        using var death = new CancellationTokenSource();
        var transport = new SwitchedTransport(new SmtpTransport(sink.Address)) { Death = death };
        await using var host = await AscentHost.StartAsync(kind, configure: services => services.AddSingleton<IMailTransport>(transport));
        await InviteAsync(host, "zoe@school.example");

        _ = host.Get<SendDueMail>().ExecuteAsync(death.Token); // never comes back
        await transport.Died.Task;
        transport.Death = null;
        host.Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await SendAsync(host)); // it may live still
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await SendAsync(host));

        var id = await MessageIdAsync(host);
        Assert.Equal([id, id], (await sink.ReceivedAsync()).Select(m => m.MessageId!));
        Assert.Equal((MailState.Sent, null), await StateAsync(host));
    }

    private static Task<AscentHost> StartAsync(DatabaseKind kind, string smtp) =>
        AscentHost.StartAsync(kind, settings: given => given with { Smtp = smtp, MailFrom = "Ascent <ascent@mail.example>" });

    private static async Task InviteAsync(AscentHost host, string email) =>
        await host.Data.InviteAsync(await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup), email: email);

    private static Task<int> SendAsync(AscentHost host) => host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);

    private static async Task<(MailState State, string? LastError)> StateAsync(AscentHost host)
    {
        var mail = await host.ReadAsync(db => db.Set<OutboxMail>().SingleAsync());
        return (mail.State, mail.LastError);
    }

    private static Task<int> AttemptsAsync(AscentHost host) => host.ReadAsync(db => db.Set<OutboxMail>().Select(m => m.Attempts).SingleAsync());

    private static async Task<string> MessageIdAsync(AscentHost host) => $"{await host.ReadAsync(db => db.Set<OutboxMail>().Select(m => m.Id).SingleAsync()):N}@ascent.example";

    /// <summary>The real transport, which the test can make fail or die after the mail has gone.</summary>
    private sealed class SwitchedTransport(IMailTransport real) : IMailTransport
    {
        public bool Fails { get; set; }

        public CancellationTokenSource? Death { get; set; }

        public TaskCompletionSource Died { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task HandOverAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            if (Fails)
                throw new IOException("The line is down.");
            await real.HandOverAsync(message, cancellationToken);
            if (Death is { } death)
            {
                await death.CancelAsync();
                Died.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
            }
        }
    }
}
