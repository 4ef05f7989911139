using Ascent.Persistence;
using Ascent.Reference;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <summary>
/// Compares results of a file with those that are here. The pupil is found as in files of pupils, leavers included; nobody is added and no field
/// of a pupil is touched. A pupil may stand in many rows, each result in one.
/// </summary>
internal sealed record CompareResults(Import Import, DateOnly Today)
{
    private readonly IReadOnlyList<ColumnFault> faults = Import.ReadFaults();

    /// <inheritdoc cref="CompareRows.CompareAsync"/>
    public async Task<IReadOnlyList<ComparedRow>> CompareAsync(AppDb db, IReadOnlyList<PupilInFile> rows, IReadOnlyDictionary<int, Guid> decisions, CancellationToken cancellationToken)
    {
        var roll = await RollPart.LoadAsync(db, rows, decisions, cancellationToken);
        Found[] found = [.. rows.Select(r => FindPupil(r, roll, decisions.TryGetValue(r.Number, out var decided) ? decided : null))];
        Guid[] pupils = [.. found.Select(f => f.Pupil?.Id).OfType<Guid>().Distinct()];
        var elsewhere = await ResultsOfOtherRows.LoadAsync(db, Import.Id, rows, pupils, cancellationToken);
        var here = await PupilRecords.ReadResultsAsync(db, Import.OrganisationId, pupils, cancellationToken);
        return [.. rows.Zip(found).Select(r => r.Second.Row ?? Compare(r.First, r.Second, elsewhere, here))];
    }

    /// <param name="Row">What becomes of the row, where its pupil alone decides that.</param>
    private sealed record Found(Pupil? Pupil, string Name, string? Upn, ComparedRow? Row);

    private static Found FindPupil(PupilInFile given, RollPart roll, Guid? decided)
    {
        var name = CompareRows.NameOf(given);
        if (given.Fault is { } fault)
            return Broken(null, name, null, $"The row cannot be read: {fault}", "Mend it in the file and send the file again.");
        var typed = given.Fields.GetValueOrDefault(PupilField.Upn);
        var upn = Upn.Read(typed).Upn?.Text;
        var (pupil, candidates) = CompareRows.Match(given, upn, roll, decided);
        if (pupil is not null)
            return new(pupil, name == CompareRows.NoName ? $"{pupil.Surname}, {pupil.Forename}" : name, pupil.Upn, null);
        if (decided is not null)
            return Broken(null, name, upn, "You said that it is somebody else, and nobody else on the roll fits", "A file of results adds nobody. If that is wrong, say that it is the same child.");
        if (candidates.Count > 0)
            return new(null, name, upn, new(ImportRowKind.Decide, name, upn, null, [], [.. candidates.Select(CompareRows.MayBe)]) { MayBeId = candidates[0].Id });
        var who = upn is not null ? $"UPN {upn}" : typed is not null && !Upn.IsReason(typed) ? $"UPN “{ResultsTable.Short(typed)}”" : "Nobody of this name and birthday";
        return upn is null && typed is not null && !Upn.IsReason(typed)
            ? Broken(null, name, null, $"{who} is no UPN", "Mend it in the file, or give surname, forename and date of birth, and send the file again.")
            : Broken(null, name, upn, $"{who} is not on the roll, and nobody who left fits", "Mend the row in the file, or add the pupil by a file of pupils first; then send this file again. A file of results adds nobody.");
    }

    private static Found Broken(Pupil? pupil, string name, string? upn, string what, string mend) =>
        new(pupil, name, upn, new(ImportRowKind.Error, name, upn, pupil, [], [new(true, what, mend)]));

    private ComparedRow Compare(PupilInFile given, Found found, ResultsOfOtherRows elsewhere, IReadOnlyDictionary<(Guid, ResultKey), string> here)
    {
        var pupil = found.Pupil!;
        var remarks = new List<ImportRemark>(given.Remarks);
        if (elsewhere.HasTooMany(pupil.Id))
            remarks.Add(new(true, $"The pupil stands in more than {ResultsOfOtherRows.MostRows} rows", "Perhaps all rows have one UPN. Mend it in the file and send the file again."));
        foreach (var future in given.Results.Where(r => r.Year > AcademicYear.Of(Today)).Select(r => r.Year).Distinct())
            remarks.Add(new(true, $"School year {future} has not begun", "Write the school year in which it was assessed."));
        var changes = new List<ResultChange>();
        foreach (var result in given.Results)
        {
            if (elsewhere.FindBefore(pupil.Id, ResultKey.Of(result), given.Number) is var (row, value))
                remarks.Add(value == result.Value
                    ? new(false, $"{ResultWords.Of(result)} stands in row {row} too, with the same value", "It is taken once.")
                    : new(true, $"{ResultWords.Of(result)} is “{result.Value}” here, and “{value}” in row {row}", "Take out of the file what does not count, and send it again."));
            else if (!here.TryGetValue((pupil.Id, ResultKey.Of(result)), out var before) || before != result.Value)
                changes.Add(new(result, before));
        }
        remarks.AddRange(NotUnderstood(given));
        if (NameDiffers(given, pupil))
            remarks.Add(new(false, $"The pupil with this UPN is {pupil.Surname}, {pupil.Forename} on the roll", "If whole columns have moved against each other, withdraw the import and mend the file."));
        if (remarks.Any(r => r.IsError))
            return new(ImportRowKind.Error, found.Name, found.Upn, pupil, [], remarks);
        elsewhere.Note(pupil.Id, given);
        return new(changes.Count > 0 ? ImportRowKind.Change : ImportRowKind.Same, found.Name, found.Upn, pupil, [], remarks,
            More: changes.Count > 0 ? MoreWords.Of(new(new(changes.Count(c => c.Before is null), changes.Count(c => c.Before is not null)), default, default)) : null)
        { Results = changes };
    }

    /// <summary>Values that are in no list of their assessment and year; those of a column that is wrong as a whole are told there.</summary>
    private IEnumerable<ImportRemark> NotUnderstood(PupilInFile given) =>
        given.Results.Where(r => ResultCodes.Read(r.Assessment, r.Year, r.Value).Kind == ResultKind.NotUnderstood && !faults.Any(f => f.IsOf(r)))
            .Select(r => new ImportRemark(false, $"{ResultWords.Of(r)}: “{r.Value}” is not understood", $"It is kept as it came, and counts as nothing. {ResultWords.WhatIsUnderstood(r.Assessment, r.Year)}"));

    private static bool NameDiffers(PupilInFile given, Pupil pupil)
    {
        string Key(PupilField field) => PlainText.SearchKey(PlainText.Tidy(given.Fields.GetValueOrDefault(field)));
        bool Is(string key, params string?[] names) => key.Length == 0 || names.OfType<string>().Any(n => PlainText.SearchKey(n) == key);
        return !Is(Key(PupilField.Surname), pupil.Surname, pupil.PreferredSurname) && !Is(Key(PupilField.Forename), pupil.Forename, pupil.PreferredForename);
    }
}

/// <summary>
/// Results of some pupils that stand in other rows of the same file. Of two rows with one result the first has it, in whatever order they are
/// compared.
/// </summary>
internal sealed class ResultsOfOtherRows
{
    /// <summary>Of one pupil; a child has some eighty results by the end of school.</summary>
    public const int MostRows = 200;

    private readonly Dictionary<(Guid, ResultKey), (int Row, string Value)> results = [];
    private readonly Dictionary<Guid, int> rows = [];

    public bool HasTooMany(Guid pupilId) => rows.GetValueOrDefault(pupilId) >= MostRows;

    public (int Row, string Value)? FindBefore(Guid pupilId, ResultKey key, int number) =>
        results.TryGetValue((pupilId, key), out var other) && other.Row < number ? other : null;

    public void Note(Guid pupilId, PupilInFile row)
    {
        rows[pupilId] = rows.GetValueOrDefault(pupilId) + 1;
        foreach (var result in row.Results)
            if (!results.TryGetValue((pupilId, ResultKey.Of(result)), out var first) || first.Row > row.Number)
                results[(pupilId, ResultKey.Of(result))] = (row.Number, result.Value);
    }

    public static async Task<ResultsOfOtherRows> LoadAsync(AppDb db, Guid importId, IReadOnlyList<PupilInFile> own, Guid[] pupils, CancellationToken cancellationToken)
    {
        var others = new ResultsOfOtherRows();
        var numbers = own.Select(r => r.Number).ToHashSet();
        // Asked for by pupil alone, so that the database finds them by their index and does not go through the import.
        var rows = await db.Set<ImportRow>().AsNoTracking().Where(r => r.ImportId == importId && r.PupilId != null && pupils.Contains(r.PupilId.Value))
            .Select(r => new { r.Number, r.Kind, r.PupilId, r.Given }).ToListAsync(cancellationToken);
        foreach (var row in rows.Where(r => r.Kind != ImportRowKind.Error && !numbers.Contains(r.Number)))
            others.Note(row.PupilId!.Value, ImportRow.ReadGiven(row.Given)!);
        return others;
    }
}
