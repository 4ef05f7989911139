using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Bodies.CreateUser;

/// <summary>
/// Which reports. Of the body's own users, and of which schools; of a School Improvement Partner the schools and how far; of a school's
/// administrator what the link with the school covers.
/// </summary>
public sealed class ReportsModel(BodyUserJourney journeys, EnterFromAbove enter, ListBodySchools listSchools) : BodyUserStep(journeys, enter, BodyUserSteps.Reports)
{
    public const string Find = "find";

    private static readonly Permission[] OwnAsked = [Permission.LaReports, Permission.SchoolReports, Permission.PupilReports, Permission.AllCollaborateGroups];

    /// <summary>Of the body's own users with school-level reports: all schools, or selected ones.</summary>
    [BindProperty]
    public string? Scope { get; set; }

    /// <summary>Of a School Improvement Partner: with pupils' names or without.</summary>
    [BindProperty]
    public string? DataLevel { get; set; }

    /// <summary>The URNs that are ticked.</summary>
    [BindProperty]
    public IReadOnlyList<string> Schools { get; set; } = [];

    [BindProperty]
    public string? Search { get; set; }

    /// <summary>"find" when schools are looked for, and nothing is answered yet.</summary>
    [BindProperty]
    public string? Act { get; set; }

    public PermissionSet Chosen { get; private set; }

    public SchoolTicks Choice { get; private set; } = new([], [], IsAll: true, 0, null);

    /// <summary>What of a school's reports the link lets through.</summary>
    public PermissionSet Grants => School?.Level.Grants() ?? PermissionSet.None;

    public string Suggestion
    {
        get
        {
            var role = JobRoles.Of(Answers.JobRole);
            var suggested = Grants.Held().Where(role.Suggestion.Has).Select(p => $"“{PermissionCatalogue.Label(p, Place)}”").ToArray();
            return suggested.Length > 0 ? $"Suggested for {role.Plural}: {InWords.List(suggested)}. Change it as you need." : $"Nothing is suggested for {role.Plural}. Tick what {Who} needs.";
        }
    }

    public async Task OnGetAsync()
    {
        Chosen = IsAnswered ? Answers.Permissions() : School is not null ? new(Grants.Bits & JobRoles.Of(Answers.JobRole).Suggestion.Bits) : PermissionSet.None;
        if (IsAnswered && Chosen.Has(Permission.SchoolReports))
            (Scope, DataLevel) = (Chosen.Schools.ToString(), Chosen.Has(Permission.PupilReports) ? nameof(ReachLevel.Pupil) : nameof(ReachLevel.School));
        Schools = [.. Answers.Schools];
        await ReadChoiceAsync([]);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        // Only what the page asks is looked at; fields that it does not have are passed over.
        Chosen = (School is not null ? Grants.Held() : OwnAsked).Where(p => Request.Form[p.ToString()] == "true").Aggregate(PermissionSet.None, (set, p) => set.With(p));
        if (School is not null)
            return AccessRules.CheckAccess(Chosen, Place) is { Count: > 0 } faults ? this.Refused(faults) : await KeepAsync(answers => answers with { PermissionBits = Chosen.Bits });
        // Words in the search box are a question of their own, whichever button was pressed.
        if (Act == Find || !string.IsNullOrWhiteSpace(Search))
            return await FindAsync();
        await ReadChoiceAsync([]);
        return Answers.IsPartner ? await PartnerAsync() : await OwnAsync();
    }

    private async Task<IActionResult> PartnerAsync()
    {
        var refusals = new List<Refusal>();
        if (Choice.Chosen.Count == 0)
            refusals.Add(new SchoolsRefusal("Choose at least one school"));
        if (DataLevel is not (nameof(ReachLevel.School) or nameof(ReachLevel.Pupil)))
            refusals.Add(new ReportsRefusal($"Choose how much {Who} sees", nameof(DataLevel)));
        if (refusals.Count > 0)
            return this.Refused(refusals);
        var set = PermissionSet.None.With(SchoolScope.SelectedSchools);
        return await KeepAsync(answers => answers with { PermissionBits = (DataLevel == nameof(ReachLevel.Pupil) ? set.With(Permission.PupilReports) : set).Bits, Schools = [.. Choice.Chosen.Select(s => s.Urn)] });
    }

    private async Task<IActionResult> OwnAsync()
    {
        var refusals = new List<Refusal>(AccessRules.CheckAccess(Chosen, Place));
        var selects = false;
        if (Chosen.Has(Permission.SchoolReports))
        {
            selects = Scope == nameof(SchoolScope.SelectedSchools);
            if (!selects && Scope != nameof(SchoolScope.AllSchools))
                refusals.Add(new ReportsRefusal("Choose all schools or selected schools", nameof(Scope)));
            else
                Chosen = Chosen.With(selects ? SchoolScope.SelectedSchools : SchoolScope.AllSchools);
            if (selects && Choice.Chosen.Count == 0)
                refusals.Add(new SchoolsRefusal("Choose at least one school, or all schools"));
        }
        return refusals.Count > 0 ? this.Refused(refusals) : await KeepAsync(answers => answers with
        {
            PermissionBits = OwnAsked.Aggregate(answers.Permissions(), (set, p) => set.Without(p)).Bits | Chosen.Bits,
            Schools = selects ? [.. Choice.Chosen.Select(s => s.Urn)] : [],
        });
    }

    private async Task<IActionResult> FindAsync()
    {
        var found = string.IsNullOrWhiteSpace(Search) ? [] : await listSchools.FindAsync(Body.Actor, Search, WhereModel.Most + 1, HttpContext.RequestAborted);
        // What is found alone is what is meant.
        if (found is [var one])
        {
            Schools = [.. Schools.Append(one.Urn).Distinct()];
            (Search, found) = (null, []);
            ModelState.Remove(nameof(Search));
            ModelState.Remove(nameof(Schools));
            await ReadChoiceAsync([], added: one.Name);
            return Page();
        }
        await ReadChoiceAsync(found.Count > WhereModel.Most ? [] : found);
        return string.IsNullOrWhiteSpace(Search) ? this.Refused([new ReportsRefusal("Type a part of the school’s name, or its DfE number", nameof(Search))])
            : found.Count == 0 ? this.Refused([new ReportsRefusal($"No school that is linked with your organisation fits “{Shorten(Search)}”: type a part of its name, or its whole DfE number", nameof(Search))])
            : found.Count > WhereModel.Most ? this.Refused([new ReportsRefusal($"More than {WhereModel.Most} schools fit “{Shorten(Search)}”: type more letters, or the DfE number", nameof(Search))])
            : Page();
    }

    private async Task ReadChoiceAsync(IReadOnlyList<PickedSchool> found, string? added = null)
    {
        if (School is not null)
            return;
        var chosen = await listSchools.PickAsync(Body.Actor, Schools, HttpContext.RequestAborted);
        var all = await listSchools.FindAsync(Body.Actor, null, WhereModel.Most + 1, HttpContext.RequestAborted);
        var isAll = all.Count <= WhereModel.Most;
        Choice = new(chosen, isAll ? all : [.. chosen, .. found.Where(f => chosen.All(c => c.Urn != f.Urn))], isAll, Answers.Schools.Count(urn => Schools.Contains(urn) && chosen.All(c => c.Urn != urn)), added);
    }

    private static string Shorten(string typed) => PlainText.Tidy(typed) is var tidy && tidy.Length > 40 ? $"{tidy[..40]}…" : tidy;
}

/// <summary>Schools to tick.</summary>
/// <param name="Chosen">Ticked, and linked at this moment.</param>
/// <param name="Offered">Those with a box: chosen and found, or all where they are few.</param>
/// <param name="IsAll">All are offered, so there is nothing to look for.</param>
/// <param name="Gone">How many that were chosen are not linked any more.</param>
/// <param name="Added">The school that was found just now.</param>
public sealed record SchoolTicks(IReadOnlyList<PickedSchool> Chosen, IReadOnlyList<PickedSchool> Offered, bool IsAll, int Gone, string? Added);

public sealed record ReportsRefusal(string Message, string Field) : Refusal("body-user-reports", Message, RefusalKind.Field, Field);
