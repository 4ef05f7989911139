using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Pupils;

/// <param name="By">Who did it; null for an import by nobody, or somebody who is not here any more.</param>
public sealed record PupilHistoryEntry(DateTime At, string? By, IReadOnlyList<(PupilField Field, string Before, string After, DateOnly From)> Fields);

public sealed record PupilPage(
    Guid Id, PupilDetails Details, string FullName, NcYear? YearByAge, DateOnly? LeftOn, IReadOnlyList<string> FormerUpns, IReadOnlyList<PupilField> TypedByHand,
    IReadOnlyList<PupilHistoryEntry> History, DateTime CreatedAt, int Version);

/// <summary>Everything of one pupil's own fields, with their history, newest first.</summary>
public sealed class FindPupil(Database database, TimeProvider clock)
{
    /// <returns>Null for a pupil of another school, one who has been deleted, or an id of nobody.</returns>
    public Task<PupilPage?> ExecuteAsync(Guid pupilId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (await db.Pupils().SingleOrDefaultAsync(p => p.Id == pupilId, cancellationToken) is not { } pupil)
                return null;
            var former = await db.Set<FormerUpn>().Where(f => f.PupilId == pupilId).OrderByDescending(f => f.ReplacedAt).Select(f => f.Upn).ToListAsync(cancellationToken);
            var changes = await db.Set<PupilChange>().Where(c => c.PupilId == pupilId).OrderByDescending(c => c.At).ThenBy(c => c.Field).ToListAsync(cancellationToken);
            var people = changes.Select(c => c.ById).Distinct().ToArray();
            var names = await db.Named().Where(m => people.Contains(m.AccountId)).Select(m => new { m.AccountId, Name = m.Forename + " " + m.Surname }).ToListAsync(cancellationToken);
            var byId = names.DistinctBy(n => n.AccountId).ToDictionary(n => n.AccountId, n => n.Name);
            return new PupilPage(
                pupil.Id, pupil.Details, pupil.FullName, NcYear.ByAge(pupil.BornOn, AcademicYear.Of(clock.Today())), pupil.LeftOn, former,
                [.. Enum.GetValues<PupilField>().Where(pupil.IsTypedByHand)],
                [.. changes.GroupBy(c => (c.ChangeId, c.At, c.ById)).Select(g => new PupilHistoryEntry(g.Key.At, g.Key.ById is { } id ? byId.GetValueOrDefault(id) : null, [.. g.Select(c => (c.Field, c.Before, c.After, c.FromDay))]))],
                pupil.CreatedAt, pupil.Version);
        });
}
