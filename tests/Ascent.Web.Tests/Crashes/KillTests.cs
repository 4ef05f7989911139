using System.Globalization;
using System.Security.Cryptography;
using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Crashes;

/// <summary>
/// The server is killed (SIGKILL) at random moments while users are created, mailed and activated over HTTP, and started again on the same
/// data. Nothing that it has answered may be lost, nothing may be half-made, every mail arrives, and the log's chains hold. To repeat the
/// dice of a failed run, set ASCENT_TEST_SEED to the seed that it told.
/// </summary>
[Collection(Alone.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Administrators = 4;

    [Fact]
    [Asvs("2.3.3", "Killed at any moment, the server leaves every deed whole or undone.")]
    [Asvs("16.5.3", "Killed at any moment, the server leaves nothing half done.")]
    public Task Kill_SqliteAndMailFolder_LosesNothingAndLeavesNothingHalf() => RunAsync(DatabaseKind.Sqlite, kills: LongTests.OrShare(25, 3));

    [Fact]
    public async Task Kill_PostgresAndMailServer_LosesNothingAndLeavesNothingHalf()
    {
        await using var sink = await SmtpSink.StartAsync();
        await RunAsync(DatabaseKind.Postgres, kills: LongTests.OrShare(25, 2), sink);
    }

    private async Task RunAsync(DatabaseKind kind, int kills, SmtpSink? sink = null)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("ASCENT_TEST_SEED"), CultureInfo.InvariantCulture, out var given) ? given : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = new MortalServer(database, sink is null ? [] : [("ASCENT_SMTP", sink.Address), ("ASCENT_MAIL_FROM", "Ascent <ascent@school.example>")]);
        try
        {
            await RunAsync(database, server, new Dice(seed), kills, sink);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed}: {exception.Message}\n{server.Said}", exception);
        }
    }

    private async Task RunAsync(TestDatabase database, MortalServer server, Dice dice, int kills, SmtpSink? sink)
    {
        var (ledger, mailbox) = (new Ledger(), new Mailbox(sink?.Folder ?? Path.Combine(database.DataFolder, "mail")));
        var members = await PrepareAsync(database);
        await server.StartAsync();
        server.Open();
        using var enough = new CancellationTokenSource();
        var work = Task.WhenAll(members.Select((member, i) => new Administrator(server, member, ledger, mailbox, first: i + 2).WorkAsync(enough.Token)));
        for (var kill = 1; kill <= kills; kill++)
        {
            await AnswersAsync(ledger, dice.Throw(1, 8), work);
            await server.KillAsync(dice);
            // It begins to work again at once, and finds by itself what its death has left.
            await server.StartAsync();
            await HoldsAsync(database, ledger, $"after kill {kill}");
            server.Open();
        }
        await enough.CancelAsync();
        await work;
        foreach (var person in ledger.All.Where(c => c.Answered == MembershipState.Active))
            await Administrator.SignInAsync(server, server.OpenBrowser(), person.Email, person.Password!);
        await server.EndAsync();
        await EndsWellAsync(database, ledger, mailbox, sink);
        output.WriteLine($"{database.Kind}: {kills} kills cut {server.Cut} requests; {string.Join(", ", ledger.All.GroupBy(c => c.Answered).Select(g => $"{g.Count()} {g.Key}"))}");
        Assert.True(server.Cut > 0, "No kill has cut anything: they do not come while it works.");
    }

    private static async Task<TestMember[]> PrepareAsync(TestDatabase database)
    {
        await using var host = AscentHost.On(database, TimeProvider.System.GetUtcNow());
        var members = new List<TestMember>();
        for (var i = 0; i < Administrators; i++)
            members.Add(await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup));
        return [.. members];
    }

    /// <summary>So many more answers that changed something.</summary>
    private static async Task AnswersAsync(Ledger ledger, int more, Task work)
    {
        var enough = Answers(ledger) + more;
        while (Answers(ledger) < enough && !work.IsCompleted)
            await Task.Delay(5);
        if (work.IsCompleted)
            await work; // it ends before it is told to only by a failure
    }

    private static int Answers(Ledger ledger) => ledger.All.Sum(c => c.Links + (c.Answered is null or MembershipState.Pending ? 0 : 1));

    private static async Task HoldsAsync(TestDatabase database, Ledger ledger, string when)
    {
        await using var host = AscentHost.On(database, TimeProvider.System.GetUtcNow());
        string[] faults =
        [
            .. await Invariants.BrokenAsync(host), .. await ledger.LostAsync(host),
            .. (await host.Get<VerifyAudit>().ExecuteAsync(CancellationToken.None)).Findings.Select(f => $"The log: {f.Place} {f.Problem}"),
        ];
        Assert.True(faults.Length == 0, $"{when}:\n{string.Join('\n', faults)}");
    }

    /// <summary>The state when everything that was asked for has been answered, and every lease of the dead servers is over.</summary>
    private static async Task EndsWellAsync(TestDatabase database, Ledger ledger, Mailbox mailbox, SmtpSink? sink)
    {
        Assert.All(ledger.All, creation => Assert.Null(creation.Asked));
        await using var host = AscentHost.On(database, TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1), settings => settings with { Smtp = sink?.Address });
        await host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        await host.Get<SealAudit>().ExecuteAsync(CancellationToken.None);
        await HoldsAsync(database, ledger, "in the end");

        var report = await host.Get<VerifyAudit>().ExecuteAsync(CancellationToken.None);
        Assert.Equal((0, (long)await host.CountAsync<AuditEntry>()), (report.Unsealed, report.Entries));
        var mails = await host.ReadAsync(db => db.Set<OutboxMail>().ToListAsync());
        Assert.All(mails, mail => Assert.Equal((MailState.Sent, null), (mail.State, mail.SecretCipher)));
        var arrived = (await mailbox.ReadAsync()).Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
        Assert.All(mails, mail => Assert.Contains(mail.Id.ToString("N"), arrived));
        Assert.All(ledger.All.Where(c => c.Answered != MembershipState.Deleted), creation => Assert.Contains(mails, mail => mail.Recipient == creation.Email));
        if (sink is null)
            Assert.Empty(Directory.GetFiles(Path.Combine(database.DataFolder, "mail"), ".*"));
    }
}
