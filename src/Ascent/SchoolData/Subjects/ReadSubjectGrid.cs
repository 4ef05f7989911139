using Ascent.Persistence;
using Ascent.Reference;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Subjects;

/// <summary>Whom the grid shows.</summary>
public enum GridShow
{
    All,

    /// <summary>Who takes no subject at all.</summary>
    WithoutSubject,

    /// <summary>Who takes a pair that is seldom taken together.</summary>
    InDoubt,
}

/// <param name="ClassId">Only its pupils.</param>
/// <param name="SubjectCode">Only this column, for a small screen.</param>
/// <param name="After">Goes on after this place, where a year group has more than <see cref="ReadSubjectGrid.MostRows"/>.</param>
public sealed record SubjectGridQuery(NcYear Year, Guid? ClassId = null, string? SubjectCode = null, GridShow Show = GridShow.All, string? After = null);

/// <param name="IsOffered">False for one that pupils take and the year group is not offered: they came from another one.</param>
/// <param name="Pupils">Of the year group, whatever is shown.</param>
public sealed record GridSubject(string Code, string Label, bool IsOffered, int Pupils);

/// <param name="Taken">The codes of the pupil's subjects, also of those that are not shown.</param>
/// <param name="Classes">The pupil's, by their place in <see cref="SubjectGrid.Classes"/>.</param>
public sealed record GridRow(Guid PupilId, string Surname, string Forename, string? Upn, IReadOnlySet<string> Taken, IReadOnlyList<int> Classes, IReadOnlyList<SubjectDoubt> Doubts);

/// <param name="Pupils">Of the year group here, on the roll and on the page.</param>
public sealed record GridClass(Guid Id, string Name, ClassKind Kind, int Pupils);

/// <param name="Columns">All subjects of the year group, in order.</param>
/// <param name="Total">Pupils of the year group on the roll.</param>
/// <param name="Next">Ask for the following pupils with this; null at the end.</param>
/// <param name="HasClass">False when the class that was asked for is not one of the school.</param>
public sealed record SubjectGrid(
    AcademicYear AcademicYear, NcYear Year, IReadOnlyList<GridSubject> Columns, IReadOnlyList<GridRow> Rows, IReadOnlyList<GridClass> Classes, int Total, int WithoutSubject, int InDoubt, string? Next, bool HasClass);

/// <summary>
/// The pupils of one year group with their subjects of this academic year. One question to the database for each kind of row, however many
/// pupils and subjects there are.
/// </summary>
public sealed class ReadSubjectGrid(Database database, TimeProvider clock)
{
    /// <summary>On one page; hardly a year group has more.</summary>
    public const int MostRows = 500;

    public Task<SubjectGrid> ExecuteAsync(SubjectGridQuery asked, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var today = clock.Today();
            var (year, number) = (AcademicYear.Of(today), asked.Year.Number);
            var roll = db.OnRoll(today).Where(p => p.NcYearNumber == number);
            var place = TextPageKey.Read(asked.After);
            var after = place is not { } p ? roll : roll.Where(m => m.SurnameKey.CompareTo(p.Text) > 0 || (m.SurnameKey == p.Text && m.Id.CompareTo(p.Id) > 0));
            var pupils = await after.OrderBy(m => m.SurnameKey).ThenBy(m => m.Id).Take(MostRows + 1)
                .Select(m => new { m.Id, m.SurnameKey, Surname = m.PreferredSurname ?? m.Surname, Forename = m.PreferredForename ?? m.Forename, m.Upn }).ToListAsync(cancellationToken);
            var taken = (await (from row in db.Set<SubjectEnrolment>()
                                where row.AcademicYear == year
                                join pupil in after.OrderBy(m => m.SurnameKey).ThenBy(m => m.Id).Take(MostRows) on row.PupilId equals pupil.Id
                                select new { row.PupilId, row.SubjectCode }).ToListAsync(cancellationToken)).ToLookup(t => t.PupilId, t => t.SubjectCode);
            var counts = await db.CountSubjectsAsync(year, asked.Year, today, cancellationToken);
            var members = await (from row in db.Set<ClassPupil>()
                                 join its in db.Classes() on row.ClassId equals its.Id
                                 where its.AcademicYear == year
                                 join pupil in after.OrderBy(m => m.SurnameKey).ThenBy(m => m.Id).Take(MostRows) on row.PupilId equals pupil.Id
                                 select new { row.PupilId, its.Id, its.Name, its.Kind }).ToListAsync(cancellationToken);
            GridClass[] classes =
            [
                .. members.GroupBy(m => (m.Id, m.Name, m.Kind)).OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.Name, NaturalOrder.Instance).Select(g => new GridClass(g.Key.Id, g.Key.Name, g.Key.Kind, g.Count())),
            ];
            var places = classes.Index().ToDictionary(c => c.Item.Id, c => c.Index);
            var classesOf = members.ToLookup(m => m.PupilId, m => places[m.Id]);
            GridRow[] rows =
            [
                .. pupils.Take(MostRows).Select(m =>
                {
                    var codes = taken[m.Id].ToHashSet();
                    return new GridRow(m.Id, m.Surname, m.Forename, m.Upn, codes, [.. classesOf[m.Id].Order()], SubjectDoubts.Of(codes, asked.Year));
                }),
            ];
            var offered = await db.Set<OfferedSubject>().Where(s => s.AcademicYear == year && s.NcYearNumber == number).OrderBy(s => s.Position).Select(s => s.SubjectCode).ToListAsync(cancellationToken);
            var next = pupils.Count > MostRows ? new TextPageKey(pupils[MostRows - 1].SurnameKey, pupils[MostRows - 1].Id).ToString() : null;
            var total = place is null && next is null ? rows.Length : await roll.CountAsync(cancellationToken);
            var hasClass = asked.ClassId is not { } id || places.ContainsKey(id) || await db.Classes().AnyAsync(c => c.Id == id, cancellationToken);
            return new SubjectGrid(
                year, asked.Year, Columns(offered, counts), [.. rows.Where(r => Shows(asked, r, places))], classes, total, rows.Count(r => r.Taken.Count == 0), rows.Count(r => r.Doubts.Count > 0), next, hasClass);
        });

    private static GridSubject[] Columns(List<string> offered, IReadOnlyDictionary<string, int> counts) =>
    [
        .. offered.Select(code => new GridSubject(code, Label(code), true, counts.GetValueOrDefault(code))),
        .. counts.Keys.Except(offered).Order(StringComparer.Ordinal).Select(code => new GridSubject(code, Label(code), false, counts[code])),
    ];

    private static string Label(string code) => Reference.Subjects.Find(code)?.Label ?? code;

    private static bool Shows(SubjectGridQuery asked, GridRow row, Dictionary<Guid, int> places) =>
        (asked.ClassId is not { } id || (places.TryGetValue(id, out var place) && row.Classes.Contains(place)))
        && asked.Show switch { GridShow.WithoutSubject => row.Taken.Count == 0, GridShow.InDoubt => row.Doubts.Count > 0, _ => true };
}

internal static class SubjectCounts
{
    /// <summary>How many of a year group who are on the roll take each subject.</summary>
    public static Task<Dictionary<string, int>> CountSubjectsAsync(this AppDb db, AcademicYear academicYear, NcYear year, DateOnly today, CancellationToken cancellationToken)
    {
        var number = year.Number;
        return (from row in db.Set<SubjectEnrolment>()
                where row.AcademicYear == academicYear
                join pupil in db.OnRoll(today).Where(p => p.NcYearNumber == number) on row.PupilId equals pupil.Id
                group row by row.SubjectCode into g
                select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
    }
}
