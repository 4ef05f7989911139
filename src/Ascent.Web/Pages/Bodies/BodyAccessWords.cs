using Ascent.Accounts.Above;
using Ascent.Organisations.Reach;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.Web.Journeys;

namespace Ascent.Web.Pages.Bodies;

/// <summary>What somebody from above is given, in the words of the pages.</summary>
public static class BodyAccessWords
{
    /// <summary>What was chosen on one step, a line each; "None" when nothing was.</summary>
    public static IReadOnlyList<string> InStep(string step, BodyUserAnswers answers, Place place)
    {
        var group = step == BodyUserSteps.Administration ? PermissionGroup.Administration : PermissionGroup.Reports;
        var held = answers.Permissions();
        var lines = PermissionCatalogue.In(place).Where(info => info.Group == group && held.Has(info.Permission)).Select(info => Label(info.Permission, answers, place)).ToList();
        return lines.Count > 0 ? lines : ["None"];
    }

    /// <summary>What a link shows, said beside a school: "School-level reports".</summary>
    public static string Shows(this PickedSchool school) =>
        school.Level == ReachLevel.Administration ? "Shows no report: the link is for administration only" : InWords.Capital(school.Level.Words());

    private static string Label(Permission permission, BodyUserAnswers answers, Place place)
    {
        var label = PermissionCatalogue.Label(permission, place);
        return !place.IsBody || permission != Permission.SchoolReports ? label
            : answers.Permissions().Schools == SchoolScope.AllSchools ? $"{label} (all schools)"
            : $"{label} ({InWords.Count(answers.Schools.Count, "chosen school", "chosen schools")})";
    }
}
