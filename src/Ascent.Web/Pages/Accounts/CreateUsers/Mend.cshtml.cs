using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
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

    /// <summary>The label of one of the roles; empty where the cell says none of them.</summary>
    [BindProperty]
    public string? JobRole { get; set; }

    [BindProperty]
    public string? OtherRole { get; set; }

    /// <summary>The name of one of the school's templates, or what the cell says instead.</summary>
    [BindProperty]
    public string? Template { get; set; }

    [BindProperty]
    public string? EndsOn { get; set; }

    /// <summary>As a cell says it: N, Y or own classes; empty for what the template has.</summary>
    [BindProperty]
    public Dictionary<Permission, string?> Given { get; set; } = [];

    public SchoolTemplates Templates { get; private set; } = SchoolTemplates.None;

    /// <summary>The school has templates, or the row names one.</summary>
    public bool AsksTemplate => Templates.All.Count > 0 || !string.IsNullOrEmpty(Template);

    public string BackHref => RowsHref;

    /// <summary>Whose row it is, as far as it says so.</summary>
    public string? WhoseRow { get; private set; }

    public IReadOnlyList<PermissionInfo> Permissions => [.. PermissionCatalogue.In(School.HasTracking)];

    public static string Heading(PermissionGroup group) => group switch
    {
        PermissionGroup.Administration => "Administration",
        PermissionGroup.Reports => "Reports",
        _ => "Pupil Tracking",
    };

    public async Task<IActionResult> OnGetAsync()
    {
        // As it was compared: where the list has no column, the form begins with what the person holds.
        var list = await Lists.CheckAsync(Answers, School.Actor, HttpContext.RequestAborted);
        if (list.Rows.FirstOrDefault(r => r.Number == Number)?.Row is not { } row)
            return NotFound();
        (Forename, Surname, Email, EndsOn) = (row.Cell(StaffColumns.Forename), row.Cell(StaffColumns.Surname), row.Cell(StaffColumns.Email), row.Cell(StaffColumns.EndDate));
        ReadRole(row.Cell(StaffColumns.JobRole));
        Templates = await Lists.TemplatesAsync(School.Actor, HttpContext.RequestAborted);
        Template = row.ReadTemplate(Templates)?.Name ?? row.Cell(StaffColumns.AccessTemplate);
        var set = row.ReadPermissions(Templates);
        foreach (var info in Permissions)
            Given[info.Permission] = AsksTemplate && string.IsNullOrWhiteSpace(row.Cell(StaffColumns.Of(info.Permission))) ? "" : !set.Has(info.Permission) ? "N" : info.HasScope && set.ScopeOf(info.Permission) == PupilScope.OwnClasses ? "own classes" : "Y";
        Tell(row);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Answers.Rows.Find(r => r.Number == Number) is not { } row)
            return NotFound();
        Templates = await Lists.TemplatesAsync(School.Actor, HttpContext.RequestAborted);
        foreach (var info in Permissions)
            Given.TryAdd(info.Permission, "N");
        var cells = new Dictionary<string, string>
        {
            [StaffColumns.Forename] = Forename ?? "",
            [StaffColumns.Surname] = Surname ?? "",
            [StaffColumns.Email] = Email ?? "",
            [StaffColumns.JobRole] = JobRole == JobRoles.Of(Ascent.Accounts.JobRole.Other).Label ? $"{JobRole}: {OtherRole}" : JobRole ?? "",
            [StaffColumns.AccessTemplate] = Template ?? "",
            [StaffColumns.EndDate] = EndsOn ?? "",
        };
        foreach (var info in PermissionCatalogue.All)
            cells[StaffColumns.Of(info.Permission)] = Permissions.Contains(info) ? Given[info.Permission] ?? "" : "N";
        if (cells.Values.Any(c => c.Length > StaffRow.LongestCell))
            return BadRequest();
        var mended = cells.Aggregate(row, (to, cell) => to.With(cell.Key, cell.Value));
        if (!Tell(mended))
            return Page();
        return await Lists.MendAsync(ListId, Number, cells, School.Actor, HttpContext.RequestAborted) ? Redirect(RowsHref) : Redirect(DoneHref);
    }

    // The row writes it out; here it is chosen.
    private static string Words(Refusal refusal) => refusal is UnknownRole role ? $"“{StaffRow.Quote(role.Typed)}” is no job role here: choose one of the list, or Other and say which" : refusal.Message;

    private void ReadRole(string cell)
    {
        var typed = PlainText.Tidy(cell);
        var (words, other) = typed.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? (typed[..colon].Trim(), typed[(colon + 1)..].Trim()) : (typed, null);
        JobRole = JobRoles.All.FirstOrDefault(r => r.Label.Equals(words, StringComparison.OrdinalIgnoreCase))?.Label;
        OtherRole = JobRole == JobRoles.Of(Ascent.Accounts.JobRole.Other).Label ? other : null;
    }

    private bool Tell(StaffRow row)
    {
        WhoseRow = $"{row.Cell(StaffColumns.Forename)} {row.Cell(StaffColumns.Surname)}".Trim() is { Length: > 0 } name ? StaffRow.Quote(name) : null;
        var (person, access) = (row.ReadPerson(), row.ReadAccess(School.HasTracking, clock.Today(), Templates));
        foreach (var refusal in (Refusal[])[.. person.Refusals, .. access.Refusals])
            ModelState.AddModelError(Enum.TryParse<Permission>(refusal.Field, out _) ? $"{nameof(Given)}[{refusal.Field}]" : refusal.Field ?? "", Words(refusal));
        return person.Succeeded && access.Succeeded;
    }
}
