using System.Data.Common;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Accounts.Conversions;
using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Tests.Accounts.Conversions;

public sealed class ConvertSchoolTests
{
    private const string NewPassword = "seven green kites above";

    [Theory, BothDatabases]
    public async Task Execute_PreviewedSchool_GoesOnUnderTheNewNumberWithEverything(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (old, now, setup, pending) = await StartAsync(host);
        var before = await Converting.RowsAsync(host, [.. Converting.Traces, "organisations"]);
        var preview = await host.PreviewAsync(old, now);
        Assert.Empty(preview.Obstacles);
        Assert.Equal([("memberships", 2), ("invitations", 1), ("pupils", 1)], preview.Carried.Select(c => (c.Table, c.Count)).Where(c => c.Table is not "pupil_changes"));
        Assert.Contains(new ConversionLimit(Permission.SchoolSetup, 1, 4), preview.Limits);
        // Looking changes nothing, and says the same again.
        Assert.Equal(preview.Mark, (await host.PreviewAsync(old, now)).Mark);
        Assert.Equal(old.Id, (await host.FindSchoolAsync(old.Code))!.Id);

        var done = (await host.ConvertAsync(old, now)).Value;

        Assert.Equal((old.Name, old.Code, now.Name, now.Code, ConversionState.Done), (done.Predecessor, done.PredecessorUrn, done.Successor, done.SuccessorUrn, done.State));
        Assert.Equal(before, await Converting.RowsAsync(host, [.. Converting.Traces, "organisations"]));
        var (school, former) = ((await host.FindSchoolAsync(now.Code))!, (await host.FindSchoolAsync(old.Code))!);
        Assert.Equal((old.Id, now.Name, now.DfeNumber, null), (school.Id, school.Name, school.DfeNumber, school.BecameId));
        Assert.Equal((now.Id, old.Name, old.DfeNumber, old.Id), (former.Id, former.Name, former.DfeNumber, former.BecameId));
        Assert.Equal([new FormerName(old.Code, old.DfeNumber, old.Name)], await host.ReadAsync(db => db.FormerNamesAsync(school.Id, CancellationToken.None)));

        // In by the new number; by the old one only to be led on, and a stranger by neither.
        var stranger = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        Assert.Null((await AccessAsync(host, setup, now.Code))!.AskedAs);
        Assert.Equal((now.Code, old.Code), ((await AccessAsync(host, setup, old.Code))!.Urn, (await AccessAsync(host, setup, old.Code))!.AskedAs!.Urn));
        Assert.Null(await AccessAsync(host, stranger, old.Code));
        Assert.Null(await AccessAsync(host, stranger, now.Code));
        Assert.Equal([new(OrganisationKind.School, now.Code, now.Name)], await host.Get<ListOwnOrganisations>().ExecuteAsync(setup.AccountId, CancellationToken.None));
        // The link and the code of before sign the person up into the successor.
        var activated = await host.Get<ActivateMembership>().ExecuteAsync(new(await host.Data.TokenOfAsync(pending.MembershipId), await host.Data.CodeOfAsync(pending.MembershipId), NewPassword, null), CancellationToken.None);
        Assert.Equal(now.Code, activated.Value.OrganisationCode);
        // Nothing begins under the old number any more.
        Assert.IsType<SchoolBecame>(Refused(await host.Get<EnterSchool>().ExecuteAsync(old.Code, CancellationToken.None)));
        Assert.IsType<SchoolBecame>(Refused(await host.Get<AddSchoolAdministrator>().ExecuteAsync(new(old.Code, "A", "B", "new@school.example", false, JobRole.Teacher, PermissionSet.None), CancellationToken.None)));
        await Assert.ThrowsAsync<BecameAnotherException>(() => host.Get<CreateUser>().ExecuteAsync(
            new(null, "A", "B", "new@school.example", false, JobRole.Teacher, null, PermissionSet.None, null), EnterAs(now.Id), CancellationToken.None));
        await host.Data.AddPupilAsync(setup);

        Assert.Equal([AuditTrail.Server, old.Id, now.Id], (await host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Kind == "school-converted").Select(e => e.OrganisationId).ToListAsync())).OrderBy(id => id == old.Id ? 1 : id == now.Id ? 2 : 0));
        Assert.Equal([setup.Email], await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == SchoolConvertedMail.TemplateName).Select(m => m.Recipient).ToListAsync()));
        Assert.Equal(1, await host.ReadAsync(db => db.Set<ReportDue>().Where(d => d.OrganisationId == old.Id).Select(d => d.OrganisationId).Distinct().CountAsync()));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Undo_BeforeItIsCommitted_IsAsItWasAndKeepsWhatWasDoneMeanwhile(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (old, now, setup, _) = await StartAsync(host);
        var (authority, trust) = (await host.Data.AddAuthorityAsync(), await host.Data.AddTrustAsync());
        await host.Data.LinkAsync(old, authority, ReachLevel.School);
        await host.Data.LinkAsync(now, trust, ReachLevel.Administration);
        var adviser = await host.Data.AddBodyMemberAsync(authority, PermissionSet.None.With(SchoolScope.SelectedSchools), [old]);
        var before = await Converting.RowsAsync(host, Converting.Traces);

        var preview = await host.PreviewAsync(old, now);
        Assert.Equal([$"{authority.Name} ({ReachLevel.School.Words()})"], preview.LinksOfPredecessor);
        Assert.Equal([$"{trust.Name} ({ReachLevel.Administration.Words()})"], preview.LinksOfSuccessor);
        Assert.True((await host.ConvertAsync(old, now)).Succeeded);

        // What a body reaches is not carried: the authority reaches the successor at no level, the trust does as the register says.
        Assert.Null(await host.Get<ReadAccess>().ExecuteAsync(adviser.AccountId, new(host.Clock.Now()), now.Code, CancellationToken.None));
        Assert.Null(await host.Get<ReadAccess>().ExecuteAsync(adviser.AccountId, new(host.Clock.Now()), old.Code, CancellationToken.None));
        Assert.Equal([(old.Id, trust.Id), (now.Id, authority.Id)], (await host.ReadAllAsync<ReachLink>()).Where(l => l.EndedAt is null).Select(l => (l.OrganisationId, l.BodyId)).OrderBy(l => l.OrganisationId == now.Id));
        Assert.Empty(await Invariants.BrokenAsync(host));
        Assert.IsType<ConversionObstacle>(Refused(await LockAndUndoAsync(host, old, now)));
        var later = await host.Data.AddPupilAsync(setup);

        Assert.Equal(ConversionState.Undone, (await host.UndoAsync(old, now)).Value.State);

        var after = await Converting.RowsAsync(host, Converting.Traces);
        Assert.Equal(before, after.Where(r => !r.Contains(later.ToString(), StringComparison.OrdinalIgnoreCase)));
        Assert.NotNull(await host.ReadAsync(db => db.Set<Pupil>().SingleOrDefaultAsync(p => p.Id == later && p.OrganisationId == old.Id)));
        Assert.Equal(old.Code, (await AccessAsync(host, setup, old.Code))!.Urn);
        Assert.Null(await AccessAsync(host, setup, now.Code));
        Assert.IsType<NoUndecidedConversion>(Refused(await host.UndoAsync(old, now)));
        Assert.IsType<NoUndecidedConversion>(Refused(await host.CommitAsync(old, now)));
        Assert.Equal(2, await host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == SchoolConvertedMail.TemplateName)));
        // And once more, for good.
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await host.ConvertAsync(old, now)).Succeeded);
        Assert.Equal(ConversionState.Committed, (await host.CommitAsync(old, now)).Value.State);
        Assert.IsType<NoUndecidedConversion>(Refused(await host.UndoAsync(old, now)));
        Assert.Equal([ConversionState.Committed, ConversionState.Undone], (await host.Get<ListConversions>().ExecuteAsync(Actor.Operator, CancellationToken.None)).Value.Select(c => c.Conversion.State));
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Execute_SomebodyWithAPlaceInBoth_KeepsTheOneThatGoesOn(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (old, now, setup, _) = await StartAsync(host);
        var there = await host.Data.AddMemberAsync(now, PermissionSet.Of(Permission.SchoolSetup), account: setup);
        var waiting = await host.Data.InviteAsync(there, email: (await host.Data.AddMemberAsync(old)).Email);
        Assert.Equal(2, (await host.PreviewAsync(old, now)).InBoth.Count);

        Assert.True((await host.ConvertAsync(old, now)).Succeeded);

        Assert.Equal(setup.MembershipId, (await AccessAsync(host, setup, now.Code))!.MembershipId);
        Assert.Equal(now.Code, (await AccessAsync(host, setup, old.Code))!.Urn);
        // The sleeping place’s link opens nothing.
        var asked = await host.Get<ActivateMembership>().ExecuteAsync(
            new(await host.Data.TokenOfAsync(waiting.MembershipId), await host.Data.CodeOfAsync(waiting.MembershipId), null, waiting.AccountId), CancellationToken.None);
        Assert.IsType<SchoolBecame>(Refused(asked));
        Assert.True((await host.CommitAsync(old, now)).Succeeded);

        Assert.Equal(0, await host.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.OrganisationId == now.Id && m.State != MembershipState.Deleted)));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<Invitation>().CountAsync(i => i.OrganisationId == now.Id)));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.OrganisationId == now.Id && s.HolderId != null)));
        Assert.Equal(setup.MembershipId, (await AccessAsync(host, setup, now.Code))!.MembershipId);
        Assert.Empty(await Invariants.BrokenAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Execute_WhatCannotBe_IsRefusedInWordsAndChangesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (old, now, setup, _) = await StartAsync(host);
        var (secondary, empty, closed) = (await host.Data.AddSecondaryAsync(), await host.Data.AddPrimaryAsync(), await host.Data.AddPrimaryAsync());
        await host.ChangeAsync(db => db.Set<School>().Where(s => s.Id == closed.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.IsClosed, true)));
        var full = await host.Data.AddPrimaryAsync("Full School");
        var other = await host.Data.AddMemberAsync(full, PermissionSet.Of(Permission.SchoolSetup), "Ada", "Byron");
        await host.Data.AddPupilAsync(other);
        var mark = (await host.PreviewAsync(old, now)).Mark;
        var before = await Converting.RowsAsync(host);

        Assert.Contains("does not merge two", string.Join('\n', await ObstaclesAsync(host, old, full)), StringComparison.Ordinal);
        Assert.Contains("Ada Byron has a place in Full School and none in", string.Join('\n', await ObstaclesAsync(host, old, full)), StringComparison.Ordinal);
        Assert.Contains("set-primary", string.Join('\n', await ObstaclesAsync(host, old, secondary)), StringComparison.Ordinal);
        Assert.Contains("nothing to carry", string.Join('\n', await ObstaclesAsync(host, empty, now)), StringComparison.Ordinal);
        Assert.Contains("closed", string.Join('\n', await ObstaclesAsync(host, old, closed)), StringComparison.Ordinal);
        Assert.IsType<ConversionObstacle>(Refused(await host.ConvertAsync(old, full)));
        Assert.IsType<NotFound>(Refused(await host.Get<PreviewConversion>().ExecuteAsync(new(old.Code, "999999"), Actor.Operator, CancellationToken.None)));
        Assert.IsType<OneSchoolTwice>(Refused(await host.Get<PreviewConversion>().ExecuteAsync(new(old.Code, old.Code), Actor.Operator, CancellationToken.None)));
        foreach (var wrong in (string?[])[null, "", "0000-0000"])
            Assert.IsType<PreviewChanged>(Refused(await host.Get<ConvertSchool>().ExecuteAsync(new(old.Code, now.Code, wrong), Actor.Operator, CancellationToken.None)));
        foreach (var actor in (Actor[])[setup.Actor, Actor.System])
        {
            Assert.IsType<OperatorsOnly>(Refused(await host.Get<PreviewConversion>().ExecuteAsync(new(old.Code, now.Code), actor, CancellationToken.None)));
            Assert.IsType<OperatorsOnly>(Refused(await host.Get<ConvertSchool>().ExecuteAsync(new(old.Code, now.Code, mark), actor, CancellationToken.None)));
            Assert.IsType<OperatorsOnly>(Refused(await host.Get<UndoConversion>().ExecuteAsync(new(old.Code, now.Code), actor, CancellationToken.None)));
            Assert.IsType<OperatorsOnly>(Refused(await host.Get<CommitConversion>().ExecuteAsync(new(old.Code, now.Code), actor, CancellationToken.None)));
            Assert.IsType<OperatorsOnly>(Refused(await host.Get<ListConversions>().ExecuteAsync(actor, CancellationToken.None)));
        }
        Assert.IsType<ConfirmItIsYou>(Refused(await host.Get<ConvertSchool>().ExecuteAsync(new(old.Code, now.Code, mark), Actor.Operator with { IsFresh = false }, CancellationToken.None)));
        Assert.Equal(before, await Converting.RowsAsync(host));

        await host.Data.AddPupilAsync(setup);
        Assert.IsType<PreviewChanged>(Refused(await host.Get<ConvertSchool>().ExecuteAsync(new(old.Code, now.Code, mark), Actor.Operator, CancellationToken.None)));
        _ = (await host.Get<LockSchool>().ExecuteAsync(new(old.Code, "why"), Actor.Operator, CancellationToken.None)).Value;
        Assert.Contains("locked", string.Join('\n', await ObstaclesAsync(host, old, now)), StringComparison.Ordinal);
        _ = (await host.Get<UnlockSchool>().ExecuteAsync(old.Code, Actor.Operator, CancellationToken.None)).Value;
        Assert.True((await host.ConvertAsync(old, now)).Succeeded);
        // On from there only when it is for good, and never from the number that it had.
        Assert.Contains("not committed", string.Join('\n', await ObstaclesAsync(host, now, empty)), StringComparison.Ordinal);
        Assert.IsType<SchoolBecame>(Refused(await host.Get<PreviewConversion>().ExecuteAsync(new(old.Code, empty.Code), Actor.Operator, CancellationToken.None)));
        _ = (await host.CommitAsync(old, now)).Value;
        Assert.True((await host.ConvertAsync(now, empty)).Succeeded);
        Assert.Equal([old.Code, now.Code], (await host.ReadAsync(db => db.FormerNamesAsync(old.Id, CancellationToken.None))).Select(f => f.Urn).Order(StringComparer.Ordinal));
        Assert.Equal(empty.Code, (await AccessAsync(host, setup, old.Code))!.Urn);
    }

    [Theory, BothDatabases]
    public async Task Execute_SomebodyWithMoreInTheSuccessor_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (old, now, setup, _) = await StartAsync(host);
        await host.Data.AddMemberAsync(now, PermissionSet.Of(Permission.SchoolReports), account: setup);

        Assert.Contains("has more access in", Assert.Single(await ObstaclesAsync(host, old, now)), StringComparison.Ordinal);
    }

    // Whatever statement it is stopped at, nothing of it is there.
    [Theory, BothDatabases]
    public async Task Execute_StoppedAtAnyStatement_LeavesTheOldState(DatabaseKind kind)
    {
        var stop = new StopAt();
        await using var host = await AscentHost.StartAsync(kind, configure: services => services.AddSingleton(provider => Open(provider.GetRequiredService<ServerSettings>(), stop)));
        var (old, now, _, _) = await StartAsync(host);
        await host.Data.LinkAsync(old, await host.Data.AddAuthorityAsync(), ReachLevel.School);
        var before = await Converting.RowsAsync(host);
        var mark = (await host.PreviewAsync(old, now)).Mark;

        var stopped = 0;
        for (var statement = 1; ; statement++)
        {
            stop.At = statement;
            try
            {
                Assert.True((await host.Get<ConvertSchool>().ExecuteAsync(new(old.Code, now.Code, mark), Actor.Operator, CancellationToken.None)).Succeeded);
                break;
            }
            catch (Exception exception) when (exception is StoppedException or DbUpdateException { InnerException: StoppedException })
            {
                stop.At = 0;
                stopped++;
                Assert.Equal(before, await Converting.RowsAsync(host));
            }
        }

        stop.At = 0;
        Assert.True(stopped > 5, $"Stopped {stopped} times only.");
        Assert.Equal(old.Id, (await host.FindSchoolAsync(now.Code))!.Id);
    }

    /// <summary>A school with a holder, somebody pending and a pupil, and the empty one that it becomes.</summary>
    private static async Task<(School Old, School Now, TestMember Setup, TestMember Pending)> StartAsync(AscentHost host)
    {
        var (old, now) = (await host.Data.AddPrimaryAsync("Larkfield Primary School"), await host.Data.AddPrimaryAsync("Larkfield Academy"));
        var setup = await host.Data.AddMemberAsync(old, Permission.SchoolSetup);
        var pending = await host.Data.InviteAsync(setup);
        await host.Data.AddPupilAsync(setup);
        return (old, now, setup, pending);
    }

    private static async Task<Result<ConversionDone>> LockAndUndoAsync(AscentHost host, School old, School now)
    {
        _ = (await host.Get<LockSchool>().ExecuteAsync(new(now.Code, "why"), Actor.Operator, CancellationToken.None)).Value;
        var undone = await host.UndoAsync(old, now);
        _ = (await host.Get<UnlockSchool>().ExecuteAsync(now.Code, Actor.Operator, CancellationToken.None)).Value;
        return undone;
    }

    private static async Task<IReadOnlyList<string>> ObstaclesAsync(AscentHost host, School old, School now) => (await host.PreviewAsync(old, now)).Obstacles;

    private static Task<SchoolAccess?> AccessAsync(AscentHost host, TestMember person, string urn) =>
        host.Get<ReadAccess>().ExecuteAsync(person.AccountId, new(host.Clock.Now()), urn, CancellationToken.None);

    private static Actor EnterAs(Guid school) => Actor.Operator with { OrganisationId = school, Permissions = PermissionSet.Of(Permission.SchoolSetup).Effective(false) };

    private static Refusal Refused<T>(Result<T> result) => result.Refusals[0];

    private static Database Open(ServerSettings settings, StopAt stop)
    {
        if (DatabaseAddress.Parse(settings.Database, settings.DataFolder) is DatabaseAddress.Postgres postgres)
        {
            var options = new DbContextOptionsBuilder<PostgresAppDb>();
            PostgresAppDb.Configure(options, postgres.ConnectionString);
            options.AddInterceptors(stop);
            return new(() => new PostgresAppDb(options.Options));
        }
        var sqlite = new DbContextOptionsBuilder<SqliteAppDb>();
        SqliteAppDb.Configure(sqlite, Path.Combine(settings.DataFolder, "ascent.db"));
        sqlite.AddInterceptors(stop);
        return new(() => new SqliteAppDb(sqlite.Options));
    }

    private sealed class StoppedException() : Exception("Stopped by the test.");

    /// <summary>Stops at the nth statement that writes; nought for never.</summary>
    private sealed class StopAt : DbCommandInterceptor
    {
        private int count;

        public int At
        {
            get;
            set => (field, count) = (value, 0);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => new(Look(command, result));

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => new(Look(command, result));

        private T Look<T>(DbCommand command, T result) =>
            At > 0 && !command.CommandText.TrimStart().StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) && ++count == At ? throw new StoppedException() : result;
    }
}
