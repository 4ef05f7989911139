using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUser;

public sealed class ReportsModel(CreateUserJourney journeys) : AccessStep(journeys, CreateUserSteps.Reports)
{
    [BindProperty]
    public bool SchoolReports { get; set; }

    [BindProperty]
    public bool PupilReports { get; set; }

    [BindProperty]
    public PupilScope PupilReportsScope { get; set; }

    [BindProperty]
    public bool AllCollaborateGroups { get; set; }

    protected override void Show(PermissionSet set) =>
        (SchoolReports, PupilReports, PupilReportsScope, AllCollaborateGroups) =
            (set.Has(Permission.SchoolReports), set.Has(Permission.PupilReports), set.ScopeOf(Permission.PupilReports), set.Has(Permission.AllCollaborateGroups));

    protected override PermissionSet Chosen()
    {
        var set = PermissionSet.None;
        if (SchoolReports)
            set = set.With(Permission.SchoolReports);
        if (PupilReports)
            set = set.With(Permission.PupilReports, PupilReportsScope);
        return AllCollaborateGroups ? set.With(Permission.AllCollaborateGroups) : set;
    }
}
