using Ascent.Reports.Disclosure;
using Ascent.Reports.Figures;
using Ascent.Reports.WhatIfs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Ascent.Web.Pages.Reports.WhatIf;

/// <summary>Another name for a view, or other pupils who are left out.</summary>
public sealed class ChangeModel(ReadReport readReport, ExportReport exportReport, NamePupils namePupils, SaveWhatIf saveWhatIf, FindWhatIfs findWhatIfs) : WhatIfChoice(readReport, exportReport, namePupils, saveWhatIf)
{
    [FromRoute]
    public Guid Id { get; set; }

    public SavedWhatIf Saved { get; private set; } = null!;

    public bool IsYearShown => Report!.Years.Contains(Saved.Year);

    public override string Action => ReportsLinks.ChangeWhatIf(School.Urn, Stage, Id);

    protected override string Path => ReportsLinks.WhatIf(School.Urn, Stage, Id);

    protected override Guid? Changed => Id;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await this.FindAsync(findWhatIfs, context) is { } saved)
        {
            Saved = saved;
            await next();
        }
    }

    protected override async Task<bool> FindAsync()
    {
        if (Report!.Years.ToList().IndexOf(Saved.Year) is not (>= 0 and var place))
            return false;
        View = View with { Period = ReportPeriod.Year(place), Year = ReportView.Text(Saved.Year), Gone = [] };
        if (!HttpMethods.IsPost(Request.Method))
            (ViewName, Ticked) = (Saved.Name, Saved.PupilIds);
        return await base.FindAsync();
    }
}
