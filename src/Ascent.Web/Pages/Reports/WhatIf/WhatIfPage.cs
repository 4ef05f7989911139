using Ascent.Measures;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Shared;
using Ascent.Web.Pages.Reports.Parts;

namespace Ascent.Web.Pages.Reports.WhatIf;

/// <summary>What the pages of What-if have in common: one year of a stage, for readers who may see pupils by name.</summary>
public abstract class WhatIfPage(ReadReport readReport, ExportReport exportReport) : ReportPage(readReport, exportReport)
{
    protected override bool IsFor(CohortStage stage) => stage != CohortStage.School;

    protected override bool TakesGroup => false;

    protected override bool TakesSpan => false;

    protected override string Path => ReportsLinks.WhatIfs(School.Urn, Stage);

    protected override string Name => "what-if";

    public bool IsOwnClasses => Report!.Reader is ReportReader.OwnClasses;

    /// <summary>May see the pupils of the own classes, and has none.</summary>
    public bool TeachesNobody => Report!.Reader is ReportReader.OwnClasses { Pupils.Count: 0 };

    public AcademicYear Year => Report!.Years[YearPlace];

    protected int YearPlace => View.Period.Places(Report!.Years.Count).Single();

    /// <summary>Of the pupils whom the reader knows; what is shown here is about no others.</summary>
    protected override Measure CountOf(ReportPeriod period, PupilGroup? group = null, byte value = 0) =>
        Pupils.StageModel.Count(Report!.KnownOf(period.Places(Report.Years.Count).Single()).Known.Count);

    /// <summary>Between heading and figures; null where the page is a question of its own.</summary>
    public virtual ReportFilters? Choices => null;
}
