using Ascent.Measures;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Reference.National;

/// <summary>One edition that is loaded, and where it came from.</summary>
public sealed record LoadedReference(NationalKind Kind, AcademicYear Year, ReferenceStatus Status, string FileName, string FileSha256, DateTime LoadedAt);

/// <summary>What national figures are loaded; without any of a year and measure reports use Illustrative England, and say so.</summary>
public sealed class ListReference(Database database)
{
    public Task<IReadOnlyList<LoadedReference>> ExecuteAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<LoadedReference>>(OrganisationScope.Server, async db =>
        {
            var rows = await db.Set<NationalDataset>().Select(d => new { d.Kind, d.StartYear, d.Status, d.FileName, d.FileSha256, d.LoadedAt }).ToListAsync(cancellationToken);
            return [.. rows.OrderBy(d => d.Kind).ThenBy(d => d.StartYear).ThenBy(d => d.Status)
                .Select(d => new LoadedReference(d.Kind, AcademicYear.StartingIn(d.StartYear), d.Status, d.FileName, d.FileSha256, d.LoadedAt))];
        });
}
