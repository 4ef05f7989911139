using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;

namespace Ascent.Web.Pages.Reports;

/// <summary>The addresses of this module's pages. A test resolves them all. What is chosen on them is put behind by <see cref="ReportView"/>.</summary>
public static class ReportsLinks
{
    public static string Reports(string urn) => $"/schools/{urn}/reports";

    public static string Overview(string urn, CohortStage stage) => $"{Reports(urn)}/{stage.Code()}";

    public static string Attainment(string urn, CohortStage stage) => $"{Overview(urn, stage)}/attainment";

    public static string Subjects(string urn, CohortStage stage) => $"{Overview(urn, stage)}/subjects";

    public static string Subject(string urn, CohortStage stage, string subject) => $"{Subjects(urn, stage)}/{subject}";

    public static string Groups(string urn, CohortStage stage) => $"{Overview(urn, stage)}/groups";

    public static string Context(string urn, CohortStage stage) => $"{Overview(urn, stage)}/context";

    public static string Governors(string urn, CohortStage stage) => $"{Overview(urn, stage)}/governors";

    /// <summary>Where the stages with named pupils are chosen.</summary>
    public static string AllPupils(string urn) => $"{Reports(urn)}/pupils";

    public static string Pupils(string urn, CohortStage stage) => $"{Overview(urn, stage)}/pupils";

    /// <summary>One pupil, with everything of every stage.</summary>
    public static string Pupil(string urn, Guid id) => $"{AllPupils(urn)}/{id:N}";

    /// <summary>A reader’s own views without some pupils, and the list to choose from.</summary>
    public static string WhatIfs(string urn, CohortStage stage) => $"{Overview(urn, stage)}/what-if";

    /// <summary>One of them.</summary>
    public static string WhatIf(string urn, CohortStage stage, Guid whatIf) => $"{WhatIfs(urn, stage)}/{whatIf:N}";

    public static string ChangeWhatIf(string urn, CohortStage stage, Guid whatIf) => $"{WhatIf(urn, stage, whatIf)}/change";

    public static string DeleteWhatIf(string urn, CohortStage stage, Guid whatIf) => $"{WhatIf(urn, stage, whatIf)}/delete";

    /// <summary>How a figure was worked out.</summary>
    public static string How(string urn, ReportMeasure measure) => measure.Subject is { } subject
        ? $"{Overview(urn, measure.Stage)}/how/{measure.Code}?subject={subject}" : $"{Overview(urn, measure.Stage)}/how/{measure.Code}";
}
