using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Privacy;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Privacy;

/// <summary>A real copy of the database is put back from before; the data folder stays as it was.</summary>
public sealed class MendRestoreTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_CopyFromBeforeTheErasure_ErasesAgainUnderTheSameReceipt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (zelda, putBack, receipt) = await EraseAfterBackupAsync(database);
        await putBack();
        await using var host = AscentHost.On(database, AscentHost.Start.AddHours(2));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<Account>().CountAsync(a => a.Email == zelda.Email)));

        var found = await host.Get<MendRestore>().ExecuteAsync(default);

        Assert.Equal(1, found!.Erased);
        await IsErasedAsync(host, zelda);
        await host.Get<SealAudit>().ExecuteAsync(default);
        var report = await host.Get<VerifyAudit>().ExecuteAsync(default);
        Assert.True(report.Holds, string.Join('\n', report.Findings));
        Assert.Equal([receipt, receipt], report.Erasures.Select(e => e.Receipt));
        Assert.Null(await host.Get<MendRestore>().ExecuteAsync(default));
    }

    // Where the process dies between two people, the next start does the rest; nobody is erased twice.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_StoppedOnTheWay_TheNextStartDoesTheRest(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        Func<Task> putBack;
        var people = new List<TestMember>();
        await using (var host = AscentHost.On(database, AscentHost.Start))
        {
            var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
            for (var i = 0; i < 6; i++)
                people.Add(await host.Data.AddMemberAsync(setup.School, Permission.SchoolReports));
            putBack = await database.BackUpAsync();
            foreach (var person in people)
            {
                await host.Data.BringAsync(person, MembershipState.Deleted, setup);
                await host.Get<EraseAccount>().ExecuteAsync(person.Email, Actor.Operator, default);
            }
        }
        await putBack();

        for (var i = 0; i < 3; i++)
        {
            await using var killed = AscentHost.On(database, AscentHost.Start.AddHours(2));
            using var stop = new CancellationTokenSource();
            var lines = (await killed.Get<ErasureList>().UnknownAsync(default)).Lines;
            Assert.Equal(6 - i, lines.Count);
            Assert.True(await killed.Get<EraseAccount>().EraseAgainAsync(lines[0], default));
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => killed.Get<MendRestore>().ExecuteAsync(stop.Token));
        }
        await using var last = AscentHost.On(database, AscentHost.Start.AddHours(3));
        var twoAtOnce = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => last.Get<MendRestore>().ExecuteAsync(default))));

        Assert.Equal(3, twoAtOnce.Sum(found => found?.Erased ?? 0));
        foreach (var person in people)
            await IsErasedAsync(last, person);
        Assert.Equal(12, await last.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == PersonErased.EventKind)));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_CopyInWhichThePersonWasPendingOrHeldASeat_FreesThePlace(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        Func<Task> putBack;
        TestMember pending, holder;
        await using (var host = AscentHost.On(database, AscentHost.Start))
        {
            var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
            (pending, holder) = (await host.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData)), await host.Data.AddMemberAsync(setup.School, Permission.SchoolSetup));
            putBack = await database.BackUpAsync();
            await host.Get<DeletePendingUser>().ExecuteAsync(pending.MembershipId, setup.Actor, default);
            await host.Data.BringAsync(holder, MembershipState.Deleted, setup);
            foreach (var email in (string[])[pending.Email, holder.Email])
                Assert.Empty((await host.Get<EraseAccount>().ExecuteAsync(email, Actor.Operator, default)).Refusals);
        }
        await putBack();
        await using var restored = AscentHost.On(database, AscentHost.Start.AddHours(1));

        Assert.Equal(2, (await restored.Get<MendRestore>().ExecuteAsync(default))!.Erased);

        Assert.Equal(1, await restored.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.HolderId != null)));
        Assert.Equal(0, await restored.CountAsync<Invitation>());
        Assert.Empty(await Invariants.BrokenAsync(restored));
        Assert.Equal([MembershipState.Deleted, MembershipState.Deleted], await restored.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == pending.MembershipId || m.Id == holder.MembershipId).Select(m => m.State).ToListAsync()));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_CopyFromBeforeTheHeads_IsInTheLogOnceAndVerifyTellsTheGapAsARestore(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (zelda, putBack, _) = await EraseAfterBackupAsync(database);
        string heads;
        await using (var host = AscentHost.On(database, AscentHost.Start.AddHours(1)))
        {
            await host.Get<SealAudit>().ExecuteAsync(default);
            heads = (await host.Get<WriteHeads>().ExecuteAsync(default))!;
        }
        await putBack();
        await using var restored = AscentHost.On(database, AscentHost.Start.AddHours(2));
        await restored.Get<SealAudit>().ExecuteAsync(default);
        var kept = restored.Get<HeadsFile>().Read(await File.ReadAllTextAsync(heads)).Value;
        Assert.Equal(2, (await restored.Get<VerifyAudit>().ExecuteAsync(default, kept)).Findings.Count);
        var before = await ChainAsync(restored, zelda.School.Id);

        Assert.Equal(new RestoreFound(2, 1), await restored.Get<MendRestore>().ExecuteAsync(default));
        Assert.Null(await restored.Get<MendRestore>().ExecuteAsync(default));
        await restored.Get<SealAudit>().ExecuteAsync(default);

        var report = await restored.Get<VerifyAudit>().ExecuteAsync(default, kept);
        Assert.True(report.Holds, string.Join('\n', report.Findings));
        Assert.Equal(2, report.Restores.Count);
        var school = Assert.Single(report.Restores, r => r.OrganisationId == zelda.School.Id);
        Assert.Equal((before, kept.Chains.Single(c => c.Chain == zelda.School.Id).Sequence, kept.At), (school.After, school.Last, school.HeadsAt));
        Assert.Equal(2, await restored.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == DatabaseRestored.EventKind)));

        // What is lost after the restore is no gap of the restore.
        restored.Clock.Advance(TimeSpan.FromDays(1));
        var later = restored.Get<HeadsFile>().Read(await File.ReadAllTextAsync((await restored.Get<WriteHeads>().ExecuteAsync(default))!)).Value;
        var last = later.Chains.Single(c => c.Chain == zelda.School.Id).Sequence;
        await restored.ChangeAsync(db => db.Set<AuditEntry>().Where(e => e.OrganisationId == zelda.School.Id && e.Sequence == last).ExecuteDeleteAsync());
        Assert.Contains((await restored.Get<VerifyAudit>().ExecuteAsync(default, later)).Findings, f => f.Problem.StartsWith("is missing: the chain ended with", StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_TwoServersFindItAtOnce_IsInTheLogOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (_, putBack, _) = await EraseAfterBackupAsync(database);
        await using (var host = AscentHost.On(database, AscentHost.Start.AddHours(1)))
        {
            await host.Get<SealAudit>().ExecuteAsync(default);
            await host.Get<WriteHeads>().ExecuteAsync(default);
        }
        await putBack();
        await using var restored = AscentHost.On(database, AscentHost.Start.AddHours(2));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => restored.Get<MendRestore>().ExecuteAsync(default))));

        Assert.Equal(2, await restored.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == DatabaseRestored.EventKind)));
        Assert.Equal(2, await restored.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == PersonErased.EventKind)));
    }

    // The list is acted on without asking, so a line has to be this server's own.
    [Theory]
    [InlineData("""{"account":"ID","at":"2026-11-23T09:00:00Z","receipt":"2026-0123456789","mac":"00"}""")]
    [InlineData("""{"account":"ID","at":"2026-11-23T09:00:00Z","receipt":"2026-0123456789"}""")]
    [InlineData("null")]
    [InlineData("{")]
    public async Task ExecuteAsync_LineThatIsNotOurs_ErasesNobodyAndIsTold(string line)
    {
        await using var host = await AscentHost.StartAsync();
        var member = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await File.WriteAllTextAsync(host.Get<ErasureList>().Path, line.Replace("ID", member.AccountId.ToString(), StringComparison.Ordinal) + "\n");

        Assert.Null(await host.Get<MendRestore>().ExecuteAsync(default));

        Assert.Equal(1, await host.ReadAsync(db => db.Set<Account>().CountAsync(a => a.Email == member.Email)));
        Assert.Contains(host.Logs.All, l => l.Text.StartsWith("1 lines of erasures.jsonl were not written by this server", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExecuteAsync_NothingWasPutBack_ChangesNothing()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await EraseAfterBackupAsync(database);
        await using var host = AscentHost.On(database, AscentHost.Start.AddHours(1));
        await host.Get<SealAudit>().ExecuteAsync(default);
        await host.Get<WriteHeads>().ExecuteAsync(default);
        var entries = await host.CountAsync<AuditEntry>();

        for (var i = 0; i < 3; i++)
            Assert.Null(await host.Get<MendRestore>().ExecuteAsync(default));

        Assert.Equal(entries, await host.CountAsync<AuditEntry>());
    }

    private static async Task<(TestMember Zelda, Func<Task> PutBack, string Receipt)> EraseAfterBackupAsync(TestDatabase database)
    {
        await using var host = AscentHost.On(database, AscentHost.Start);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var zelda = await host.Data.AddMemberAsync(setup.School, PermissionSet.Of(Permission.SchoolReports), "Zelda", "Quibble", "zelda@school.example");
        await host.Get<ChangeOwnName>().ExecuteAsync(zelda.AccountId, "Zelda", "Quibble-Smythe", default);
        await host.Data.AddOperatorAsync();
        await host.Get<SealAudit>().ExecuteAsync(default);
        var putBack = await database.BackUpAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Get<DeleteUser>().ExecuteAsync(new(zelda.MembershipId, "Zelda Quibble-Smythe"), setup.Actor, default);
        return (zelda, putBack, (await host.Get<EraseAccount>().ExecuteAsync(zelda.Email, Actor.Operator, default)).Value.Receipt);
    }

    private static Task<long> ChainAsync(AscentHost host, Guid chain) => host.ReadAsync(db => db.Set<AuditChain>().Where(c => c.OrganisationId == chain).Select(c => c.Sequence).SingleOrDefaultAsync());

    private static async Task IsErasedAsync(AscentHost host, TestMember person)
    {
        var account = await host.ReadAsync(db => db.Set<Account>().SingleAsync(a => a.Id == person.AccountId));
        Assert.Equal(("erased", "Erased", null), (account.Email, account.Forename, account.PasswordHash));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditDetail>().CountAsync(d => d.PersonId == person.AccountId)));
    }
}
