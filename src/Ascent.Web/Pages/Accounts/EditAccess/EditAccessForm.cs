using System.Globalization;
using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Ascent.Web.Pages.Accounts.EditAccess;

/// <summary>What the form shows beside its own fields, and what of it stands open.</summary>
/// <param name="Now">What the membership has now.</param>
/// <param name="WhenItCounts">Completes "Nothing is saved yet."</param>
public sealed record EditAccessContext(SchoolAccess School, Guid MembershipId, string Who, AccessChoice Now, int Version, IReadOnlyList<SeatCount> Seats, string WhenItCounts, string CancelHref)
{
    /// <summary>One's own: administration and end date are for another administrator to change.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Nothing may take School setup away from this person, or set an end to it.</summary>
    public bool IsLastHolder { get; init; }

    /// <summary>The membership is closed: it takes no seat, and its end date is asked when it is reactivated.</summary>
    public bool IsClosed { get; init; }

    public bool AsksAdministration => !IsOwn;

    public bool AsksEndDate => !IsOwn && !IsClosed;
}

/// <summary>
/// Job role, administration, reports, Pupil Tracking and end date of one membership, as typed. The first Save shows before and after, the
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

    public bool SchoolReports { get; set; }

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

    public bool HasTracking => Context.School.HasTracking;

    public int SeenVersion => int.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;

    // A role that is not on the list is none: a number would be read as one otherwise.
    public JobRole Role => Enum.TryParse<JobRole>(JobRole, out var read) && JobRole == read.ToString() ? read : (JobRole)(-1);

    public string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"{SeenVersion}|{Role}|{OtherRole?.Trim()}|{Permissions().Normalised().Bits}|{EndsOn.Date:O}");

    /// <summary>Gives the form what it is about. What does not stand open stays as it is, whatever was posted.</summary>
    public void Take(EditAccessContext context)
    {
        Context = context;
        if (!context.AsksAdministration)
            (SchoolSetup, ManageData) = (context.Now.Permissions.Has(Permission.SchoolSetup), context.Now.Permissions.Has(Permission.ManageData));
        if (!context.AsksEndDate)
            EndsOn = DateParts.From(context.Now.EndsOn);
    }

    public void Fill(AccessChoice choice)
    {
        var set = choice.Permissions;
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
        Add(SchoolReports, Permission.SchoolReports);
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
        var refusals = new List<Refusal>(AccessRules.ReadRole(Role, OtherRole).Refusals);
        refusals.AddRange(AccessRules.CheckAccess(Permissions(), HasTracking));
        if (!EndsOn.IsEmpty && EndsOn.Date is null)
            refusals.Add(new EndDateRefusal("Enter a day that exists, such as 31 8 2027, or leave all three boxes empty"));
        if (Context.AsksEndDate)
            refusals.AddRange(AccessRules.CheckEndDate(EndsOn.Date, today));
        refusals.AddRange(Permissions().SeatsNeeded().Where(IsFull).Select(p => new SeatsFull(Seats(p), PermissionCatalogue.Label(p, HasTracking))));
        return refusals;
    }

    public void Review() =>
        Changes = Context.Now.DifferenceTo(new(Role, AccessRules.ReadRole(Role, OtherRole).Value, Permissions().Normalised(), EndsOn.Date), HasTracking);

    public SeatCount Seats(Permission permission) => Context.Seats.Single(c => c.Permission == permission);

    /// <summary>Nobody can be given it now; whoever holds a seat already keeps it.</summary>
    public bool IsFull(Permission permission) => !Context.IsClosed && Seats(permission) is { IsFull: true } seats && seats.Holders.All(h => h.MembershipId != Context.MembershipId);

    // Narrow when it cannot be read: no tampering widens.
    private static PupilScope ScopeOf(string? typed) => string.IsNullOrEmpty(typed) || typed == nameof(PupilScope.WholeSchool) ? PupilScope.WholeSchool : PupilScope.OwnClasses;
}
