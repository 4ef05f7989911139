using Ascent.Accounts.Factors;
using Ascent.Accounts.Operators;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <summary>Mails that belong to the save of a change: to the person whom it concerns, and to the other holders who should know.</summary>
public sealed class HolderMails(TimeProvider clock)
{
    /// <summary>Somebody was made a holder of School setup, or will be one after signing up.</summary>
    internal Task TellHolderMadeAsync(AppDb db, Membership made, string madeName, Actor actor, DateTime now, CancellationToken cancellationToken) =>
        TellOthersAsync(db, made, actor, OperatorNoticeKind.HolderMade, now,
            (to, school, by) => (HolderMadeMail.TemplateName, new HolderMadeMail.Values(to.Forename, school, madeName, by, made.State == MembershipState.Pending, now, Setup(made))), cancellationToken);

    /// <summary>Somebody from above has done something to a holder of the school: the others are told, and the operator when there is none.</summary>
    /// <param name="what">"deactivated".</param>
    internal async Task TellHoldersAsync(AppDb db, Membership about, string person, string what, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        if (actor.Above is not null)
            await TellOthersAsync(db, about, actor, OperatorNoticeKind.HolderMade, now,
                (to, school, by) => (HolderTouchedMail.TemplateName, new HolderTouchedMail.Values(to.Forename, school, person, by, what, now)), cancellationToken);
    }

    /// <summary>The school was locked or is open again: to every Active holder of its School setup.</summary>
    internal async Task TellLockAsync(AppDb db, Guid schoolId, string by, bool isLocked, DateTime now, CancellationToken cancellationToken)
    {
        var school = await SchoolAsync(db, schoolId, cancellationToken);
        foreach (var holder in await db.HoldersAsync(LondonTime.DateOf(now), cancellationToken, schoolId))
            db.Add(OutboxMail.Create(clock.NewId(), schoolId, SchoolLockMail.TemplateName, holder.Email, holder.FullName,
                new SchoolLockMail.Values(holder.Forename, school, by, isLocked, now), now));
    }

    /// <summary>Whoever runs the server changed limits of the school: to every Active holder of its School setup.</summary>
    internal Task TellLimitsAsync(AppDb db, School school, IReadOnlyList<LimitChange> changes, DateTime now, CancellationToken cancellationToken) =>
        TellHoldersOfAsync(db, school, SchoolLimitsMail.TemplateName, holder => new SchoolLimitsMail.Values(holder.Forename, school.Name, [.. changes.Select(c => $"{c.Label}: {c.Before} → {c.After}")], now), now, cancellationToken);

    /// <summary>Whoever runs the server switched services of the school.</summary>
    internal Task TellServicesAsync(AppDb db, School school, IReadOnlyList<ServiceChange> changes, DateTime now, CancellationToken cancellationToken) =>
        TellHoldersOfAsync(db, school, SchoolServicesMail.TemplateName, holder => new SchoolServicesMail.Values(holder.Forename, school.Name, [.. changes.Select(c => $"{c.Label}: {c.Before.Words} → {c.After.Words}")], now), now, cancellationToken);

    private async Task TellHoldersOfAsync<T>(AppDb db, School school, string template, Func<Member, T> write, DateTime now, CancellationToken cancellationToken)
    {
        foreach (var holder in await db.HoldersAsync(LondonTime.DateOf(now), cancellationToken, school.Id))
            db.Add(OutboxMail.Create(clock.NewId(), school.Id, template, holder.Email, holder.FullName, write(holder), now));
    }

    /// <summary>The school has become another, or is again what it was: to every Active holder of its School setup.</summary>
    /// <param name="before">What it was called until now; the school is as it is from now on.</param>
    internal Task TellConversionAsync(AppDb db, School school, string before, bool isUndone, DateTime now, CancellationToken cancellationToken) =>
        TellHoldersOfAsync(db, school, SchoolConvertedMail.TemplateName, holder => new SchoolConvertedMail.Values(holder.Forename, before, school.Name, school.Code, isUndone, now), now, cancellationToken);

    /// <summary>A body asks for a level, or a link began or ended: to every Active holder of the school's School setup but the one who did it.</summary>
    internal async Task TellReachAsync(AppDb db, Guid schoolId, string body, string what, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var school = await SchoolAsync(db, schoolId, cancellationToken);
        foreach (var holder in (await db.HoldersAsync(LondonTime.DateOf(now), cancellationToken, schoolId)).Where(h => h.AccountId != actor.AccountId))
            db.Add(OutboxMail.Create(clock.NewId(), schoolId, ReachMail.TemplateName, holder.Email, holder.FullName,
                new ReachMail.Values(holder.Forename, school, body, what, now), now));
    }

    /// <summary>A holder changed their own access.</summary>
    internal Task TellSelfChangeAsync(AppDb db, Membership own, IReadOnlyList<AccessChange> changes, Actor actor, DateTime now, CancellationToken cancellationToken) =>
        TellOthersAsync(db, own, actor, OperatorNoticeKind.OwnAccessChanged, now,
            (to, school, by) => (OwnAccessChangedMail.TemplateName, new OwnAccessChangedMail.Values(to.Forename, school, by, Lines(changes), now, Setup(own))), cancellationToken);

    /// <summary>To each person: another has changed what they may do.</summary>
    /// <param name="changed">All of one organisation.</param>
    internal async Task TellAccessChangedAsync(
        AppDb db, IReadOnlyCollection<(Membership Membership, IReadOnlyList<AccessChange> Changes)> changed, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var lines = changed.ToDictionary(c => c.Membership.Id, c => Lines(c.Changes));
        await TellThemAsync(db, [.. changed.Select(c => c.Membership)], actor, now,
            (membership, account, school, by) => (AccessChangedMail.TemplateName, new AccessChangedMail.Values(account.Forename, school, by, lines[membership.Id], now)), cancellationToken);
    }

    /// <summary>To each person: the organisation is closed to them.</summary>
    internal Task TellClosedAsync(AppDb db, IReadOnlyCollection<Membership> closed, Actor actor, DateTime now, CancellationToken cancellationToken) =>
        TellThemAsync(db, closed, actor, now,
            (membership, account, school, by) => (AccessClosedMail.TemplateName, new AccessClosedMail.Values(account.Forename, school, by, membership.State == MembershipState.Deleted, now)), cancellationToken);

    /// <summary>Somebody's second factor is reset, or was enrolled anew.</summary>
    internal async Task TellFactorResetAsync(AppDb db, Membership about, string person, Actor actor, bool isDone, DateTime now, CancellationToken cancellationToken)
    {
        var (school, by) = (await SchoolAsync(db, about.OrganisationId, cancellationToken), await ByAsync(db, actor, cancellationToken));
        // By the organisation, because whoever enrols is in the server's scope.
        foreach (var holder in (await db.HoldersAsync(LondonTime.DateOf(now), cancellationToken, about.OrganisationId)).Where(h => h.AccountId != actor.AccountId && h.AccountId != about.AccountId))
            db.Add(OutboxMail.Create(clock.NewId(), about.OrganisationId, FactorResetToldMail.TemplateName, holder.Email, holder.FullName,
                new FactorResetToldMail.Values(holder.Forename, school, person, by, isDone, now), now));
    }

    /// <summary>Who has to have a second factor has changed.</summary>
    internal async Task TellRuleChangedAsync(AppDb db, string school, Guid organisationId, FactorRule rule, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var by = await ByAsync(db, actor, cancellationToken);
        foreach (var holder in (await db.HoldersAsync(LondonTime.DateOf(now), cancellationToken)).Where(h => h.AccountId != actor.AccountId))
            db.Add(OutboxMail.Create(clock.NewId(), organisationId, FactorRuleMail.TemplateName, holder.Email, holder.FullName,
                new FactorRuleMail.Values(holder.Forename, school, by, FactorRulePeople.Words(rule), now), now));
    }

    /// <summary>A file of very many pupils went out: to the other holders of Manage data, and of School setup, which includes it.</summary>
    public async Task TellPupilsExportedAsync(AppDb db, Guid organisationId, int pupils, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        var (school, by) = (await SchoolAsync(db, organisationId, cancellationToken), await ByAsync(db, actor, cancellationToken));
        foreach (var holder in (await db.DataHoldersAsync(LondonTime.DateOf(now), cancellationToken)).Where(h => h.AccountId != actor.AccountId))
            db.Add(OutboxMail.Create(clock.NewId(), organisationId, PupilsExportedMail.TemplateName, holder.Email, holder.FullName,
                new PupilsExportedMail.Values(holder.Forename, school, by, pupils, now), now));
    }

    private async Task TellThemAsync<T>(
        AppDb db, IReadOnlyCollection<Membership> memberships, Actor actor, DateTime now, Func<Membership, Account, string, string, (string Template, T Values)> write, CancellationToken cancellationToken)
    {
        if (memberships.Count == 0)
            return;
        var ids = memberships.Select(m => m.AccountId).ToList();
        var accounts = await db.Set<Account>().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
        var (school, by) = (await SchoolAsync(db, memberships.First().OrganisationId, cancellationToken), await ByAsync(db, actor, cancellationToken));
        foreach (var membership in memberships)
        {
            var account = accounts[membership.AccountId];
            var (template, values) = write(membership, account, school, by);
            db.Add(OutboxMail.Create(clock.NewId(), membership.OrganisationId, template, account.Email, $"{account.Forename} {account.Surname}", values, now));
        }
    }

    private async Task TellOthersAsync<T>(
        AppDb db, Membership about, Actor actor, OperatorNoticeKind otherwise, DateTime now, Func<Member, string, string, (string Template, T Values)> write, CancellationToken cancellationToken)
    {
        // Who stops being one in this very save need not know any more.
        var gone = db.Set<Membership>().Local.Where(m => m.State != MembershipState.Active || !m.Permissions.Administers).Select(m => m.Id).ToHashSet();
        var others = (await db.HoldersAsync(LondonTime.DateOf(now), cancellationToken)).Where(h => h.AccountId != actor.AccountId && h.AccountId != about.AccountId && !gone.Contains(h.MembershipId)).ToList();
        var (school, by) = (await SchoolAsync(db, about.OrganisationId, cancellationToken), await ByAsync(db, actor, cancellationToken));
        foreach (var holder in others)
        {
            var (template, values) = write(holder, school, by);
            db.Add(OutboxMail.Create(clock.NewId(), about.OrganisationId, template, holder.Email, holder.FullName, values, now));
        }
        // Whoever runs the server did it, or is the only one left who can be told.
        if (others.Count == 0 && actor.Kind == ActorKind.Person)
            db.Add(new OperatorNotice { Id = clock.NewId(), OrganisationId = about.OrganisationId, Kind = actor.Above is null ? otherwise : OperatorNoticeKind.HolderFromAbove, At = now });
    }

    private static Task<string> SchoolAsync(AppDb db, Guid organisationId, CancellationToken cancellationToken) =>
        db.Set<Organisation>().Where(o => o.Id == organisationId).Select(o => o.Name).SingleAsync(cancellationToken);

    private static async Task<string> ByAsync(AppDb db, Actor actor, CancellationToken cancellationToken) => actor.Kind switch
    {
        ActorKind.Person when actor.Above is { } above => await db.Set<Account>().Where(a => a.Id == actor.AccountId)
            .Select(a => a.Forename + " " + a.Surname + " of " + db.Set<Organisation>().Where(o => o.Id == above.BodyId).Select(o => o.Name).First()).SingleAsync(cancellationToken),
        ActorKind.Person => await db.Set<Account>().Where(a => a.Id == actor.AccountId).Select(a => a.Forename + " " + a.Surname).SingleAsync(cancellationToken),
        ActorKind.Operator => "Whoever runs the server",
        _ => "Ascent",
    };

    private static string Setup(Membership membership) => PermissionCatalogue.SetupTag(membership.Permissions);

    private static string[] Lines(IReadOnlyList<AccessChange> changes) => [.. changes.Select(c => $"{c.Label}: {c.Before} → {c.After}")];
}
