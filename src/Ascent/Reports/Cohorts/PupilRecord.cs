using Ascent.Measures;
using Ascent.Reference;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;

namespace Ascent.Reports.Cohorts;

/// <summary>A result as the records have it now.</summary>
/// <param name="Code">Of a grade or outcome; the number as text otherwise.</param>
public sealed record StoredResult(Assessment Assessment, AcademicYear Year, ResultKind Kind, int? Number, string Code);

/// <summary>The sessions of one school year.</summary>
public readonly record struct StoredSessions(int Possible, int Absent);

/// <summary>A field that was something else before a day.</summary>
public readonly record struct StoredChange(PupilField Field, string Before, DateOnly From);

/// <summary>Everything of one pupil that cohorts are worked out from. Names are not among it.</summary>
public sealed record PupilRecord(
    Guid Id, DateOnly BornOn, Sex Sex, NcYear Year, DateOnly EnrolledOn, DateOnly? LeftOn, PupilCharacteristics About, IReadOnlyList<StoredChange> Changes,
    IReadOnlyList<StoredResult> Results, IReadOnlyDictionary<AcademicYear, StoredSessions> Attendance, IReadOnlySet<(AcademicYear Year, string Subject)> Subjects)
{
    public bool IsOnRoll(DateOnly day) => EnrolledOn <= day && (LeftOn is not { } left || left >= day);

    /// <summary>
    /// The year group on a day. What was changed since is taken back, and from the school year that the remaining value is of, a year group is
    /// one less for each school year before.
    /// </summary>
    /// <returns>Null when the pupil was too young for any.</returns>
    public NcYear? YearOn(DateOnly day, DateOnly today)
    {
        var (number, asOf) = (Year.Number, AcademicYear.Of(LeftOn is { } left && left < today ? left : today));
        foreach (var change in Changes.Where(c => c.Field == PupilField.Year && c.From > day).OrderByDescending(c => c.From))
            if (NcYear.Read(change.Before) is { } before)
                (number, asOf) = (before.Number, AcademicYear.Of(change.From.AddDays(-1)));
        number -= asOf.StartYear - AcademicYear.Of(day).StartYear;
        return number is >= NcYear.Lowest and <= NcYear.Highest ? new(number) : null;
    }

    /// <summary>A characteristic on a day, as in files: Y, N or a code; empty when it was not known.</summary>
    public string CharacteristicOn(PupilField field, DateOnly day)
    {
        var (value, nearest) = (About.TextOf(field), DateOnly.MaxValue);
        foreach (var change in Changes)
            if (change.Field == field && change.From > day && change.From < nearest)
                (value, nearest) = (change.Before, change.From);
        return value;
    }

    /// <summary>The latest result of an assessment from a span of years.</summary>
    public StoredResult? Find(Assessment assessment, AcademicYear from, AcademicYear to)
    {
        StoredResult? found = null;
        foreach (var result in Results)
            if (result.Assessment == assessment && result.Year >= from && result.Year <= to && (found is null || result.Year > found.Year))
                found = result;
        return found;
    }
}
