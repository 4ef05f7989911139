using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <param name="Examples">What stands under it in the first rows.</param>
public sealed record HeadingToMap(int Place, string Heading, RollColumn? Column, bool IsUnknown, IReadOnlyList<string> Examples);

/// <summary>What the columns of a table are: asks, and remembers for the next file of the school.</summary>
public sealed class MapColumns(Database database, ServerSettings settings)
{
    private const int ExampleRows = 3;

    /// <returns>Null when there is no import that waits for its columns.</returns>
    public async Task<IReadOnlyList<HeadingToMap>?> ReadAsync(Guid importId, Actor actor, CancellationToken cancellationToken)
    {
        var organisationId = actor.OrganisationId!.Value;
        var found = await database.ReadAsync(OrganisationScope.Of(organisationId), async db => new
        {
            Waits = await db.Set<Import>().AnyAsync(i => i.Id == importId && i.State == ImportState.Received && i.Format == ImportFormat.Table && i.Columns == null, cancellationToken),
            Remembered = await db.Set<ImportHeading>().ToDictionaryAsync(h => h.HeadingKey, h => h.ColumnName, cancellationToken),
        });
        if (!found.Waits)
            return null;
        await using var file = await ImportFile.OpenAsync(database, settings, organisationId, importId, cancellationToken);
        var opened = RollTable.Open(file);
        if (!opened.Succeeded)
            return null;
        using var table = opened.Value;
        var map = ColumnMap.Of(table.Headings, found.Remembered);
        var examples = table.ReadRaw(ExampleRows);
        return
        [
            .. map.Headings.Select((heading, i) => new HeadingToMap(i, PlainText.Tidy(heading), map.Columns[i], map.Unknown.Contains(i),
                [.. examples.Where(r => i < r.Count && !string.IsNullOrWhiteSpace(r[i])).Select(r => PlainText.Tidy(r[i]))])).Where(h => h.Heading.Length > 0 || h.Examples.Count > 0),
        ];
    }

    /// <param name="chosen">By place, the name of a <see cref="RollColumn"/>; empty for what is not to be read.</param>
    public async Task<Result<bool>> SaveAsync(Guid importId, IReadOnlyDictionary<int, string> chosen, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return new NotAllowed(Permission.ManageData);
        if (await ReadAsync(importId, actor, cancellationToken) is not { } headings)
            return new NoSuchImport();
        var columns = new RollColumn?[headings.Max(h => h.Place) + 1];
        foreach (var heading in headings)
            columns[heading.Place] = RollColumns.ByName(chosen.GetValueOrDefault(heading.Place));
        var map = new ColumnMap([.. headings.Select(h => h.Heading)], columns, []);
        if (map.Missing is { Count: > 0 } missing)
            return new ColumnsRefused($"Say which column holds the {InWords.List(missing.Select(c => c.Heading.ToLowerInvariant()))}. Without {(missing.Count == 1 ? "it" : "them")} no pupil can be told from another");
        if (map.Twice is { Count: > 0 } twice)
            return new ColumnsRefused($"Two columns are {InWords.List(twice.Select(c => c.Heading))}: choose “Do not read” for one of them");
        return await database.ChangeAsync<Result<bool>>(OrganisationScope.Of(organisationId), async db =>
        {
            if (await db.Set<Import>().SingleOrDefaultAsync(i => i.Id == importId && i.State == ImportState.Received && i.Columns == null, cancellationToken) is not { } import)
                return new NoSuchImport();
            import.SetColumns(map.Text);
            var known = await db.Set<ImportHeading>().ToDictionaryAsync(h => h.HeadingKey, cancellationToken);
            foreach (var heading in headings.Where(h => RollColumns.KeyOf(h.Heading).Length > 0).DistinctBy(h => RollColumns.KeyOf(h.Heading)))
                Remember(db, known, organisationId, RollColumns.KeyOf(heading.Heading), columns[heading.Place]?.Name ?? "");
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }

    private static void Remember(AppDb db, Dictionary<string, ImportHeading> known, Guid organisationId, string key, string column)
    {
        if (known.TryGetValue(key, out var heading))
            heading.ColumnName = column;
        else
            db.Add(new ImportHeading { OrganisationId = organisationId, HeadingKey = key, ColumnName = column });
    }
}

public sealed record ColumnsRefused(string Message) : Refusal("columns", Message, RefusalKind.Field, "Columns");
