using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Reference.National;

/// <summary>
/// The national figures for a report. They are kept and made anew only when something was loaded since, by this program or another: asking costs
/// one small query. Ask before beginning other work on the database, not inside it. One for the whole server.
/// </summary>
public sealed class ReadNationalFigures(Database database)
{
    private volatile NationalFigures kept = NationalFigures.Illustrative;

    public async ValueTask<NationalFigures> ExecuteAsync(CancellationToken cancellationToken)
    {
        var figures = kept;
        var newer = await database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var version = await db.Set<NationalDataset>().MaxAsync(d => (long?)d.Version, cancellationToken) ?? 0;
            return version == figures.Version ? null : await ReadAsync(db, version, cancellationToken);
        });
        return newer is null ? figures : kept = newer;
    }

    private static async Task<NationalFigures> ReadAsync(AppDb db, long version, CancellationToken cancellationToken)
    {
        var rows = await db.Set<NationalDataset>().Select(d => new { d.Kind, d.StartYear, d.Status, d.Content }).ToListAsync(cancellationToken);
        return new(NationalSelection.Of(version, rows.Select(d => new ReadDataset(d.Kind, AcademicYear.StartingIn(d.StartYear), d.Status, NationalContent.Of(d.Content)))));
    }
}
