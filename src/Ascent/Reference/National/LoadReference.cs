using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Reference.National;

/// <summary>One entry a file of which something was new.</summary>
/// <param name="Datasets">What was added or changed, as "2023/24 Revised".</param>
public sealed record ReferenceLoaded(string DatasetKind, string FileSha256, IReadOnlyList<string> Datasets, int Added, int Changed) : AuditEvent("reference-loaded");

/// <summary>There is nothing in the folder that could be loaded.</summary>
public sealed record NoReferenceFiles(string Message) : Refusal("no-reference-files", Message, RefusalKind.NotFound);

/// <param name="Added">Editions that were not there.</param>
/// <param name="Changed">Editions that were there with other figures, and have these now.</param>
/// <param name="LeftOut">Rows about something that no report shows.</param>
/// <param name="Refused">Why nothing of the file was taken; null when it was.</param>
public sealed record ReferenceFileLoad(string Name, NationalKind Kind, int Added, int Changed, int Unchanged, int LeftOut, Refusal? Refused);

/// <param name="PassedOver">Files that no report uses, by name.</param>
public sealed record ReferenceLoad(IReadOnlyList<ReferenceFileLoad> Files, IReadOnlyList<string> PassedOver);

/// <summary>
/// Loads published national figures from the files of a folder, known by their names. Each file is one transaction: all of it, or nothing.
/// The same figures again change nothing; other ones for the same year and status take their place. Nothing is ever loaded from the network.
/// </summary>
public sealed class LoadReference(Database database, TimeProvider clock)
{
    /// <summary>More files than the department publishes; somebody named the wrong folder.</summary>
    private const int MostFiles = 2_000;

    /// <param name="dryRun">Reads and compares everything, and changes nothing.</param>
    public async Task<Result<ReferenceLoad>> ExecuteAsync(DirectoryInfo folder, Actor actor, bool dryRun, CancellationToken cancellationToken)
    {
        if (actor.Kind == ActorKind.Person)
            return new OperatorsOnly();
        if (!folder.Exists)
            return new NoReferenceFiles($"There is no folder {folder.FullName}.");
        var files = folder.EnumerateFiles().Take(MostFiles + 1).OrderBy(f => f.Name, StringComparer.Ordinal).ToArray();
        if (files.Length > MostFiles)
            return new NoReferenceFiles($"There are more than {MostFiles:N0} files in {folder.FullName}.");
        var loads = new List<ReferenceFileLoad>();
        var passedOver = new List<string>();
        foreach (var file in files)
            if (NationalFile.Find(file.Name) is { } layout)
                loads.Add(await LoadAsync(file, layout, actor, dryRun, cancellationToken));
            else
                passedOver.Add(file.Name);
        return loads.Count > 0 ? new ReferenceLoad(loads, passedOver) : new NoReferenceFiles($"None of the {files.Length} files in {folder.FullName} has a name that is known here.");
    }

    private async Task<ReferenceFileLoad> LoadAsync(FileInfo file, NationalFile layout, Actor actor, bool dryRun, CancellationToken cancellationToken)
    {
        var read = Read(file, layout);
        if (!read.Succeeded)
            return new(file.Name, layout.Kind, 0, 0, 0, 0, read.Refusals[0]);
        var counts = dryRun
            ? await database.ReadAsync(OrganisationScope.Server, async db => (await CompareAsync(db, read.Value, cancellationToken)).Counts)
            : await database.ChangeAsync(OrganisationScope.Server, db => SaveAsync(db, file.Name, read.Value, actor, cancellationToken), cancellationToken);
        return new(file.Name, layout.Kind, counts.Added, counts.Changed, counts.Unchanged, read.Value.LeftOut, null);
    }

    private static Result<NationalFileContent> Read(FileInfo file, NationalFile layout)
    {
        if (file.Name.Length > NationalFile.LongestName)
            return new NationalFileRefused("The name of the file is too long.");
        try
        {
            using var stream = file.OpenRead();
            return stream.CanSeek ? layout.Read(file.Name, stream) : new NationalFileRefused("It is no file on a disk.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new NationalFileRefused($"The file cannot be read: {exception.Message}");
        }
    }

    private async Task<Counts> SaveAsync(AppDb db, string name, NationalFileContent file, Actor actor, CancellationToken cancellationToken)
    {
        var compared = await CompareAsync(db, file, cancellationToken);
        if (compared.News.Count == 0)
            return compared.Counts;
        var version = await db.Set<NationalDataset>().MaxAsync(d => (long?)d.Version, cancellationToken) ?? 0;
        foreach (var (read, stored) in compared.News)
        {
            var row = stored ?? new NationalDataset { Id = clock.NewId(), Kind = read.Kind, StartYear = read.Year.StartYear, Status = read.Status, Content = [], FileName = "", FileSha256 = "" };
            (row.Content, row.FileName, row.FileSha256, row.LoadedAt, row.Version) = (read.Content.ToBytes(), name, file.Sha256, clock.Now(), ++version);
            if (stored is null)
                db.Add(row);
        }
        db.AddAudit(clock.Now(), actor, AuditTrail.Server, new ReferenceLoaded(
            $"{file.Kind}", file.Sha256, [.. compared.News.Select(n => $"{n.Read.Year} {n.Read.Status}")], compared.Counts.Added, compared.Counts.Changed));
        await db.SaveChangesAsync(cancellationToken);
        return compared.Counts;
    }

    private static async Task<Comparison> CompareAsync(AppDb db, NationalFileContent file, CancellationToken cancellationToken)
    {
        var stored = await db.Set<NationalDataset>().Where(d => d.Kind == file.Kind).ToDictionaryAsync(d => (d.StartYear, d.Status), cancellationToken);
        var news = new List<(ReadDataset, NationalDataset?)>();
        foreach (var read in file.Datasets)
            if (!stored.TryGetValue((read.Year.StartYear, read.Status), out var row))
                news.Add((read, null));
            else if (!row.Content.AsSpan().SequenceEqual(read.Content.ToBytes()))
                news.Add((read, row));
        var added = news.Count(n => n.Item2 is null);
        return new(news, new(added, news.Count - added, file.Datasets.Count - news.Count));
    }

    private readonly record struct Counts(int Added, int Changed, int Unchanged);

    private sealed record Comparison(IReadOnlyList<(ReadDataset Read, NationalDataset? Stored)> News, Counts Counts);
}
