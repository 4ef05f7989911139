using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Many;

/// <summary>Several people were created from a list: one entry for all.</summary>
public sealed record UsersCreated(IReadOnlyList<UserMade> Users) : AuditEvent("users-created");

public sealed record UserMade(Guid MembershipId, JobRole JobRole, long Permissions, DateOnly? EndsOn);

/// <summary>Named in users-created, and not made after all: they came into the school by another way meanwhile, or whoever confirmed lost the right.</summary>
public sealed record UsersNotCreated(IReadOnlyList<Guid> MembershipIds) : AuditEvent("users-not-created");

/// <summary>
/// Creates the chosen rows of a list as one deed. Confirm decides for all of them at once, in the save that names them in the log, makes
/// their accounts and takes their seats; memberships and invitations follow batch by batch, each in one save that also moves the journey on.
/// So it goes on after a restart, and done twice, or by two at once, it makes nobody twice.
/// </summary>
public sealed class CreateUsers(Database database, NewMembers newMembers, ChangeStaff changeStaff, HolderMails mails, TimeProvider clock)
{
    /// <summary>How many are made in one save.</summary>
    public const int Batch = 250;

    /// <returns>Refusals, and nothing is made; or how far it is.</returns>
    public async Task<Result<CreateUsersProgress>> ConfirmAsync(Guid journeyId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.SchoolSetup, organisationId))
            return new NotAllowed(Permission.SchoolSetup);
        var begun = await database.ChangeAsync(OrganisationScope.Of(organisationId), db => BeginAsync(db, journeyId, actor, organisationId, cancellationToken), cancellationToken);
        if (!begun.Succeeded)
            return Result.Refuse<CreateUsersProgress>(begun.Refusals);
        // A short list is done before the answer; a long one goes on behind it.
        return await ContinueAsync(organisationId, journeyId, cancellationToken);
    }

    private async Task<Result<Done>> BeginAsync(AppDb db, Guid journeyId, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        var (now, owner) = (clock.Now(), Journey.OwnerOf(actor));
        var journey = await db.Set<Journey>().SingleOrDefaultAsync(j => j.Id == journeyId && j.AccountId == owner && j.Name == CreateUsersAnswers.JourneyName && j.ExpiresAt > now, cancellationToken);
        if (journey is null)
            return new NotFound("list");
        if (IsConfirmed(journey))
            return new Done();
        var result = await DecideAsync(db, journey, actor, organisationId, now, cancellationToken);
        // Pressed twice at once: what refuses the second may be the very thing that the first has just done.
        return !result.Succeeded && IsConfirmed(await db.Set<Journey>().AsNoTracking().SingleAsync(j => j.Id == journeyId, cancellationToken)) ? new Done() : result;
    }

    private static bool IsConfirmed(Journey journey) => journey.IsFinished || journey.Has(CreateUsersAnswers.ConfirmStep);

    private async Task<Result<Done>> DecideAsync(AppDb db, Journey journey, Actor actor, Guid organisationId, DateTime now, CancellationToken cancellationToken)
    {
        var owner = Journey.OwnerOf(actor);
        var answers = journey.Answers<CreateUsersAnswers>();
        var list = await db.CheckAsync(answers, false, owner, organisationId, LondonTime.DateOf(now), cancellationToken);
        if (await RefuseAsync(db, answers, list, actor, cancellationToken) is { } refused)
            return refused;

        var coming = list.Coming.ToArray();
        var accounts = await newMembers.FindOrAddAccountsAsync(db, [.. coming.Select(r => r.Person!)], now, cancellationToken);
        var plan = coming.OrderBy(r => !r.Takes.Any()).Select(r => new PlannedUser(r.Number, clock.NewId(), accounts[r.Person!.Email.Key].Id)).ToList();
        // Whoever is here is changed, and whoever takes a seat is made, in this very save, so that no seat of the plan can be lost afterwards.
        var changed = await ChangeStaff.ApplyAsync(db, list, actor, now, cancellationToken);
        if (await db.KeepAHolderAsync([.. changed.All], LondonTime.DateOf(now), cancellationToken) is { Count: > 0 } last)
            return new LastHolder(list.Members.First(m => m.MembershipId == last[0].Id).FullName);
        var full = await MakeSeatTakersAsync(db, plan, coming.ToDictionary(r => r.Number), accounts, changed, actor, organisationId, now, cancellationToken);
        if (full.Count > 0)
            return Result.Refuse<Done>(full);
        await changeStaff.TellAsync(db, changed, actor, now, cancellationToken);
        Note(db, answers, plan, coming.ToDictionary(r => r.Number), changed, actor, organisationId, now);
        journey.Answer(CreateUsersAnswers.ConfirmStep, answers with
        {
            Templates = [.. coming.Select(r => r.Template).OfType<NamedSet>().DistinctBy(t => t.Id)],
            Plan = plan, ConfirmedOn = LondonTime.DateOf(now), Done = coming.Count(r => r.Takes.Any()), AtOnce = changed.Counts,
            LeftOut = list.Rows.Count(r => !r.IsChosen && r.State != RowState.Unchanged),
        });
        await db.SaveChangesAsync(cancellationToken);
        return new Done();
    }

    private static async Task<Refusal?> RefuseAsync(AppDb db, CreateUsersAnswers answers, CheckedList list, Actor actor, CancellationToken cancellationToken)
    {
        bool IsStale(MemberNow member) => !answers.Seen.TryGetValue(member.MembershipId, out var version) || version != member.Version;
        var rows = answers.Chosen.Except(list.Chosen.Where(r => r.Here is not { } member || !IsStale(member)).Select(r => r.Number)).Order().ToArray();
        var leavers = answers.Leavers.Except(list.Leaving.Where(l => !IsStale(l.Member)).Select(l => l.Member.MembershipId)).ToArray();
        if (rows.Length + leavers.Length > 0)
        {
            var names = await db.Named().Where(m => leavers.Contains(m.MembershipId)).Select(m => m.Forename + " " + m.Surname).ToListAsync(cancellationToken);
            return new RowsChanged(rows, leavers, names, answers.IsWholeStaff);
        }
        if (!list.Chosen.Any() && !list.Leaving.Any())
            return new NobodyChosen();
        if (list.TemplatesSeen != answers.TemplatesSeen)
            return new TemplatesChanged();
        return list.Chosen.Any(r => r.MakesHolder) && !actor.IsFresh ? new ConfirmItIsYou() : null;
    }

    private static void Note(
        AppDb db, CreateUsersAnswers answers, List<PlannedUser> plan, Dictionary<int, CheckedRow> rows, StaffChanged changed, Actor actor, Guid organisationId, DateTime now)
    {
        var made = plan.ConvertAll(p => Made(p, rows[p.Row].Access!));
        db.AddAudit(now, actor, organisationId, answers.IsWholeStaff ? changed.Event(made) : new UsersCreated(made), [.. plan.Select(p => rows[p.Row].Person!.ForAudit(p.AccountId)), .. changed.ForAudit()]);
    }

    private static UserMade Made(PlannedUser planned, AccessChoice access) => new(planned.MembershipId, access.JobRole, access.Permissions.Bits, access.EndsOn);

    private async Task<IReadOnlyList<Refusal>> MakeSeatTakersAsync(
        AppDb db, List<PlannedUser> plan, Dictionary<int, CheckedRow> rows, Dictionary<string, Account> accounts, StaffChanged changed, Actor actor, Guid organisationId, DateTime now, CancellationToken cancellationToken)
    {
        var school = await db.Set<School>().SingleAsync(s => s.Id == organisationId, cancellationToken);
        var takers = plan.Where(p => rows[p.Row].Takes.Any()).Select(p => (Row: rows[p.Row], Membership: NewMembers.Add(db, p.MembershipId, p.AccountId, rows[p.Row].Access!, actor, organisationId, now))).ToArray();
        var full = await db.SeatAsync([.. changed.All, .. takers.Select(t => t.Membership)], school.HasTracking, cancellationToken);
        foreach (var (row, membership) in takers)
        {
            membership.GiveTemplate(row.Template?.Id);
            newMembers.Invite(db, membership, row.Person!, school.Name, accounts[row.Person!.Email.Key], now);
            if (row.MakesHolder)
                await mails.TellHolderMadeAsync(db, membership, row.Person!.FullName, actor, now, cancellationToken);
        }
        return full;
    }

    /// <summary>Makes the next batch of a list that was confirmed, and finishes it with the last one.</summary>
    public Task<Result<CreateUsersProgress>> ContinueAsync(Guid organisationId, Guid journeyId, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<CreateUsersProgress>>(OrganisationScope.Of(organisationId), async db =>
        {
            var journey = await db.Set<Journey>().SingleOrDefaultAsync(j => j.Id == journeyId && j.Name == CreateUsersAnswers.JourneyName, cancellationToken);
            if (journey is null || (!journey.IsFinished && !journey.Has(CreateUsersAnswers.ConfirmStep)))
                return new NotFound("list");
            if (journey.IsFinished)
                return Progress(journey);
            var answers = journey.Answers<CreateUsersAnswers>();
            var now = clock.Now();
            var actor = await StillAllowedAsync(db, journey, organisationId, LondonTime.DateOf(now), cancellationToken);
            answers = actor is null
                ? answers with { Done = answers.Plan!.Count, NotMade = [.. answers.NotMade, .. answers.Plan.Skip(answers.Done).Select(p => p.MembershipId)] }
                : await MakeBatchAsync(db, answers, actor, organisationId, now, cancellationToken);
            if (answers.Done < answers.Plan!.Count)
                journey.Answer(CreateUsersAnswers.ConfirmStep, answers);
            else
                Finish(db, journey, answers, actor ?? Actor.System, now);
            await db.SaveChangesAsync(cancellationToken);
            return Progress(journey);
        }, cancellationToken);

    private async Task<CreateUsersAnswers> MakeBatchAsync(AppDb db, CreateUsersAnswers answers, Actor actor, Guid organisationId, DateTime now, CancellationToken cancellationToken)
    {
        var school = await db.Set<School>().SingleAsync(s => s.Id == organisationId, cancellationToken);
        var batch = answers.Plan!.Skip(answers.Done).Take(Batch).ToArray();
        var ids = batch.Select(p => p.AccountId).ToArray();
        var accounts = await db.Set<Account>().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
        var here = await db.Set<Membership>().Where(m => m.State != MembershipState.Deleted && ids.Contains(m.AccountId)).Select(m => m.AccountId).ToHashSetAsync(cancellationToken);
        var rows = answers.Rows.ToDictionary(r => r.Number);
        var templates = new SchoolTemplates(answers.Templates);
        var present = (await db.SchoolTemplatesAsync(school.HasTracking, cancellationToken)).All.Select(t => t.Id).ToHashSet();
        var notMade = answers.NotMade.ToList();
        foreach (var planned in batch)
        {
            var (person, access) = (rows[planned.Row].ReadPerson(), rows[planned.Row].ReadAccess(school.HasTracking, answers.ConfirmedOn, templates));
            if (here.Contains(planned.AccountId) || !person.Succeeded || !access.Succeeded)
            {
                notMade.Add(planned.MembershipId);
                continue;
            }
            var membership = NewMembers.Add(db, planned.MembershipId, planned.AccountId, access.Value, actor, organisationId, now);
            // One that was deleted since Confirm has given its set all the same, and is not noted.
            if (rows[planned.Row].ReadTemplate(templates) is { } template && present.Contains(template.Id))
                membership.GiveTemplate(template.Id);
            newMembers.Invite(db, membership, person.Value.Person, school.Name, accounts[planned.AccountId], now);
        }
        return answers with { Done = answers.Done + batch.Length, NotMade = notMade };
    }

    private static void Finish(AppDb db, Journey journey, CreateUsersAnswers answers, Actor actor, DateTime now)
    {
        var notMade = answers.NotMade.ToHashSet();
        if (notMade.Count > 0)
            db.AddAudit(now, actor, journey.OrganisationId, new UsersNotCreated(answers.NotMade));
        journey.Finish(journey.Id, new CreateUsersOutcome(
            [.. answers.Plan!.Where(p => !notMade.Contains(p.MembershipId)).OrderBy(p => p.Row).Select(p => p.MembershipId)],
            [.. answers.Plan!.Where(p => notMade.Contains(p.MembershipId)).Select(p => p.Row).Order()],
            answers.LeftOut) { AtOnce = answers.AtOnce });
    }

    /// <summary>The one who confirmed, with the rights of this moment; null when School setup was taken away meanwhile.</summary>
    private static async Task<Actor?> StillAllowedAsync(AppDb db, Journey journey, Guid organisationId, DateOnly today, CancellationToken cancellationToken)
    {
        if (journey.AccountId == Journey.Console)
            return EnterSchool.ActorIn(organisationId);
        var own = await db.Set<Membership>().AsNoTracking().SingleOrDefaultAsync(m => m.AccountId == journey.AccountId && m.State == MembershipState.Active, cancellationToken);
        return own is not null && own.IsOpenOn(today) && own.Permissions.Has(Permission.SchoolSetup) ? new(ActorKind.Person, own.AccountId, own.Id, organisationId, own.Permissions) : null;
    }

    /// <summary>How far a confirmed list is.</summary>
    public static CreateUsersProgress Progress(Journey journey)
    {
        if (journey.IsFinished)
        {
            var outcome = journey.Answers<CreateUsersOutcome>();
            var all = outcome.MembershipIds.Count + outcome.NotMade.Count;
            return new(all, all, outcome);
        }
        var answers = journey.Answers<CreateUsersAnswers>();
        return new(answers.Done, answers.Plan?.Count ?? 0, null);
    }
}

/// <summary>Nothing was done: what the page showed holds no more for these rows and leavers.</summary>
/// <param name="Names">Of the leavers, as far as they are still here.</param>
public sealed record RowsChanged(IReadOnlyList<int> Numbers, IReadOnlyList<Guid> Leavers, IReadOnlyList<string> Names, bool IsWholeStaff) : Refusal("rows-changed", Words(Numbers, Leavers, Names, IsWholeStaff), RefusalKind.Conflict)
{
    private static string Words(IReadOnlyList<int> numbers, IReadOnlyList<Guid> leavers, IReadOnlyList<string> names, bool isWholeStaff)
    {
        var rows = $"{(numbers.Count == 1 ? "row" : "rows")} {InWords.List(numbers.Take(20).Select(n => $"{n}"))}";
        if (!isWholeStaff)
            return $"Nobody was created: {rows} cannot be created any more. Look at the reason, then confirm again";
        string[] what = [.. numbers.Count > 0 ? [rows] : Array.Empty<string>(), .. names.Take(20), .. leavers.Count > names.Count ? [$"{InWords.Count(leavers.Count - names.Count, "leaver", "leavers")} who went already"] : Array.Empty<string>()];
        return $"Nothing was done: {InWords.List(what)} cannot be done as it stood here. Somebody else changed it meanwhile, or it hangs on what you ticked or cleared. The tick is taken off: look at it as it is now, then confirm again";
    }
}

public sealed record NobodyChosen() : Refusal("nobody-chosen", "Tick at least one row", RefusalKind.Field, "rows");

/// <summary>Takes every confirmed list a batch further; for the worker.</summary>
public sealed class ContinueConfirmedLists(Database database, CreateUsers createUsers)
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        while (await database.ReadAsync(OrganisationScope.Server, db => db.Set<Journey>()
            .Where(j => j.Name == CreateUsersAnswers.JourneyName && j.ResultId == null && j.Path.EndsWith(CreateUsersAnswers.ConfirmStep))
            .OrderBy(j => j.ExpiresAt).ThenBy(j => j.Id).Select(j => new { j.OrganisationId, j.Id }).Take(20).ToListAsync(cancellationToken)) is { Count: > 0 } going)
            foreach (var journey in going)
                await createUsers.ContinueAsync(journey.OrganisationId, journey.Id, cancellationToken);
    }
}
