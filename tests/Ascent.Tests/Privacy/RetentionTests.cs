using System.Runtime.CompilerServices;
using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Operators;
using Ascent.Mail;
using Ascent.Privacy;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Privacy;

public sealed class RetentionTests
{
    private static readonly DateTime Start = AscentHost.Start.UtcDateTime;

    // A new table has to be thought about before it can be merged.
    [Fact]
    public async Task All_TablesOfTheDatabase_StandInTheListOnce()
    {
        await using var host = await AscentHost.StartAsync();
        var tables = await host.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct().Order(StringComparer.Ordinal).ToList()));

        Assert.Equal(tables, Retention.All.SelectMany(k => k.Tables).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_InTheDocumentation_StandsThereWordForWord()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository(), "docs", "operating.md"));
        var table = lines.SkipWhile(l => l != "| what | how long |").Skip(2).TakeWhile(l => l.StartsWith('|'));

        Assert.Equal(Retention.All.Select(k => $"| {k.What} | {k.HowLong} |"), table);
    }

    [Theory, BothDatabases]
    public async Task Night_RowsPastTheirTime_GoAndYoungerOnesStay(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);
        await AddOldAndYoungAsync(host, setup);
        // The mail of an invitation is told of on Pending users for as long as there is one.
        await host.ChangeAsync(db => db.Set<OutboxMail>().Where(m => m.Recipient == pending.Email).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MailState.Sent).SetProperty(x => x.SentAt, Start).SetProperty(x => x.SecretCipher, (string?)null)));
        host.Clock.SetUtcNow(AscentHost.Start.AddDays(365));

        var deleted = await host.Get<IEnumerable<NightlyTask>>().Single(t => t.Counts == "old rows deleted").ExecuteAsync(default);
        var again = await host.Get<IEnumerable<NightlyTask>>().Single(t => t.Counts == "old rows deleted").ExecuteAsync(default);

        Assert.Equal((10, 0), (deleted, again));
        Assert.Equal((2, 1, 1, 1, 1, 1), (await host.CountAsync<Journey>(), await host.CountAsync<Session>(), await host.CountAsync<KnownDevice>(), await host.CountAsync<ThrottleCount>(), await host.CountAsync<OperatorNotice>(), await host.CountAsync<NightlyRun>()));
        Assert.Equal((0, 0), (await host.CountAsync<PasswordReset>(), await host.CountAsync<EmailChange>()));
        Assert.Equal(["dead", "invitation", "young"], await host.ReadAsync(db => db.Set<OutboxMail>().Select(m => m.Template).OrderBy(t => t).ToListAsync()));
        Assert.DoesNotContain(await Invariants.BrokenAsync(host), b => b.StartsWith("An invitation", StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task Night_DeletedMember_IsFoundInTheLogForSixYears(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (one, two) = (await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup), await host.Data.AddPrimaryAsync());
        await host.Data.AddMemberAsync(one.School, Permission.SchoolSetup);
        var gone = await host.Data.AddMemberAsync(one.School);
        await host.Data.AddMemberAsync(two, PermissionSet.None, account: gone);
        await host.Data.BringAsync(gone, MembershipState.Deleted, one);
        var task = host.Get<IEnumerable<NightlyTask>>().Single(t => t.Counts == "old rows deleted");
        Task<bool> NamedAsync() => host.ReadAsync(db => db.Set<Membership>().AnyAsync(m => m.Id == gone.MembershipId && m.NameKey != ""));

        host.Clock.SetUtcNow(AscentHost.Start.AddYears(6));
        await task.ExecuteAsync(default);
        Assert.True(await NamedAsync());
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await task.ExecuteAsync(default);
        Assert.False(await NamedAsync());
    }

    /// <summary>Of each kind one row from the beginning and one from yesterday.</summary>
    private static Task AddOldAndYoungAsync(AscentHost host, TestMember setup) => host.ChangeAsync(db =>
    {
        var young = Start.AddDays(365).AddHours(-1);
        void Journey(DateTime ends, string name, string path) => db.Add(new Journey { OrganisationId = setup.School.Id, Id = Guid.CreateVersion7(AscentHost.Start), AccountId = setup.AccountId, Name = name, State = "{}", Path = path, ExpiresAt = ends });
        Journey(Start.AddDays(1), "create-user", "about");
        Journey(Start.AddDays(1), CreateUsersAnswers.JourneyName, "rows");
        Journey(Start.AddDays(1), CreateUsersAnswers.JourneyName, "rows confirm");
        Journey(young.AddDays(1), "create-user", "about");
        foreach (var at in (DateTime[])[Start, young])
        {
            db.Add(new Session { Id = Guid.CreateVersion7(AscentHost.Start), TokenHash = Guid.CreateVersion7(AscentHost.Start).ToByteArray(), AccountId = setup.AccountId, StartedAt = at, LastSeenAt = at, Device = "x" });
            db.Add(new KnownDevice { AccountId = setup.AccountId, TokenHash = Guid.CreateVersion7(AscentHost.Start).ToByteArray(), FirstSeenAt = at });
            db.Add(new ThrottleCount { Key = $"{at.Ticks}", LastTryAt = at });
            db.Add(new OperatorNotice { Id = Guid.CreateVersion7(AscentHost.Start), OrganisationId = setup.School.Id, At = at, SeenAt = at });
            db.Add(new NightlyRun { Day = DateOnly.FromDateTime(at), StartedAt = at });
            var mail = OutboxMail.Create(Guid.CreateVersion7(AscentHost.Start), setup.School.Id, at == Start ? "old" : "young", "a@b.example", "A", "", at);
            (mail.State, mail.SentAt) = (MailState.Sent, at);
            db.Add(mail);
        }
        var dead = OutboxMail.Create(Guid.CreateVersion7(AscentHost.Start), setup.School.Id, "dead", "a@b.example", "A", "", Start);
        dead.State = MailState.Dead;
        db.Add(dead);
        db.Add(new PasswordReset { AccountId = setup.AccountId, LinkHash = [1], ExpiresAt = Start });
        db.Add(new EmailChange { AccountId = setup.AccountId, NewEmail = "n@b.example", LinkHash = [1], ExpiresAt = Start });
        return Task.CompletedTask;
    });

    private static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
