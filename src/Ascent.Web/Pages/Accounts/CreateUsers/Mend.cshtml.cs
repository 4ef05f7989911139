using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUsers;

/// <summary>One row of the list as a form: the same columns, the same rules. It changes the list and creates nobody.</summary>
public sealed class MendModel(StaffListJourney lists, TimeProvider clock) : StaffListPage(lists, isAfterConfirm: false)
{
    [FromQuery(Name = "row")]
    public int Number { get; set; }

    [BindProperty]
    public string? Forename { get; set; }

    [BindProperty]
    public string? Surname { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? JobRole { get; set; }

    [BindProperty]
    public string? EndsOn { get; set; }

    public string BackHref => RowsHref;

    public IReadOnlyList<PermissionInfo> Permissions => [.. PermissionCatalogue.In(School.HasTracking)];

    /// <summary>As typed: a value of the list of choices, or what stood in the cell.</summary>
    public Dictionary<Permission, string> Given { get; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        // As it was compared: where the list has no column, the form begins with what the person holds.
        var list = await Lists.CheckAsync(Answers, School.Actor, HttpContext.RequestAborted);
        if (list.Rows.FirstOrDefault(r => r.Number == Number)?.Row is not { } row)
            return NotFound();
        (Forename, Surname, Email, JobRole, EndsOn) = (row.Cell(StaffColumns.Forename), row.Cell(StaffColumns.Surname), row.Cell(StaffColumns.Email), row.Cell(StaffColumns.JobRole), row.Cell(StaffColumns.EndDate));
        var set = row.ReadPermissions();
        foreach (var info in PermissionCatalogue.All)
            Given[info.Permission] = !set.Has(info.Permission) ? "N" : info.HasScope && set.ScopeOf(info.Permission) == PupilScope.OwnClasses ? "own classes" : "Y";
        Tell(row);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Answers.Rows.Find(r => r.Number == Number) is not { } row)
            return NotFound();
        var cells = new Dictionary<string, string>
        {
            [StaffColumns.Forename] = Forename ?? "",
            [StaffColumns.Surname] = Surname ?? "",
            [StaffColumns.Email] = Email ?? "",
            [StaffColumns.JobRole] = JobRole ?? "",
            [StaffColumns.EndDate] = EndsOn ?? "",
        };
        foreach (var info in PermissionCatalogue.All)
            cells[StaffColumns.Of(info.Permission)] = Given[info.Permission] = Permissions.Contains(info) && Request.Form[info.Permission.ToString()] is [{ } given, ..] ? given : "N";
        if (cells.Values.Any(c => c.Length > StaffRow.LongestCell))
            return BadRequest();
        var mended = cells.Aggregate(row, (to, cell) => to.With(cell.Key, cell.Value));
        if (!Tell(mended))
            return Page();
        return await Lists.MendAsync(ListId, Number, cells, School.Actor, HttpContext.RequestAborted) ? Redirect(RowsHref) : Redirect(DoneHref);
    }

    private bool Tell(StaffRow row)
    {
        var (person, access) = (row.ReadPerson(), row.ReadAccess(School.HasTracking, clock.Today()));
        foreach (var refusal in (Refusal[])[.. person.Refusals, .. access.Refusals])
            ModelState.AddModelError(refusal.Field == "OtherRole" ? "JobRole" : refusal.Field ?? "", refusal.Message);
        return person.Succeeded && access.Succeeded;
    }
}
