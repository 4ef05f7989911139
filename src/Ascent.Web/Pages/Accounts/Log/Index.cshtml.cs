using System.Globalization;
using Ascent.Accounts;
using Ascent.Accounts.Log;
using Ascent.Shared;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.Log;

public sealed class IndexModel(ListLog listLog, ReadLogState readLogState, CheckLog checkLog, ExportLog exportLog, TimeProvider clock) : PageModel
{
    public Staff Staff => HttpContext.Staff();

    public LogView View => LogView.Read(Request.Query);

    public LogPage List { get; private set; } = null!;

    public LogState State { get; private set; } = null!;

    /// <summary>What reading the whole chain found, if that was asked for.</summary>
    public LogCheck? Checked { get; private set; }

    public DateTime Now { get; private set; }

    /// <summary>The rows of this page by their days.</summary>
    public IEnumerable<IGrouping<DateOnly, LogRow>> Days => List.Rows.GroupBy(r => LondonTime.DateOf(r.At));

    public async Task OnGetAsync() => await ReadAsync();

    /// <summary>The whole log as it is filtered, in a file.</summary>
    public async Task<IActionResult> OnPostExportAsync()
    {
        var (query, actor) = (View.First.Query, Staff.Actor);
        var begun = await exportLog.BeginAsync(query, actor, HttpContext.RequestAborted);
        if (!begun.Succeeded)
        {
            await ReadAsync();
            return this.Refused(begun.Refusals);
        }
        return new CsvFile(
            $"log-{Staff.Code}-{clock.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv", (to, cancellationToken) => exportLog.WriteAsync(query, actor, to, cancellationToken));
    }

    /// <summary>Reads the school's whole chain, which changes nothing.</summary>
    public async Task<IActionResult> OnPostCheckAsync()
    {
        var report = await checkLog.ExecuteAsync(Staff.Actor, HttpContext.RequestAborted);
        await ReadAsync();
        if (!report.Succeeded)
            return this.Refused(report.Refusals);
        Checked = report.Value;
        return Page();
    }

    public string Href(LogView view) => view.In(AccountLinks.Log(Staff.Home));

    public string Handler(string name) => View.In($"{AccountLinks.Log(Staff.Home)}?handler={name}");

    public string Period(int days) => Href(View.First with { From = LondonTime.DateOf(Now).AddDays(1 - days), To = null });

    public string DayHeading(DateOnly day) =>
        (day == LondonTime.DateOf(Now) ? "Today, " : day == LondonTime.DateOf(Now).AddDays(-1) ? "Yesterday, " : day.ToString("dddd, ", CultureInfo.GetCultureInfo("en-GB"))) + InWords.Date(day);

    private async Task ReadAsync()
    {
        Now = clock.Now();
        List = await listLog.ExecuteAsync(Staff.Actor, View.Query, HttpContext.RequestAborted);
        State = await readLogState.ExecuteAsync(Staff.Actor, HttpContext.RequestAborted);
    }
}
