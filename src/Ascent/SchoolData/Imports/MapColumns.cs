using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <param name="Examples">What stands under it in the first rows.</param>
/// <param name="Column">The name of what it is as far as is known; null for what is not read.</param>
public sealed record HeadingToMap(int Place, string Heading, string? Column, bool IsUnknown, IReadOnlyList<string> Examples);

/// <param name="NeedsYear">Nothing in the file says of which school year its results are.</param>
public sealed record ColumnsToMap(ImportFormat Format, IReadOnlyList<HeadingToMap> Headings, IReadOnlyList<ColumnChoice> Choices, bool NeedsYear);

/// <summary>What the columns of a table are: asks, and remembers for the next file of the school.</summary>
public sealed class MapColumns(Database database, ServerSettings settings, TimeProvider clock)
{
    internal const int ExampleRows = 3;

    /// <summary>How many school years there are to choose from, this one included: the oldest results of a school that still count.</summary>
    private const int YearsToChoose = 16;

    /// <summary>The school years of which the results of a file may be, the newest first.</summary>
    public IReadOnlyList<AcademicYear> Years => [.. Enumerable.Range(0, YearsToChoose).Select(back => new AcademicYear(AcademicYear.Of(clock.Today()).StartYear - back))];

    /// <returns>Null when there is no import that waits for its columns.</returns>
    public async Task<ColumnsToMap?> ReadAsync(Guid importId, Actor actor, CancellationToken cancellationToken)
    {
        var organisationId = actor.OrganisationId!.Value;
        var found = await database.ReadAsync(OrganisationScope.Of(organisationId), async db => new
        {
            Format = await db.Set<Import>().Where(i => i.Id == importId && i.State == ImportState.Received && i.Format != ImportFormat.Ctf && i.Columns == null).Select(i => (ImportFormat?)i.Format).SingleOrDefaultAsync(cancellationToken),
            Remembered = await db.Set<ImportHeading>().ToDictionaryAsync(h => h.HeadingKey, h => h.ColumnName, cancellationToken),
        });
        if (found.Format is not { } format)
            return null;
        await using var file = await ImportFile.OpenAsync(database, settings, organisationId, importId, cancellationToken);
        var opened = HeadedTable.Open(file, 1, "");
        if (!opened.Succeeded)
            return null;
        using var table = opened.Value;
        var examples = table.ReadRaw(ExampleRows);
        var map = format == ImportFormat.Results ? ResultsColumns.MapOf(table.Headings, found.Remembered, examples) : ColumnMap.Of(RollColumns.Book, table.Headings, found.Remembered);
        HeadingToMap[] headings =
        [
            .. map.Headings.Select((heading, i) => new HeadingToMap(i, PlainText.Tidy(heading), map.Names[i], map.Unknown.Contains(i),
                [.. examples.Where(r => i < r.Count && !string.IsNullOrWhiteSpace(r[i])).Select(r => PlainText.Tidy(r[i]))])).Where(h => h.Heading.Length > 0 || h.Examples.Count > 0),
        ];
        return new(format, headings, map.Book.Choices, format == ImportFormat.Results && ResultsColumns.NeedYear(map.Names));
    }

    /// <param name="chosen">By place, the name of a column; empty for what is not to be read.</param>
    /// <param name="year">The school year of all results of the file, like 2024/25; for a file that does not say it.</param>
    public async Task<Result<bool>> SaveAsync(Guid importId, IReadOnlyDictionary<int, string> chosen, Actor actor, CancellationToken cancellationToken, string? year = null)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return new NotAllowed(Permission.ManageData);
        if (await ReadAsync(importId, actor, cancellationToken) is not { } asked)
            return new NoSuchImport();
        var (headings, book) = (asked.Headings, ColumnBook.Of(asked.Format));
        var columns = new string?[headings.Max(h => h.Place) + 1];
        foreach (var heading in headings)
            columns[heading.Place] = book.Known(chosen.GetValueOrDefault(heading.Place));
        var map = new ColumnMap(book, [.. headings.Select(h => h.Heading)], columns, []);
        if (map.WhyNot is { } whyNot)
            return whyNot;
        var resultsYear = AcademicYear.Read(year) is { } read && Years.Contains(read) ? read : (AcademicYear?)null;
        if (asked.Format != ImportFormat.Results || !ResultsColumns.NeedYear(columns))
            resultsYear = null;
        else if (resultsYear is null)
            return new YearRefused();
        return await database.ChangeAsync<Result<bool>>(OrganisationScope.Of(organisationId), async db =>
        {
            if (await db.Set<Import>().SingleOrDefaultAsync(i => i.Id == importId && i.State == ImportState.Received && i.Columns == null, cancellationToken) is not { } import)
                return new NoSuchImport();
            import.SetColumns(map.Text, resultsYear);
            var known = await db.Set<ImportHeading>().ToDictionaryAsync(h => h.HeadingKey, cancellationToken);
            foreach (var heading in headings.Where(h => RollColumns.KeyOf(h.Heading).Length > 0).DistinctBy(h => RollColumns.KeyOf(h.Heading)))
                Remember(db, known, organisationId, book.KeyOf(heading.Heading), columns[heading.Place] ?? "");
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }

    /// <summary>Gives up what was read of a table, so that somebody can say anew what its columns are. The file is there still.</summary>
    public Task<Result<bool>> AskAgainAsync(Guid importId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<bool>>(new NotAllowed(Permission.ManageData));
        return database.ChangeManyAsync<Result<bool>>(OrganisationScope.Of(organisationId), async db =>
        {
            if (await db.Set<Import>().SingleOrDefaultAsync(i => i.Id == importId && i.Format != ImportFormat.Ctf, cancellationToken) is not { } import)
                return new NoSuchImport();
            if (import.State != ImportState.Ready)
                return new NotReady(import.State);
            if (!await db.Set<ImportChunk>().AnyAsync(c => c.ImportId == importId, cancellationToken))
                return new FileGone();
            await db.Set<ImportRow>().Where(r => r.ImportId == importId).ExecuteDeleteAsync(cancellationToken);
            import.AskAgain();
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

public sealed record YearRefused() : Refusal("results-year", "Say of which school year the results are. The file does not say it", RefusalKind.Field, "Year");

/// <summary>It was deleted with a pupil who stood in it.</summary>
public sealed record FileGone() : Refusal("file-gone", "The file is not kept any more. Withdraw this import and give the file again", RefusalKind.Refused);
