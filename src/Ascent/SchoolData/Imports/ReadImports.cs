using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <param name="NewResults">Of a file of results, in the rows that are in; those that have another value here are <paramref name="OtherResults"/>.</param>
public sealed record ImportCounts(int Added, int Changed, int Removed, int Same, int Errors, int Waiting, int LeftOut, int WithoutEffect, int NewResults = 0, int OtherResults = 0)
{
    public int ToDo => Added + Changed + Removed;
}

/// <param name="By">Null for the command line, and for somebody who is not here any more.</param>
/// <param name="CanUndo">It is the latest that was confirmed.</param>
public sealed record ImportSummary(
    Guid Id, string FileName, ImportFormat Format, ImportState State, string? WhyRefused, bool IsWholeRoll, DateOnly AsAt, long Size, bool NeedsColumns, int CheckedRows, int? EstimatedRows,
    string? By, DateTime ReceivedAt, string? ConfirmedBy, DateTime? ConfirmedAt, int Version)
{
    public bool CanUndo { get; init; }

    /// <summary>Of all its results; null where each says its own.</summary>
    public AcademicYear? YearOfResults { get; init; }

    /// <summary>What is wrong with whole columns of results.</summary>
    public IReadOnlyList<ColumnFault> ColumnFaults { get; init; } = [];

    /// <summary>Since when some of its rows are gone, so that it cannot be undone; null while all are there.</summary>
    public DateTime? RowsGoneAt { get; init; }

    public bool IsOpen => State is ImportState.Received or ImportState.Checking or ImportState.Ready or ImportState.PartlyProcessed;

    public bool CanWithdraw => State is ImportState.Received or ImportState.Checking or ImportState.Ready;
}

public sealed record ImportsPage(IReadOnlyList<(ImportSummary Import, ImportCounts Counts)> Rows, string? Next, bool IsFirst);

/// <summary>What imports there were at a school, newest first, and one of them.</summary>
public sealed class ReadImports(Database database)
{
    private const int PageSize = 20;

    public Task<ImportsPage> ListAsync(Actor actor, string? after, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var place = PageKey.Read(after);
            var imports = db.Set<Import>().AsQueryable();
            if (place is { } p)
                imports = imports.Where(i => i.ReceivedAt < p.At || (i.ReceivedAt == p.At && i.Id.CompareTo(p.Id) < 0));
            var found = await imports.OrderByDescending(i => i.ReceivedAt).ThenByDescending(i => i.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
            var shown = found.Take(PageSize).ToArray();
            var counts = await CountAsync(db, [.. shown.Select(i => i.Id)], cancellationToken);
            var summaries = await DescribeAsync(db, shown, cancellationToken);
            var next = found.Count > PageSize ? new PageKey(shown[^1].ReceivedAt, shown[^1].Id).ToString() : null;
            return new ImportsPage([.. summaries.Select(s => (s, counts.GetValueOrDefault(s.Id, new(0, 0, 0, 0, 0, 0, 0, 0))))], next, place is null);
        });

    /// <returns>Null when there is none of this school.</returns>
    public Task<(ImportSummary Import, ImportCounts Counts)?> FindAsync(Guid importId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            if (await db.Set<Import>().SingleOrDefaultAsync(i => i.Id == importId, cancellationToken) is not { } import)
                return ((ImportSummary, ImportCounts)?)null;
            var counts = await CountAsync(db, [importId], cancellationToken);
            return ((await DescribeAsync(db, [import], cancellationToken))[0], counts.GetValueOrDefault(importId, new(0, 0, 0, 0, 0, 0, 0, 0)));
        });

    private static async Task<IReadOnlyList<ImportSummary>> DescribeAsync(AppDb db, IReadOnlyList<Import> imports, CancellationToken cancellationToken)
    {
        Guid?[] people = [.. imports.SelectMany(i => (Guid?[])[i.ReceivedById, i.ConfirmedById]).Where(p => p is not null).Distinct()];
        var names = (await db.Named().Where(m => people.Contains(m.AccountId)).Select(m => new { m.AccountId, Name = m.Forename + " " + m.Surname }).ToListAsync(cancellationToken))
            .DistinctBy(n => n.AccountId).ToDictionary(n => n.AccountId, n => n.Name);
        var latest = await db.Set<Import>().Where(i => i.State == ImportState.Confirmed || i.State == ImportState.PartlyProcessed).OrderByDescending(i => i.ConfirmedAt).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(cancellationToken);
        return [.. imports.Select(i => new ImportSummary(
            i.Id, i.FileName, i.Format, i.State, i.WhyRefused, i.IsWholeRoll, i.AsAt, i.Size, i.State == ImportState.Received && i.Format != ImportFormat.Ctf && i.Columns is null, i.CheckedRows, i.EstimatedRows,
            NameOf(i.ReceivedById), i.ReceivedAt, NameOf(i.ConfirmedById), i.ConfirmedAt, i.Version) { CanUndo = i.Id == latest && i.RowsGoneAt is null, RowsGoneAt = i.RowsGoneAt, YearOfResults = i.YearOfResults, ColumnFaults = i.ReadFaults() })];

        string? NameOf(Guid? id) => id is { } known ? names.GetValueOrDefault(known) : null;
    }

    private static async Task<IReadOnlyDictionary<Guid, ImportCounts>> CountAsync(AppDb db, Guid[] imports, CancellationToken cancellationToken)
    {
        var groups = await db.Set<ImportRow>().Where(r => imports.Contains(r.ImportId)).GroupBy(r => new { r.ImportId, r.Kind, r.IsLeftOut, r.HasEffect })
            .Select(g => new { g.Key.ImportId, g.Key.Kind, g.Key.IsLeftOut, g.Key.HasEffect, Count = g.Count(), New = g.Sum(r => r.NewResults), Other = g.Sum(r => r.OtherResults) }).ToListAsync(cancellationToken);
        return groups.GroupBy(g => g.ImportId).ToDictionary(g => g.Key, g =>
        {
            int Of(ImportRowKind kind) => g.Where(x => x.Kind == kind && !x.IsLeftOut && (x.HasEffect || kind is ImportRowKind.Error or ImportRowKind.Same or ImportRowKind.Decide)).Sum(x => x.Count);
            return new ImportCounts(Of(ImportRowKind.Add), Of(ImportRowKind.Change), Of(ImportRowKind.Remove), Of(ImportRowKind.Same), Of(ImportRowKind.Error), Of(ImportRowKind.Decide),
                g.Where(x => x.IsLeftOut).Sum(x => x.Count), g.Where(x => x.Kind == ImportRowKind.Change && !x.IsLeftOut && !x.HasEffect).Sum(x => x.Count),
                g.Where(x => !x.IsLeftOut).Sum(x => x.New), g.Where(x => !x.IsLeftOut).Sum(x => x.Other));
        });
    }
}

public enum RowFilter
{
    TypedByHand,
    Warnings,
    Anew,
    LeftOut,
}

/// <param name="After">Goes on after this row.</param>
public sealed record ImportRowsQuery(ImportRowKind Kind, string? Search = null, RowFilter? Filter = null, int? After = null);

/// <param name="Position">Whether it is in what Confirm does.</param>
public sealed record ReviewedRow(
    int Number, ImportRowKind Kind, string Name, string? Upn, IReadOnlyList<FieldChange> Changes, IReadOnlyList<ImportRemark> Remarks, bool IsLeftOut, IReadOnlyList<Pupils.PupilField> Taken,
    bool Readmits, bool IsAnew, bool IsApplied, bool HasChoice, bool IsDecided, Guid? PupilId, string? More, PupilInFile? Given, IReadOnlyList<ResultChange> Results);

/// <param name="Total">Of the group, whatever was searched for.</param>
public sealed record ImportRowsPage(IReadOnlyList<ReviewedRow> Rows, int? Next, bool IsFirst, int Found, int WithTypedByHand, int WithWarnings, int Anew);

/// <summary>The rows of one group of a review, a page at a time.</summary>
public sealed class ListImportRows(Database database)
{
    public const int PageSize = 25;

    public Task<ImportRowsPage> ExecuteAsync(Guid importId, ImportRowsQuery asked, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var group = db.Set<ImportRow>().Where(r => r.ImportId == importId && r.Kind == asked.Kind);
            var found = Filter(group, asked);
            // Pupils who are not in the file have numbers below 0, in the order of their names.
            var isLeavers = asked.Kind == ImportRowKind.Remove;
            var after = asked.After is not { } place ? found : isLeavers ? found.Where(r => r.Number < place) : found.Where(r => r.Number > place);
            var rows = await (isLeavers ? after.OrderByDescending(r => r.Number) : after.OrderBy(r => r.Number)).Take(PageSize + 1).ToListAsync(cancellationToken);
            return new ImportRowsPage(
                [.. rows.Take(PageSize).Select(Describe)], rows.Count > PageSize ? rows[PageSize - 1].Number : null, asked.After is null, await found.CountAsync(cancellationToken),
                await group.CountAsync(r => r.HasTypedByHand, cancellationToken), await group.CountAsync(r => r.HasWarning, cancellationToken), await group.CountAsync(r => r.IsAnew, cancellationToken));
        });

    /// <summary>All rows of a group, one after the other, as they are written into a file.</summary>
    public async IAsyncEnumerable<ReviewedRow> AllAsync(Guid importId, ImportRowKind kind, Actor actor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int? after = null; ;)
        {
            var page = await ExecuteAsync(importId, new(kind, After: after), actor, cancellationToken);
            foreach (var row in page.Rows)
                yield return row;
            if (page.Next is not { } next)
                yield break;
            after = next;
        }
    }

    private static IQueryable<ImportRow> Filter(IQueryable<ImportRow> rows, ImportRowsQuery asked)
    {
        if (Shared.Text.PlainText.SearchKey(asked.Search ?? "", 200).Replace('\0', '\ufffd') is { Length: > 0 } from)
        {
            var (to, upn) = (from + "\U0010ffff", from.ToUpperInvariant());
            var upnTo = upn + "\U0010ffff";
            rows = rows.Where(r => (r.NameKey.CompareTo(from) >= 0 && r.NameKey.CompareTo(to) < 0) || (r.Upn!.CompareTo(upn) >= 0 && r.Upn.CompareTo(upnTo) < 0));
        }
        return asked.Filter switch
        {
            RowFilter.TypedByHand => rows.Where(r => r.HasTypedByHand),
            RowFilter.Warnings => rows.Where(r => r.HasWarning),
            RowFilter.Anew => rows.Where(r => r.IsAnew),
            RowFilter.LeftOut => rows.Where(r => r.IsLeftOut),
            _ => rows,
        };
    }

    private static ReviewedRow Describe(ImportRow row) => new(
        row.Number, row.Kind, row.Name, row.Upn, row.ReadChanges(), row.ReadRemarks(), row.IsLeftOut, [.. Enum.GetValues<Pupils.PupilField>().Where(row.Takes)],
        row.Readmits, row.IsAnew, row.IsApplied, row.MayBeId is not null, row.IsDecided, row.PupilId, row.More, row.ReadGiven(), row.ReadResults());
}
