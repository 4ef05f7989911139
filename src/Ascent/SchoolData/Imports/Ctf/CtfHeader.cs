using Ascent.Shared;

namespace Ascent.SchoolData.Imports.Ctf;

/// <summary>A school as the header of a CTF names it; each part is empty when the file does not say it.</summary>
/// <param name="Authority">Three digits, or XXX where the sender is no school.</param>
/// <param name="Establishment">Four digits, or LLLL for the authority itself.</param>
public sealed record CtfSchool(string Authority, string Establishment, string Urn, string Name)
{
    /// <summary>The seven digits of the DfE number; null where they are not all digits.</summary>
    public string? Number => $"{Authority}{Establishment}" is { Length: 7 } number && number.All(char.IsAsciiDigit) ? number : null;
}

/// <summary>The beginning of a CTF. It decides what the file is; the name of the file is only a hint.</summary>
/// <param name="Version">As it stands there, like 26.0.</param>
/// <param name="IsFull">Everything that the source knows of the pupils; otherwise a part, like the results that the department sends.</param>
/// <param name="WrittenAt">As it stands there, without a time zone; null when it is no moment.</param>
/// <param name="Supplier">Which program or service wrote it.</param>
/// <param name="Year">The school year of the source; null when it does not say it.</param>
public sealed record CtfHeader(string Version, bool IsFull, DateTime? WrittenAt, string Supplier, CtfSchool Source, CtfSchool Destination, AcademicYear? Year);

/// <summary>The file is something else than a Common Transfer File, or one that was put together wrongly.</summary>
public sealed record NotACtf(string Message) : Refusal("not-a-ctf", Message, RefusalKind.Refused);

/// <summary>A CTF of a year whose code lists no longer hold, or do not hold yet.</summary>
/// <param name="Version">As the file says it.</param>
public sealed record WrongCtfVersion(string Version, AcademicYear Now) : Refusal(
    "ctf-version",
    $"The file is version {(Version.Length > 0 ? Version : "unknown")} of the Common Transfer File. In {Now} it has to be {Now.CtfVersion} or {Now.Previous.CtfVersion}: ask for the file in a version of this year.",
    RefusalKind.Refused);

/// <summary>The file could be read up to here and no further.</summary>
/// <param name="Pupils">How many came whole before it.</param>
/// <param name="Line">Where it stopped.</param>
public sealed record CtfBrokeOff(int Pupils, int Line, string Message) : Refusal("ctf-broke-off", Message, RefusalKind.Refused);
