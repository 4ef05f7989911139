using Ascent.Persistence;
using Ascent.Reference;
using Ascent.SchoolData.Classes;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Subjects;

/// <param name="Offered">How many subjects the year group is offered.</param>
/// <param name="WithoutSubject">Pupils on the roll who take none.</param>
public sealed record SubjectYear(NcYear Year, int Pupils, int Offered, int WithoutSubject);

/// <summary>The year groups that have pupils, and how far their subjects are.</summary>
public sealed record SubjectYears(AcademicYear AcademicYear, IReadOnlyList<SubjectYear> Years);

/// <param name="Position">Null when the year group is not offered it.</param>
/// <param name="Pupils">Of the year group.</param>
public sealed record SubjectChoice(Subject Subject, int? Position, int Pupils);

/// <summary>What a year group could be offered: what it is offered in order, then the rest.</summary>
/// <param name="Offered">The codes as they are, in order.</param>
public sealed record SubjectChoices(AcademicYear AcademicYear, NcYear Year, IReadOnlyList<SubjectChoice> Choices, IReadOnlyList<string> Offered);

/// <summary>Subjects seen from the year groups and from one pupil.</summary>
public sealed class ListSubjects(Database database, TimeProvider clock)
{
    public Task<SubjectYears> YearsAsync(Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var today = clock.Today();
            var year = AcademicYear.Of(today);
            var pupils = await db.OnRoll(today).GroupBy(p => p.NcYearNumber).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            var without = await db.OnRoll(today).Where(p => !db.Set<SubjectEnrolment>().Any(s => s.AcademicYear == year && s.PupilId == p.Id))
                .GroupBy(p => p.NcYearNumber).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            var offered = await db.Set<OfferedSubject>().Where(s => s.AcademicYear == year).GroupBy(s => s.NcYearNumber).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            return new SubjectYears(year, [.. pupils.Keys.Union(offered.Keys).Where(n => n > 0).Order().Select(n => new SubjectYear(new(n), pupils.GetValueOrDefault(n), offered.GetValueOrDefault(n), without.GetValueOrDefault(n)))]);
        });

    public Task<SubjectChoices> ChoicesAsync(NcYear year, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var today = clock.Today();
            var (academicYear, number) = (AcademicYear.Of(today), year.Number);
            var offered = await db.Set<OfferedSubject>().Where(s => s.AcademicYear == academicYear && s.NcYearNumber == number).OrderBy(s => s.Position).Select(s => s.SubjectCode).ToListAsync(cancellationToken);
            var counts = await db.CountSubjectsAsync(academicYear, year, today, cancellationToken);
            SubjectChoice Choice(Subject subject, int? position) => new(subject, position, counts.GetValueOrDefault(subject.Code));
            return new SubjectChoices(academicYear, year,
                [
                    .. offered.Index().Where(o => Reference.Subjects.Find(o.Item) is not null).Select(o => Choice(Reference.Subjects.Find(o.Item)!, o.Index + 1)),
                    .. Reference.Subjects.For(year).Concat(counts.Keys.Select(Reference.Subjects.Find).OfType<Subject>()).DistinctBy(s => s.Code).Where(s => !offered.Contains(s.Code)).Select(s => Choice(s, null)),
                ], offered);
        });

    /// <summary>What one pupil takes this academic year.</summary>
    public Task<IReadOnlyList<string>> OfPupilAsync(Guid pupilId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var year = AcademicYear.Of(clock.Today());
            var codes = await db.Set<SubjectEnrolment>().Where(s => s.AcademicYear == year && s.PupilId == pupilId).Select(s => s.SubjectCode).ToListAsync(cancellationToken);
            return [.. codes.Select(c => Reference.Subjects.Find(c)?.Label ?? c).Order(StringComparer.CurrentCultureIgnoreCase)];
        });
}
