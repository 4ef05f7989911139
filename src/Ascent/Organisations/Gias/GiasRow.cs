namespace Ascent.Organisations.Gias;

/// <summary>A local authority or trust as a row names it. The code is the register's, an authority's always with three digits.</summary>
public sealed record GiasBody(string Code, string? Name);

/// <summary>
/// One establishment of the register. A value is null where the cell is empty; whether its column is there at all is told by
/// <see cref="GiasFile.Tells"/>.
/// </summary>
/// <param name="Line">Physical line in the file, from 1.</param>
/// <param name="Urn">Six or seven digits.</param>
/// <param name="Name">1 to 200 characters, one line.</param>
/// <param name="Authority">Null also for "does not apply" (code 000).</param>
/// <param name="DfeNumber">Such as 999/2001, from authority code and establishment number.</param>
/// <param name="IsClosed">Null when the status is not told.</param>
/// <param name="Phase"><see cref="SchoolPhase.NotApplicable"/> when the cell is empty.</param>
/// <param name="LowAge">Statutory low age in years, 0 to 120.</param>
/// <param name="HighAge">Statutory high age in years, 0 to 120; the register writes 99 for "and above".</param>
public sealed record GiasRow(
    int Line,
    string Urn,
    string Name,
    GiasBody? Authority,
    string? DfeNumber,
    string? TypeCode,
    bool? IsClosed,
    SchoolPhase Phase,
    int? LowAge,
    int? HighAge,
    GiasBody? Trust,
    string? Town,
    string? Postcode);

/// <summary>A row that was left out.</summary>
/// <param name="Line">Physical line in the file, from 1.</param>
/// <param name="Urn">Null when the row has none that can be read.</param>
/// <param name="Reason">For people; repeats at most a few characters of the row.</param>
public sealed record RefusedRow(int Line, string? Urn, string Reason);

/// <summary>What became of one row: exactly one of the two.</summary>
public readonly record struct GiasLine(GiasRow? School, RefusedRow? Refused);
