using System.Globalization;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Web.Authorization;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Ascent.Web.Pages.Accounts.EditAccess;

/// <summary>What the form shows beside its own fields, and what of it stands open.</summary>
/// <param name="Now">What the membership has now.</param>
/// <param name="WhenItCounts">Completes "Nothing is saved yet."</param>
public sealed record EditAccessContext(Staff Staff, Guid MembershipId, Guid AccountId, string Who, AccessChoice Now, int Version, IReadOnlyList<SeatCount> Seats, string WhenItCounts, string CancelHref)
{
    /// <summary>One's own: administration and end date are for another administrator to change.</summary>
    public bool IsOwn { get; init; }

    /// <summary>In an authority or trust: the schools to choose from, and those that are chosen.</summary>
    public SchoolChoice Schools { get; init; } = SchoolChoice.None;

    /// <summary>Nothing may take the right to manage users away from this person, or set an end to it.</summary>
    public bool IsLastHolder { get; init; }

    /// <summary>The membership is closed: it takes no seat, and its end date is asked when it is reactivated.</summary>
    public bool IsClosed { get; init; }

    public bool AsksAdministration => !IsOwn && !Staff.IsFromAbove;

    /// <summary>Whether it can be given and taken here; from above only the reports that the school has agreed to show.</summary>
    public bool Asks(Permission permission) =>
        PermissionCatalogue.Of(permission).Group == PermissionGroup.Administration ? AsksAdministration : Staff.Level is not { } level || level.Grants().Has(permission);

    /// <summary>One's own schools are for another administrator to choose.</summary>
    public bool AsksSchools => Staff.IsBody && !IsOwn;

    public bool AsksEndDate => !IsOwn && !IsClosed;
}

/// <summary>
/// Job role, administration, reports, Pupil Tracking or schools, and end date of one membership, as typed. The first Save shows before and after, the
/// second one saves exactly that.
/// </summary>
// The rules are the use case's; the framework would only read every property before the context is there.
[ValidateNever]
public sealed class EditAccessForm
{
    /// <summary>The version that the form was filled from.</summary>
    public string? Version { get; set; }

    /// <summary>The choice whose before and after the person has seen, as <see cref="Fingerprint"/> has it.</summary>
    public string? Reviewed { get; set; }

    public string? JobRole { get; set; }

    public string? OtherRole { get; set; }

    public bool SchoolSetup { get; set; }

    public bool ManageData { get; set; }

    public bool LaSetup { get; set; }

    public bool LaReports { get; set; }

    public bool SchoolReports { get; set; }

    /// <summary>All schools of the authority or trust, or those that are ticked.</summary>
    public string? SchoolsScope { get; set; }

    public Guid[] Schools { get; set; } = [];

    public bool PupilReports { get; set; }

    public string? PupilReportsScope { get; set; }

    public bool AllCollaborateGroups { get; set; }

    public bool TrackingSchoolReports { get; set; }

    public bool TrackingPupilReports { get; set; }

    public string? TrackingPupilReportsScope { get; set; }

    public bool TrackingAssessments { get; set; }

    public bool TrackingMarks { get; set; }

    public DateParts EndsOn { get; set; } = new();

    [BindNever]
    public EditAccessContext Context { get; private set; } = null!;

    /// <summary>Somebody saved another choice after the form was opened.</summary>
    [BindNever]
    public StaleAccess? Stale { get; set; }

    /// <summary>Before and after, when the choice can be read; null before the first Save.</summary>
    [BindNever]
    public IReadOnlyList<AccessChange>? Changes { get; set; }

    public string SaveLabel => Changes is { Count: > 0 } changes ? $"Save {changes.Count} {(changes.Count == 1 ? "change" : "changes")}" : "Save";

    public Place Place => Context.Staff.Place;

    public int SeenVersion => int.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;

    // A role that is not on the list is none: a number would be read as one otherwise.
    public JobRole Role => Enum.TryParse<JobRole>(JobRole, out var read) && JobRole == read.ToString() ? read : (JobRole)(-1);

    public string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"{SeenVersion}|{Role}|{OtherRole?.Trim()}|{Permissions().Normalised().Bits}|{EndsOn.Date:O}|{string.Join(',', ChosenSchools().Order().Select(id => id.ToString("N")))}");

    /// <summary>What is ticked, where that is what counts; ids of strange schools are none.</summary>
    public IReadOnlyCollection<Guid> ChosenSchools() => !SelectsSchools(Permissions()) ? [] : [.. Schools.Where(id => Context.Schools.Linked.Any(s => s.Id == id)).Distinct()];


    /// <summary>Gives the form what it is about. What does not stand open stays as it is, whatever was posted.</summary>
    public void Take(EditAccessContext context)
    {
        Context = context;
        var now = context.Now.Permissions;
        if (!context.AsksAdministration)
            (SchoolSetup, ManageData, LaSetup) = (now.Has(Permission.SchoolSetup), now.Has(Permission.ManageData), now.Has(Permission.LaSetup));
        if (context.Staff.IsBody && !context.AsksSchools)
            (SchoolsScope, Schools) = (now.Schools.ToString(), [.. context.Schools.Chosen]);
        if (context.Staff.IsFromAbove)
            KeepWhatIsTheSchools(context, now);
        if (!context.AsksEndDate)
            EndsOn = DateParts.From(context.Now.EndsOn);
    }

    // From above everything but the reports of the link's level is the school's to give and to take.
    private void KeepWhatIsTheSchools(EditAccessContext context, PermissionSet now)
    {
        if (!context.Asks(Permission.SchoolReports))
            SchoolReports = now.Has(Permission.SchoolReports);
        if (!context.Asks(Permission.PupilReports))
            (PupilReports, PupilReportsScope) = (now.Has(Permission.PupilReports), now.ScopeOf(Permission.PupilReports).ToString());
        AllCollaborateGroups = now.Has(Permission.AllCollaborateGroups);
        (TrackingSchoolReports, TrackingPupilReports, TrackingPupilReportsScope) =
            (now.Has(Permission.TrackingSchoolReports), now.Has(Permission.TrackingPupilReports), now.ScopeOf(Permission.TrackingPupilReports).ToString());
        (TrackingAssessments, TrackingMarks) = (now.Has(Permission.TrackingAssessments), now.Has(Permission.TrackingMarks));
    }

    public void Fill(AccessChoice choice)
    {
        var set = choice.Permissions;
        (LaSetup, LaReports) = (set.Has(Permission.LaSetup), set.Has(Permission.LaReports));
        (SchoolsScope, Schools) = (set.Schools.ToString(), [.. Context.Schools.Chosen]);
        (JobRole, OtherRole, EndsOn) = (choice.JobRole.ToString(), choice.OtherRole, DateParts.From(choice.EndsOn));
        (SchoolSetup, ManageData) = (set.Has(Permission.SchoolSetup), set.Has(Permission.ManageData));
        (SchoolReports, PupilReports, AllCollaborateGroups) = (set.Has(Permission.SchoolReports), set.Has(Permission.PupilReports), set.Has(Permission.AllCollaborateGroups));
        (TrackingSchoolReports, TrackingPupilReports) = (set.Has(Permission.TrackingSchoolReports), set.Has(Permission.TrackingPupilReports));
        (TrackingAssessments, TrackingMarks) = (set.Has(Permission.TrackingAssessments), set.Has(Permission.TrackingMarks));
        PupilReportsScope = set.ScopeOf(Permission.PupilReports).ToString();
        TrackingPupilReportsScope = set.ScopeOf(Permission.TrackingPupilReports).ToString();
    }

    /// <summary>Only what is ticked, a child without its parent too: the rule refuses that, not the form.</summary>
    public PermissionSet Permissions()
    {
        var set = PermissionSet.None;
        void Add(bool ticked, Permission permission) => set = ticked ? set.With(permission) : set;
        Add(SchoolSetup, Permission.SchoolSetup);
        Add(ManageData, Permission.ManageData);
        Add(LaSetup, Permission.LaSetup);
        Add(LaReports, Permission.LaReports);
        Add(SchoolReports, Permission.SchoolReports);
        // Chosen schools when it cannot be read: no tampering widens.
        if (SchoolReports && Context.Staff.IsBody)
            set = set.With(SchoolsScope == nameof(SchoolScope.AllSchools) ? SchoolScope.AllSchools : SchoolScope.SelectedSchools);
        Add(AllCollaborateGroups, Permission.AllCollaborateGroups);
        Add(TrackingSchoolReports, Permission.TrackingSchoolReports);
        Add(TrackingAssessments, Permission.TrackingAssessments);
        Add(TrackingMarks, Permission.TrackingMarks);
        if (PupilReports)
            set = set.With(Permission.PupilReports, ScopeOf(PupilReportsScope));
        return TrackingPupilReports ? set.With(Permission.TrackingPupilReports, ScopeOf(TrackingPupilReportsScope)) : set;
    }

    /// <summary>What is wrong with what was typed, by the rules of the use case; the full seats among it, so that they are told before Save.</summary>
    public IReadOnlyList<Refusal> Check(DateOnly today)
    {
        var refusals = new List<Refusal>(AccessRules.ReadRole(Role, OtherRole, Place).Refusals);
        refusals.AddRange(AccessRules.CheckAccess(Permissions(), Place));
        if (Place.IsBody)
            refusals.AddRange(BodyAccessRules.Check(Role, Permissions(), EndsOn.Date, ChosenSchools(), Context.Schools.Linked.ToDictionary(s => s.Id)));
        if (!EndsOn.IsEmpty && EndsOn.Date is null)
            refusals.Add(new EndDateRefusal("Enter a day that exists, such as 31 8 2027, or leave all three boxes empty"));
        if (Context.AsksEndDate)
            refusals.AddRange(AccessRules.CheckEndDate(EndsOn.Date, today));
        refusals.AddRange(Permissions().SeatsNeeded().Where(IsFull).Select(p => new SeatsFull(Seats(p), PermissionCatalogue.Label(p, Place))));
        return refusals;
    }

    public void Review() =>
        Changes = [.. Context.Now.DifferenceTo(new(Role, AccessRules.ReadRole(Role, OtherRole, Place).Value, Permissions().Normalised(), EndsOn.Date), Place), .. OtherSchools()];

    private AccessChange[] OtherSchools()
    {
        var (before, after) = (Context.Schools.Chosen, ChosenSchools());
        string Words(IEnumerable<Guid> ids) => BodyAccessRules.Words(Context.Schools.Linked.Where(s => ids.Contains(s.Id)).Select(s => s.Name));
        return before.SetEquals(after) ? [] : [new("Schools", Words(before), Words(after), IsWider: after.Any(id => !before.Contains(id)))];
    }

    private static bool SelectsSchools(PermissionSet set) => set.Has(Permission.SchoolReports) && set.Schools == SchoolScope.SelectedSchools;

    public SeatCount Seats(Permission permission) => Context.Seats.Single(c => c.Permission == permission);

    /// <summary>Nobody can be given it now; whoever holds a seat already keeps it.</summary>
    public bool IsFull(Permission permission) => !Context.IsClosed && Seats(permission) is { IsFull: true } seats && seats.Holders.All(h => h.MembershipId != Context.MembershipId);

    // Narrow when it cannot be read: no tampering widens.
    private static PupilScope ScopeOf(string? typed) => string.IsNullOrEmpty(typed) || typed == nameof(PupilScope.WholeSchool) ? PupilScope.WholeSchool : PupilScope.OwnClasses;
}
