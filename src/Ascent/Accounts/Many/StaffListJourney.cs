using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Many;

/// <summary>Keeps a list between the pages, and says what would come of it. It creates nobody.</summary>
public sealed class StaffListJourney(Database database, JourneyStore store, TimeProvider clock)
{
    /// <param name="isWholeStaff">The list is everybody: see <see cref="CreateUsersAnswers.IsWholeStaff"/>.</param>
    /// <param name="chosen">Numbers of the rows that are to be done; null for every row that can be, as far as there are seats. Leavers never are.</param>
    public async Task<Guid> BeginAsync(StaffList list, string source, Actor actor, CancellationToken cancellationToken, bool isWholeStaff = false, IReadOnlySet<int>? chosen = null)
    {
        var answers = AnswersOf(list, source, chosen) with { IsWholeStaff = isWholeStaff };
        var first = await CheckAsync(answers, chosen is null, actor, cancellationToken);
        return await store.BeginAsync(actor, CreateUsersAnswers.JourneyName, CreateUsersAnswers.StateVersion, [CreateUsersAnswers.RowsStep], answers with
        {
            Chosen = [.. chosen ?? first.Chosen.Select(r => r.Number)], TemplatesSeen = first.TemplatesSeen,
            Seen = first.Members.DistinctBy(m => m.MembershipId).ToDictionary(m => m.MembershipId, m => m.Version),
        }, cancellationToken);
    }

    /// <summary>What would come of a list, without keeping it.</summary>
    public Task<CheckedList> PreviewAsync(StaffList list, IReadOnlySet<int>? chosen, Actor actor, CancellationToken cancellationToken) =>
        CheckAsync(AnswersOf(list, "", chosen), chosen is null, actor, cancellationToken);

    private static CreateUsersAnswers AnswersOf(StaffList list, string source, IEnumerable<int>? chosen) => new()
    {
        Source = source, Rows = [.. list.Rows], NotRead = [.. list.NotRead], Columns = [.. list.Columns], Encoding = list.Encoding, Chosen = [.. chosen ?? []],
    };

    /// <returns>Null when it is unknown, somebody else's, or past its 24 hours.</returns>
    public Task<Journey?> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        store.FindAsync(actor, CreateUsersAnswers.JourneyName, CreateUsersAnswers.StateVersion, id, cancellationToken);

    public Task<CheckedList> CheckAsync(CreateUsersAnswers answers, Actor actor, CancellationToken cancellationToken) => CheckAsync(answers, false, actor, cancellationToken);

    /// <summary>The templates that rows may name now.</summary>
    public Task<SchoolTemplates> TemplatesAsync(Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
            await db.SchoolTemplatesAsync(await db.HasTrackingAsync(actor.OrganisationId.Value, cancellationToken), cancellationToken));

    /// <returns>False when the list is gone, or was confirmed meanwhile.</returns>
    public async Task<bool> ChangeAsync(Guid id, Actor actor, Func<CreateUsersAnswers, CreateUsersAnswers> change, CancellationToken cancellationToken)
    {
        var isOpen = true;
        var kept = await store.AnswerAsync<CreateUsersAnswers>(actor, CreateUsersAnswers.JourneyName, CreateUsersAnswers.StateVersion, id, CreateUsersAnswers.RowsStep,
            answers => (isOpen = answers.Plan is null) ? change(answers) : answers, cancellationToken);
        return kept && isOpen;
    }

    /// <summary>Takes the ticks off what somebody else changed, and counts everybody as seen as they are now.</summary>
    public async Task<bool> LookAgainAsync(Guid id, RowsChanged changed, Actor actor, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, actor, cancellationToken) is not { IsFinished: false } journey)
            return false;
        var now = (await CheckAsync(journey.Answers<CreateUsersAnswers>(), actor, cancellationToken)).Members.DistinctBy(m => m.MembershipId).ToDictionary(m => m.MembershipId, m => m.Version);
        return await ChangeAsync(id, actor, answers => answers with { Chosen = [.. answers.Chosen.Except(changed.Numbers)], Leavers = [.. answers.Leavers.Except(changed.Leavers)], Seen = now }, cancellationToken);
    }

    /// <summary>The row no longer asks for the permission, and is chosen.</summary>
    public Task<bool> CreateWithoutAsync(Guid id, int row, Permission permission, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, answers => Put(answers, row, r => r.With(StaffColumns.Of(permission), "N")), cancellationToken);

    /// <summary>The row gets the seat that the last of the chosen rows before it would take.</summary>
    public async Task<bool> GiveSeatAsync(Guid id, int row, Permission permission, Actor actor, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, actor, cancellationToken) is not { IsFinished: false } journey)
            return false;
        var last = (await CheckAsync(journey.Answers<CreateUsersAnswers>(), actor, cancellationToken)).Takers(permission).LastOrDefault();
        return await ChangeAsync(id, actor, answers =>
        {
            var chosen = Put(answers, row, r => r);
            return last is null ? chosen : chosen with { Chosen = [.. chosen.Chosen.Where(n => n != last.Number)] };
        }, cancellationToken);
    }

    /// <summary>Puts a mended row in the place of the old one, and chooses it.</summary>
    public Task<bool> MendAsync(Guid id, int row, IReadOnlyDictionary<string, string> cells, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(id, actor, answers => Put(answers, row, r => cells.Aggregate(r, (to, cell) => to.With(cell.Key, cell.Value))), cancellationToken);

    private static CreateUsersAnswers Put(CreateUsersAnswers answers, int number, Func<StaffRow, StaffRow> change) => answers.Rows.Exists(r => r.Number == number)
        ? answers with { Rows = [.. answers.Rows.Select(r => r.Number == number ? change(r) : r)], Chosen = [.. answers.Chosen, number] }
        : answers;

    private Task<CheckedList> CheckAsync(CreateUsersAnswers answers, bool isFirst, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), db => db.CheckAsync(answers, isFirst, Journey.OwnerOf(actor), actor.OrganisationId.Value, clock.Today(), cancellationToken));
}
