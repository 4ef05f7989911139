using Ascent.Reference;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;

namespace Ascent.SchoolData.Imports;

/// <summary>One pupil as a file has it: text as it came, not judged yet.</summary>
/// <param name="Number">Where it stands: the line of a table (the heading is 1), the how-manieth pupil of a CTF (the first is 1).</param>
/// <param name="Fields">Those that the file has for this pupil. What is missing or empty changes nothing.</param>
public sealed record PupilInFile(int Number, IReadOnlyDictionary<PupilField, string> Fields)
{
    /// <summary>UPNs that the file calls former.</summary>
    public IReadOnlyList<string> FormerUpns { get; init; } = [];

    /// <summary>The registration class; null when the file has none.</summary>
    public string? Class { get; init; }

    public IReadOnlyList<ResultInFile> Results { get; init; } = [];

    public IReadOnlyList<AttendanceInFile> Attendance { get; init; } = [];

    public IReadOnlyList<FormerSchoolInFile> FormerSchools { get; init; } = [];

    /// <summary>What the reader has to say of single cells of the row.</summary>
    public IReadOnlyList<ImportRemark> Remarks { get; init; } = [];

    /// <summary>Why the pupil could not be read at all, as the end of a sentence; null when it could.</summary>
    public string? Fault { get; init; }
}

/// <summary>A result as it came.</summary>
/// <param name="Year">The school year in which it was assessed.</param>
/// <param name="Qualifier">What sort of value the file says it is (MT mark, NM number …); empty when it says nothing.</param>
public sealed record ResultInFile(Assessment Assessment, AcademicYear Year, string Qualifier, string Value);

/// <summary>Sessions (half days) of one school year.</summary>
public sealed record AttendanceInFile(AcademicYear Year, int Possible, int Attended, int Authorised, int Unauthorised);

/// <param name="Number">Authority and establishment, seven digits; empty when the file has none.</param>
public sealed record FormerSchoolInFile(string Number, string Name, DateOnly? From, DateOnly? To);
