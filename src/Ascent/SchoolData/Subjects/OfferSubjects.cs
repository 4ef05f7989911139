using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Subjects;

/// <param name="Codes">In the order of the grid.</param>
/// <param name="Seen">Those that the page showed as offered, in their order: somebody else's change is not written over unseen.</param>
public sealed record OfferSubjectsRequest(NcYear Year, IReadOnlyList<string> Codes, IReadOnlyList<string> Seen);

public sealed record SubjectsOffered(int StartYear, int NcYear, IReadOnlyList<string> Subjects) : AuditEvent("subjects-offered");

/// <summary>Says which subjects a year group is offered this academic year, and in which order they stand.</summary>
public sealed class OfferSubjects(Database database, TimeProvider clock)
{
    public const int Most = 40;

    /// <returns>Whether anything is another now.</returns>
    public Task<Result<bool>> ExecuteAsync(OfferSubjectsRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<bool>>(new NotAllowed(Permission.ManageData));
        string[] codes = [.. request.Codes.Distinct()];
        if (codes.Any(c => Reference.Subjects.Find(c) is null))
            return Task.FromResult<Result<bool>>(new NoSuchSubject());
        if (codes.Length > Most)
            return Task.FromResult<Result<bool>>(new TooManySubjects(codes.Length));
        return database.ChangeAsync<Result<bool>>(OrganisationScope.Of(organisationId), async db =>
        {
            var (year, number) = (AcademicYear.Of(clock.Today()), request.Year.Number);
            var rows = await db.Set<OfferedSubject>().Where(s => s.AcademicYear == year && s.NcYearNumber == number).OrderBy(s => s.Position).ToListAsync(cancellationToken);
            if (codes.SequenceEqual(rows.Select(r => r.SubjectCode)))
                return false;
            if (!request.Seen.SequenceEqual(rows.Select(r => r.SubjectCode)))
                return new OfferedMeanwhile(request.Year);
            var counts = await db.CountSubjectsAsync(year, request.Year, clock.Today(), cancellationToken);
            if (rows.Where(r => !codes.Contains(r.SubjectCode) && counts.ContainsKey(r.SubjectCode)).Select(r => new SubjectTaken(r.SubjectCode, counts[r.SubjectCode])).ToArray() is { Length: > 0 } taken)
                return Result.Refuse<bool>(taken);
            db.RemoveRange(rows.Where(r => !codes.Contains(r.SubjectCode)));
            foreach (var (place, code) in codes.Index())
                if (rows.Find(r => r.SubjectCode == code) is { } row)
                    row.Position = place + 1;
                else
                    db.Add(new OfferedSubject { OrganisationId = organisationId, AcademicYear = year, NcYearNumber = number, SubjectCode = code, Position = place + 1 });
            db.AddAudit(clock.Now(), actor, organisationId, new SubjectsOffered(year.StartYear, number, codes));
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }
}

public sealed record TooManySubjects(int Count) : Refusal("too-many-subjects", $"{Count} subjects are ticked; {OfferSubjects.Most} is the most for a year group", RefusalKind.Refused);

public sealed record OfferedMeanwhile(NcYear Year)
    : Refusal("offered-meanwhile", $"Somebody has changed the subjects of {Year} since you opened this page. What stands there now is shown; look again, then save", RefusalKind.Conflict);

/// <summary>A column with ticks in it does not go: nobody should lose a subject by it unseen.</summary>
public sealed record SubjectTaken(string SubjectCode, int Pupils)
    : Refusal("subject-taken", $"{InWords.Count(Pupils, "pupil takes", "pupils take")} {Reference.Subjects.Find(SubjectCode)?.Label ?? SubjectCode}: take the subject away from {(Pupils == 1 ? "that pupil" : "them")} in the grid first", RefusalKind.Refused, $"offer-{SubjectCode}");
