using Ascent.SchoolData.Imports;
using Ascent.Shared;

namespace Ascent.Demo.Pupils;

/// <summary>The place of a child in a school, on the roll or no more.</summary>
internal sealed class DemoPlace
{
    public required DemoChild Child { get; init; }

    /// <summary>The years of schooling of the first and the last year here, by age.</summary>
    public required int FirstYear { get; init; }

    public required int LastYear { get; init; }

    public required DateOnly EnrolledOn { get; set; }

    public DateOnly? LeftOn { get; set; }

    public List<FormerSchoolInFile> Before { get; } = [];

    /// <summary>The class of registration of 2026/27; null for who has left.</summary>
    public string? Class { get; set; }

    /// <summary>Left before 2026/27.</summary>
    public bool HasLeft => LeftOn is { } day && day < DemoCalendar.Now.FirstDay;

    /// <summary>As the school has it.</summary>
    public NcYear Year => new(Math.Clamp(LastYear + Child.OutOfYear, NcYear.Lowest, NcYear.Highest));

    /// <summary>What the child was taught in, in a past year of this school; null when it was not here.</summary>
    public int? YearIn(AcademicYear year) => Child.Cohort - (DemoCalendar.Now.StartYear - year.StartYear) is var ncYear && ncYear >= FirstYear && ncYear <= LastYear ? ncYear : null;
}

/// <param name="Establishment">Four digits of the DfE number.</param>
/// <param name="Stages">Whose results the school holds; of those before its own time what came with the children.</param>
internal sealed record DemoSchool(string Urn, string Establishment, DemoIntake Intake, int Lowest, int Highest, string[] Stages)
{
    public List<DemoPlace> Places { get; } = [];

    public IEnumerable<DemoPlace> OnRoll => Places.Where(p => !p.HasLeft);

    /// <summary>The results that stand in this school's records of a child.</summary>
    public IEnumerable<DemoResult> ResultsOf(DemoPlace place)
    {
        var last = place.Child.YearOf(place.LastYear).EndYear;
        return place.Child.Results.Where(r => r.EndYear <= last && Stages.Contains(r.Assessment.Stage) && (Lowest < 7 || r.Assessment != DemoAssessments.TablesCheck));
    }
}
