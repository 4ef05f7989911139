using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Classes;

/// <param name="AcademicYear">Null for this one.</param>
/// <param name="Year">Classes of this year group; null for all.</param>
public sealed record ClassesQuery(AcademicYear? AcademicYear = null, NcYear? Year = null);

/// <param name="Pupils">On the roll today; of a year that is over, those who were in the class and have not been deleted.</param>
public sealed record ClassRow(Guid Id, string Name, ClassKind Kind, NcYear? Year, IReadOnlyList<string> Teachers, int Pupils);

/// <param name="AcademicYears">Those that have classes, and this one; newest first.</param>
/// <param name="ByYear">How many classes each year group has, whatever was asked for.</param>
/// <param name="WithoutRegistration">Pupils on the roll who are in no class of registration; asked for this year only.</param>
public sealed record ClassesPage(
    AcademicYear AcademicYear, bool IsOver, IReadOnlyList<ClassRow> Rows, IReadOnlyList<AcademicYear> AcademicYears, IReadOnlyDictionary<NcYear, int> ByYear, int? WithoutRegistration);

/// <summary>The classes of one academic year: by year group, registration first, then by name.</summary>
public sealed class ListClasses(Database database, TimeProvider clock)
{
    public Task<ClassesPage> ExecuteAsync(Actor actor, ClassesQuery asked, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var today = clock.Today();
            var now = AcademicYear.Of(today);
            var year = asked.AcademicYear ?? now;
            var years = await db.Classes().Select(c => c.AcademicYear).Distinct().ToListAsync(cancellationToken);
            var classes = await db.Classes().Where(c => c.AcademicYear == year).ToListAsync(cancellationToken);
            var here = year < now ? db.Set<Pupils.Pupil>().Where(p => p.DeletedAt == null) : db.OnRoll(today);
            var counts = await (from row in db.Set<ClassPupil>()
                                join its in db.Classes() on row.ClassId equals its.Id
                                where its.AcademicYear == year
                                join pupil in here on row.PupilId equals pupil.Id
                                group row by row.ClassId into g
                                select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            var teachers = (await (from row in db.Set<ClassTeacher>()
                                   join its in db.Classes() on row.ClassId equals its.Id
                                   where its.AcademicYear == year
                                   join member in db.CanTeach() on row.AccountId equals member.AccountId
                                   select new { row.ClassId, member.Forename, member.Surname }).ToListAsync(cancellationToken))
                .OrderBy(t => t.Surname, StringComparer.CurrentCultureIgnoreCase).ToLookup(t => t.ClassId, t => $"{t.Forename} {t.Surname}");
            ClassRow[] rows =
            [
                .. classes.Where(c => asked.Year is null || c.Year == asked.Year).OrderBy(c => c.NcYearNumber ?? NcYear.Highest + 1).ThenBy(c => c.Kind).ThenBy(c => c.NameKey, NaturalOrder.Instance)
                    .Select(c => new ClassRow(c.Id, c.Name, c.Kind, c.Year, [.. teachers[c.Id]], counts.GetValueOrDefault(c.Id))),
            ];
            return new ClassesPage(
                year, year < now, rows, [.. years.Append(now).Distinct().OrderDescending()], classes.Where(c => c.Year is not null).GroupBy(c => c.Year!.Value).ToDictionary(g => g.Key, g => g.Count()),
                year == now ? await CountWithoutAsync(db, now, today, cancellationToken) : null);
        });

    private static Task<int> CountWithoutAsync(AppDb db, AcademicYear year, DateOnly today, CancellationToken cancellationToken)
    {
        int? start = year.StartYear;
        return db.OnRoll(today).CountAsync(p => !db.Set<ClassPupil>().Any(c => c.PupilId == p.Id && c.RegistrationYear == start), cancellationToken);
    }
}

/// <summary>2A before 10A: runs of digits compare as numbers.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y) => string.CompareOrdinal(Padded(x), Padded(y));

    private static string Padded(string? text) => System.Text.RegularExpressions.Regex.Replace(text ?? "", "[0-9]+", digits => digits.Value.PadLeft(SchoolClass.LongestName, '0'));
}
