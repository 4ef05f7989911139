using Ascent.Shared.Permissions;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUser;

public sealed class TrackingModel(CreateUserJourney journeys) : AccessStep(journeys, CreateUserSteps.Tracking)
{
    [BindProperty]
    public bool TrackingSchoolReports { get; set; }

    [BindProperty]
    public bool TrackingPupilReports { get; set; }

    [BindProperty]
    public PupilScope TrackingPupilReportsScope { get; set; }

    [BindProperty]
    public bool TrackingAssessments { get; set; }

    [BindProperty]
    public bool TrackingMarks { get; set; }

    protected override void Show(PermissionSet set)
    {
        (TrackingSchoolReports, TrackingPupilReports) = (set.Has(Permission.TrackingSchoolReports), set.Has(Permission.TrackingPupilReports));
        (TrackingAssessments, TrackingMarks) = (set.Has(Permission.TrackingAssessments), set.Has(Permission.TrackingMarks));
        TrackingPupilReportsScope = set.ScopeOf(Permission.TrackingPupilReports);
    }

    protected override PermissionSet Chosen()
    {
        var set = PermissionSet.None;
        if (TrackingSchoolReports)
            set = set.With(Permission.TrackingSchoolReports);
        if (TrackingPupilReports)
            set = set.With(Permission.TrackingPupilReports, TrackingPupilReportsScope);
        if (TrackingAssessments)
            set = set.With(Permission.TrackingAssessments);
        return TrackingMarks ? set.With(Permission.TrackingMarks) : set;
    }
}
