using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Authorization.Isolation;

/// <summary>Every row of the database that names anything of the other school, its own and any that somebody else may have got to hold.</summary>
internal static class ForeignRows
{
    public static async Task<IReadOnlyList<string>> ReadAsync(TwoSchools schools, IReadOnlyList<ForeignId> foreign)
    {
        var names = foreign.SelectMany(f => (string[])[f.Id.ToString("N"), f.Id.ToString("D")])
            .Concat(schools.Other.People.SelectMany(p => (Guid[])[p.AccountId, p.MembershipId]).SelectMany(id => (string[])[id.ToString("N"), id.ToString("D")])).Distinct().ToArray();
        return [.. (await Tables.DumpAsync(schools.Factory)).Where(row => names.Any(name => row.Contains(name, StringComparison.OrdinalIgnoreCase)))];
    }
}
