using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Measures.Primary;
using Ascent.Reference.National;
using Ascent.Shared;

namespace Ascent.Reports.Figures;

/// <summary>The national estimates for one year of pupils. What is not loaded is null, and no other year stands in for it.</summary>
public sealed record NationalYear(
    Progress8Reference? Progress8 = null, Ks2ProgressReference? Ks2Progress = null, ProgressTable? Science = null, ProgressTable? Humanities = null, ProgressTable? Languages = null)
{
    public static NationalYear Nothing { get; } = new();

    public static NationalYear Of(NationalFigures figures, AcademicYear year) => new(
        figures.Progress8(year), figures.Ks2Progress(year), figures.EBaccValueAdded(year, EBaccPillars.Science), figures.EBaccValueAdded(year, EBaccPillars.Humanities), figures.EBaccValueAdded(year, EBaccPillars.Language))
    {
        Gcse = subject => figures.Gcse(subject, year)?.ToProgressTable(),
    };

    /// <summary>The estimates of a GCSE subject.</summary>
    public Func<string, ProgressTable?> Gcse { get; init; } = _ => null;
}
