using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.SchoolData.Imports.Ctf;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <summary>Gives one pupil of a file after the other, in bounded memory. What it reads never throws.</summary>
internal interface IRollReader : IDisposable
{
    /// <summary>Null at the end, or when <see cref="Broken"/>.</summary>
    PupilInFile? Next();

    /// <summary>Why reading ended before the end of the file; null when it did not.</summary>
    Refusal? Broken { get; }
}

internal sealed class CtfRoll(CtfReader reader) : IRollReader
{
    public Refusal? Broken => reader.BrokeOff;

    public PupilInFile? Next() => reader.Next();

    public void Dispose() => reader.Dispose();
}

/// <summary>Which reader a file needs.</summary>
internal static class RollReaders
{
    /// <summary>Looks at the bytes for what the file is, and at its heading for whether it can be taken at all.</summary>
    public static async Task<Result<(ImportFormat Format, ColumnMap? Columns)>> RecogniseAsync(
        ReceiveImportRequest request, Guid organisationId, Database database, IReadOnlyDictionary<string, string> remembered, DateOnly today, CancellationToken cancellationToken)
    {
        var isXml = LooksLikeXml(request.File);
        if (EndsOtherwise(request, isXml))
            return new UploadRefused("The ending of the file’s name says something else than what is in it. Save it anew as XML (a Common Transfer File), XLSX or CSV");
        if (isXml && request.HoldsResults)
            return new UploadRefused("This is a Common Transfer File: it brings pupils together with their results. Say that it holds some pupils, or the whole roll", "Holds");
        if (isXml)
            return await RecogniseCtfAsync(request, organisationId, database, today, cancellationToken);
        var opened = request.HoldsResults ? ResultsTable.OpenTable(request.File) : HeadedTable.Open(request.File, ResultsTable.FewestColumns, RollTable.Columns);
        if (!opened.Succeeded)
            return new UploadRefused(opened.Refusals[0].Message.TrimEnd('.'));
        using var table = opened.Value;
        if (request.HoldsResults || ResultsColumns.AreOf(table.Headings, remembered))
            return (ImportFormat.Results, ResultsColumns.MapOf(table.Headings, remembered, table.ReadRaw(MapColumns.ExampleRows)));
        return table.WhyTooFew(RollTable.FewestColumns, RollTable.Columns) is { } tooFew
            ? new UploadRefused(tooFew.Message.TrimEnd('.'))
            : (ImportFormat.Table, ColumnMap.Of(RollColumns.Book, table.Headings, remembered));
    }

    private static async Task<Result<(ImportFormat Format, ColumnMap? Columns)>> RecogniseCtfAsync(ReceiveImportRequest request, Guid organisationId, Database database, DateOnly today, CancellationToken cancellationToken)
    {
        request.File.Position = 0;
        var opened = CtfReader.Open(request.File, today);
        if (!opened.Succeeded)
            return new UploadRefused(opened.Refusals[0].Message.TrimEnd('.'));
        using var reader = opened.Value;
        // What the school was before it became another counts too: files under way are addressed to that.
        var here = await database.ReadAsync(OrganisationScope.Of(organisationId), db => db.Set<School>().Where(s => (s.Id == organisationId || s.BecameId == organisationId) && s.DfeNumber != null).Select(s => s.DfeNumber!).ToListAsync(cancellationToken));
        var destination = reader.Header.Destination;
        // The header decides; what the file is called is a hint for people.
        return here.Count == 0 || destination.Number is null || here.Exists(number => destination.Number == Digits(number)) || request.TakesAnyDestination
            ? (ImportFormat.Ctf, null)
            : new OtherDestination(destination.Name.Length > 0 ? $"{destination.Name} ({destination.Number})" : $"the school with the number {destination.Number}");
    }

    private static bool EndsOtherwise(ReceiveImportRequest request, bool isXml)
    {
        Span<byte> begin = stackalloc byte[2];
        request.File.Position = 0;
        var isZip = request.File.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == 2 && begin.SequenceEqual("PK"u8);
        request.File.Position = 0;
        return Path.GetExtension(request.FileName).ToUpperInvariant() is { Length: > 0 } ending
            && !(isXml ? ending == ".XML" : isZip ? ending == ".XLSX" : ending is ".CSV" or ".TXT" or ".TSV");
    }

    private static string Digits(string number) => new([.. number.Where(char.IsAsciiDigit)]);

    private static bool LooksLikeXml(Stream file)
    {
        file.Position = 0;
        var begin = new byte[256];
        var read = file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        file.Position = 0;
        // In UTF-16 every other byte is 0.
        var first = begin.AsSpan(0, read).ToArray().FirstOrDefault(b => b is not (0 or 0xef or 0xbb or 0xbf or 0xfe or 0xff or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'));
        return first == (byte)'<';
    }

    public static Result<IRollReader> Open(Import import, Stream file)
    {
        if (import.Format == ImportFormat.Ctf)
        {
            // It was of this year's version when it came: what is checked after the first of September is judged by that day.
            var ctf = CtfReader.Open(file, LondonTime.DateOf(import.ReceivedAt));
            return ctf.Succeeded ? Result.Of<IRollReader>(new CtfRoll(ctf.Value)) : ctf.Refusals[0];
        }
        return import.Format == ImportFormat.Results ? ResultsTable.Open(import, file) : OpenRoll(import, file);
    }

    private static Result<IRollReader> OpenRoll(Import import, Stream file)
    {
        var opened = HeadedTable.Open(file, RollTable.FewestColumns, RollTable.Columns);
        return opened.Succeeded
            ? Result.Of<IRollReader>(new RollTable(opened.Value, [.. ColumnMap.Read(import.Columns!).Select(RollColumns.ByName)]))
            : opened.Refusals[0];
    }
}
