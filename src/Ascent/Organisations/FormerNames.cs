using Ascent.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Organisations;

/// <summary>A school that another was before it became what it is.</summary>
public sealed record FormerName(string Urn, string? DfeNumber, string Name);

/// <summary>Under which numbers a school is to be looked for: whoever reads published rows by URN asks here, and finds the years before too.</summary>
public static class FormerNames
{
    /// <summary>What the school was, in no order; empty for most.</summary>
    public static Task<List<FormerName>> FormerNamesAsync(this AppDb db, Guid schoolId, CancellationToken cancellationToken) =>
        db.Set<School>().Where(s => s.BecameId == schoolId).Select(s => new FormerName(s.Code, s.DfeNumber, s.Name)).ToListAsync(cancellationToken);
}
