using Ascent.Reports.Figures;
using Ascent.Reports.WhatIfs;
using Ascent.Web.Pages.Reports.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Reports.WhatIf;

/// <summary>The reader’s views of a stage, and the list from which a new one is made.</summary>
public sealed class IndexModel(ReadReport readReport, ExportReport exportReport, NamePupils namePupils, SaveWhatIf saveWhatIf, FindWhatIfs findWhatIfs) : WhatIfChoice(readReport, exportReport, namePupils, saveWhatIf)
{
    public IReadOnlyList<SavedWhatIf> Saved { get; private set; } = [];

    /// <summary>A view was deleted just now.</summary>
    [FromQuery(Name = "deleted")]
    public string? Deleted { get; init; }

    public override string Action => View.In(Path);

    public override ReportFilters Choices => Filters with { Downloads = [] };

    protected override async Task<bool> FindAsync()
    {
        var found = await findWhatIfs.ListAsync(Stage, School.Actor, HttpContext.RequestAborted);
        // The door has asked for the permission already; somebody who lost it in this moment has nothing here.
        if (!found.Succeeded)
            return false;
        Saved = found.Value;
        return await base.FindAsync();
    }
}
