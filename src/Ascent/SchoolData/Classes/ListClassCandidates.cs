using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Classes;

/// <param name="Search">The beginning of a name, or of a UPN.</param>
/// <param name="Unregistered">Only who has no class of registration in the class's year.</param>
/// <param name="After">Goes on after this place.</param>
public sealed record CandidatesQuery(string? Search = null, NcYear? Year = null, bool Unregistered = false, string? After = null);

/// <param name="Registered">The name of the present class of registration.</param>
public sealed record CandidateRow(Guid PupilId, string Surname, string Forename, string? Upn, NcYear Year, string? Registered);

/// <param name="Next">Ask for the following page with this; null at the end.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="ByYear">How many of each year group could come, whatever was asked for; of those, how many with a whole year group.</param>
public sealed record CandidatesPage(IReadOnlyList<CandidateRow> Rows, string? Next, bool IsFirst, int Total, IReadOnlyDictionary<NcYear, YearCandidates> ByYear);

/// <param name="All">On the roll and not in the class.</param>
/// <param name="WithYear">Of them, those who come when the whole year group is put in: into a class of registration only who has none.</param>
public sealed record YearCandidates(int All, int WithYear);

/// <summary>Pupils on the roll who are not in the class yet, by name, a page at a time.</summary>
public sealed class ListClassCandidates(Database database, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <returns>Null for a class that is not here.</returns>
    public Task<CandidatesPage?> ExecuteAsync(Guid classId, Actor actor, CandidatesQuery asked, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (await db.Classes().SingleOrDefaultAsync(c => c.Id == classId, cancellationToken) is not { } found)
                return null;
            int? year = found.AcademicYear.StartYear;
            var registered = db.Set<ClassPupil>().Where(c => c.RegistrationYear == year);
            var others = db.OnRoll(clock.Today()).Where(p => !db.Set<ClassPupil>().Any(c => c.ClassId == classId && c.PupilId == p.Id));
            var filtered = others.Search(asked.Search);
            if (asked.Year?.Number is { } number)
                filtered = filtered.Where(p => p.NcYearNumber == number);
            if (asked.Unregistered)
                filtered = filtered.Where(p => !registered.Any(r => r.PupilId == p.Id));
            var place = TextPageKey.Read(asked.After);
            var after = place is not { } at ? filtered : filtered.Where(p => p.SurnameKey.CompareTo(at.Text) > 0 || (p.SurnameKey == at.Text && p.Id.CompareTo(at.Id) > 0));
            var rows = await after.OrderBy(p => p.SurnameKey).ThenBy(p => p.Id).Take(PageSize + 1)
                .Select(p => new { p, Registered = registered.Where(r => r.PupilId == p.Id).SelectMany(r => db.Classes().Where(c => c.Id == r.ClassId)).Select(c => c.Name).FirstOrDefault() }).ToListAsync(cancellationToken);
            var next = rows.Count > PageSize ? new TextPageKey(rows[PageSize - 1].p.SurnameKey, rows[PageSize - 1].p.Id).ToString() : null;
            var total = place is null && next is null ? rows.Count : await filtered.Take(ListPupils.MostCounted + 1).CountAsync(cancellationToken);
            var all = await others.GroupBy(p => p.NcYearNumber).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            var free = found.Kind == ClassKind.Teaching ? all
                : await others.Where(p => !registered.Any(r => r.PupilId == p.Id)).GroupBy(p => p.NcYearNumber).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            return new CandidatesPage(
                [.. rows.Take(PageSize).Select(r => new CandidateRow(r.p.Id, r.p.CalledSurname, r.p.CalledForename, r.p.Upn, r.p.Year, r.Registered))], next, place is null, total,
                all.ToDictionary(a => new NcYear(a.Key), a => new YearCandidates(a.Value, free.GetValueOrDefault(a.Key))));
        });
}
