using Ascent.Persistence;
using Ascent.Shared;

namespace Ascent.SchoolData.Imports;

/// <summary>Gives one pupil of a file after the other, in bounded memory. What it reads never throws.</summary>
internal interface IRollReader : IDisposable
{
    /// <summary>Null at the end, or when <see cref="Broken"/>.</summary>
    PupilInFile? Next();

    /// <summary>Why reading ended before the end of the file; null when it did not.</summary>
    Refusal? Broken { get; }
}

internal sealed class TableReader(RollTable table) : IRollReader
{
    public Refusal? Broken => table.Broken;

    public PupilInFile? Next() => table.Next();

    public void Dispose() => table.Dispose();
}

internal static class RollReaders
{
    /// <summary>Looks at the bytes for what the file is, and at its heading for whether it can be taken at all.</summary>
    public static async Task<Result<(ImportFormat Format, ColumnMap? Columns)>> RecogniseAsync(
        ReceiveImportRequest request, Guid organisationId, Database database, IReadOnlyDictionary<string, string> remembered, DateOnly today, CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var opened = RollTable.Open(request.File);
        if (!opened.Succeeded)
            return new UploadRefused(opened.Refusals[0].Message.TrimEnd('.'));
        using var table = opened.Value;
        return (ImportFormat.Table, ColumnMap.Of(table.Headings, remembered));
    }

    public static Result<IRollReader> Open(Import import, Stream file, DateOnly today)
    {
        var opened = RollTable.Open(file);
        if (!opened.Succeeded)
            return opened.Refusals[0];
        opened.Value.Take(ColumnMap.Read(import.Columns!));
        return Result.Of<IRollReader>(new TableReader(opened.Value));
    }
}
