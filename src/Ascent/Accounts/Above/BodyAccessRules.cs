using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <summary>What holds of a membership in an authority or trust beside <see cref="AccessRules"/>. Creating and changing ask the same.</summary>
public static class BodyAccessRules
{
    /// <param name="schools">Those that were chosen.</param>
    /// <param name="reached">Those that the body has a present link with.</param>
    public static IReadOnlyList<Refusal> Check<T>(JobRole role, PermissionSet permissions, DateOnly? endsOn, IReadOnlyCollection<Guid>? schools, IReadOnlyDictionary<Guid, T> reached)
    {
        var refusals = new List<Refusal>();
        var selects = permissions.Has(Permission.SchoolReports) && permissions.Schools == SchoolScope.SelectedSchools;
        if (role == JobRole.SchoolImprovementPartner)
        {
            if (permissions.Has(Permission.LaSetup) || permissions.Has(Permission.LaReports) || permissions.Has(Permission.AllCollaborateGroups))
                refusals.Add(new PartnerRefusal("A School Improvement Partner sees the reports of chosen schools and nothing else", "Permissions"));
            if (!selects)
                refusals.Add(new PartnerRefusal("Choose the schools whose reports the School Improvement Partner sees", "Schools"));
            if (endsOn is null)
                refusals.Add(new PartnerRefusal("Enter the last day of access: a School Improvement Partner always has one", "EndsOn"));
        }
        if (selects && schools is not { Count: > 0 } && role != JobRole.SchoolImprovementPartner)
            refusals.Add(new SchoolsRefusal("Choose at least one school, or all schools"));
        else if (selects && schools is not { Count: > 0 })
            refusals.Add(new SchoolsRefusal("Choose at least one school"));
        else if (selects && schools!.Any(id => !reached.ContainsKey(id)))
            refusals.Add(new SchoolsRefusal("One of the schools is not linked with your organisation any more: choose again"));
        return refusals;
    }

    /// <summary>Makes the chosen schools those of the membership, for the present series of their links.</summary>
    /// <returns>What changed, in words; null when nothing did.</returns>
    internal static async Task<AccessChange?> ChooseSchoolsAsync(
        this AppDb db, Membership membership, PermissionSet after, IReadOnlyCollection<Guid>? schools, IReadOnlyDictionary<Guid, ReachedSchool> reached, CancellationToken cancellationToken)
    {
        var wanted = after.Has(Permission.SchoolReports) && after.Schools == SchoolScope.SelectedSchools ? schools?.Distinct().ToList() ?? [] : [];
        var rows = await db.Set<MembershipSchool>().Where(s => s.MembershipId == membership.Id).ToListAsync(cancellationToken);
        // What has dropped out shows no more, and goes for good with this save.
        bool IsLive(MembershipSchool row) => reached.TryGetValue(row.SchoolId, out var school) && school.SeriesId == row.SeriesId;
        var before = rows.Where(IsLive).Select(r => r.SchoolId).ToHashSet();
        db.RemoveRange(rows.Where(r => !wanted.Contains(r.SchoolId)));
        foreach (var id in wanted)
            if (rows.Find(r => r.SchoolId == id) is { } row)
                row.SeriesId = reached[id].SeriesId;
            else
                db.Add(new MembershipSchool { OrganisationId = membership.OrganisationId, MembershipId = membership.Id, SchoolId = id, SeriesId = reached[id].SeriesId });
        return before.SetEquals(wanted) ? null : new("Schools", Words(before, reached), Words(wanted, reached), IsWider: wanted.Exists(id => !before.Contains(id)));
    }

    private static string Words(IEnumerable<Guid> ids, IReadOnlyDictionary<Guid, ReachedSchool> reached) => Words(ids.Select(id => reached[id].Name));

    /// <summary>Chosen schools as a change of access says them.</summary>
    public static string Words(IEnumerable<string> schools)
    {
        var names = schools.Order(StringComparer.CurrentCultureIgnoreCase).ToList();
        return names.Count == 0 ? "none chosen" : names.Count <= 10 ? InWords.List(names) : InWords.Count(names.Count, "school", "schools");
    }
}

public sealed record PartnerRefusal(string Message, string Field) : Refusal("partner", Message, RefusalKind.Field, Field);

public sealed record SchoolsRefusal(string Message) : Refusal("schools", Message, RefusalKind.Field, "Schools");
