using System.Globalization;
using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Imports;

/// <summary>
/// Compares pupils of a file with the roll as it is: by UPN, then by former UPN, then by legal name and birthday, which a person decides. A
/// bounded number of questions for however many rows.
/// </summary>
internal sealed record CompareRows(Import Import, DateOnly Today)
{
    internal const string NoName = "No name";

    /// <param name="decisions">By row: the pupil whom a person has said it is; <see cref="Guid.Empty"/> for another one.</param>
    public async Task<IReadOnlyList<ComparedRow>> CompareAsync(
        AppDb db, IReadOnlyList<PupilInFile> pupils, IReadOnlyDictionary<int, Guid> decisions, CancellationToken cancellationToken)
    {
        if (Import.Format == ImportFormat.Results)
            return await new CompareResults(Import, Today).CompareAsync(db, pupils, decisions, cancellationToken);
        var roll = await RollPart.LoadAsync(db, pupils, decisions, cancellationToken);
        var others = await OtherRows.LoadAsync(db, Import.Id, pupils, roll, cancellationToken);
        ComparedRow[] rows = [.. pupils.Select(p => Compare(p, roll, others, decisions.TryGetValue(p.Number, out var decided) ? decided : null))];
        await AddMoreAsync(db, pupils, rows, cancellationToken);
        return rows;
    }

    /// <summary>Notes at each row what it brings beside the fields of the pupil.</summary>
    private async Task AddMoreAsync(AppDb db, IReadOnlyList<PupilInFile> pupils, ComparedRow[] rows, CancellationToken cancellationToken)
    {
        var known = rows.Index().Where(r => r.Item is { Pupil: not null, Kind: ImportRowKind.Change or ImportRowKind.Same }).ToArray();
        var different = known.Length == 0 ? new Dictionary<Guid, RecordDifference>()
            : await PupilRecords.CompareAsync(db, Import.OrganisationId, [.. known.Select(r => (r.Item.Pupil!.Id, pupils[r.Index]))], cancellationToken);
        var classes = await ClassesAsync(db, pupils, rows, cancellationToken);
        for (var i = 0; i < rows.Length; i++)
        {
            if (classes.Length > 0 && rows[i].Kind is ImportRowKind.Add or ImportRowKind.Change or ImportRowKind.Same)
                rows[i] = WithClass(rows[i], pupils[i].Class, classes.FirstOrDefault(c => c.PupilId == rows[i].Pupil?.Id)?.Name);
            var difference = rows[i].Kind == ImportRowKind.Add ? PupilRecords.OfNewPupil(pupils[i]) : rows[i].Pupil is { } pupil ? different.GetValueOrDefault(pupil.Id) : null;
            if (difference is { IsNone: false })
                rows[i] = rows[i] with { More = string.Join(", ", ((string?[])[rows[i].More, MoreWords.Of(difference)]).OfType<string>()), Kind = rows[i].Kind == ImportRowKind.Same ? ImportRowKind.Change : rows[i].Kind };
        }
    }

    /// <summary>In which class of registration the pupils are who stand in a row with a class.</summary>
    private async Task<PupilClassNow[]> ClassesAsync(AppDb db, IReadOnlyList<PupilInFile> pupils, ComparedRow[] rows, CancellationToken cancellationToken)
    {
        if (!pupils.Any(p => p.Class is not null))
            return [];
        int? year = AcademicYear.Of(Import.AsAt).StartYear;
        Guid[] ids = [.. rows.Select(r => r.Pupil?.Id).OfType<Guid>()];
        var now = await (from its in db.Set<ClassPupil>() where its.RegistrationYear == year && ids.Contains(its.PupilId) join c in db.Set<SchoolClass>() on its.ClassId equals c.Id select new PupilClassNow(its.PupilId, c.Name)).ToArrayAsync(cancellationToken);
        return [.. now, new PupilClassNow(Guid.Empty, "")];
    }

    private static ComparedRow WithClass(ComparedRow row, string? given, string? now)
    {
        if (given is null || (now is not null && ClassRules.KeyOf(now) == ClassRules.KeyOf(given)))
            return row;
        var name = ClassRules.ReadName(given);
        if (!name.Succeeded)
            return row with { Remarks = [.. row.Remarks, new(false, $"Class “{(given.Length > 60 ? $"{given[..60]}…" : given)}” is not understood", $"{name.Refusals[0].Message}. The pupil is taken without it.")] };
        return row with { ClassName = name.Value, More = now is null ? $"Class {name.Value}" : $"Class {name.Value}, was {now}", Kind = row.Kind == ImportRowKind.Same ? ImportRowKind.Change : row.Kind };
    }

    private ComparedRow Compare(PupilInFile given, RollPart roll, OtherRows others, Guid? decided)
    {
        var name = NameOf(given);
        if (given.Fault is { } fault)
            return new(ImportRowKind.Error, name, null, null, [], [new(true, $"The row cannot be read: {fault}", "Mend it in the file and send the file again.")]);
        var upn = Upn.Read(given.Fields.GetValueOrDefault(PupilField.Upn)).Upn?.Text;
        var (pupil, candidates) = Match(given, upn, roll, decided);
        if (others.WithUpn(upn, given.Number) is { } first)
            return Broken($"UPN {upn} stands in row {first} too", "Two pupils cannot have one UPN. Take out the row that is wrong, or give this pupil the right number.");
        if (pupil is not null && others.WithPupil(pupil.Id, given.Number) is { } earlier)
            return Broken($"Row {earlier} is this pupil already", "Take one of the two rows out of the file.");
        others.Note(given.Number, upn, pupil?.Id);
        var (read, remarks) = Read(given, pupil);
        if (!read.Succeeded)
            return new(ImportRowKind.Error, name, upn, pupil ?? (candidates.Count > 0 ? candidates[0] : null), [], remarks);
        if (pupil is null && candidates.Count > 0 && decided is null)
            return new(ImportRowKind.Decide, name, upn, null, [], [.. candidates.Select(MayBe), .. remarks, .. Warnings(read.Value, null)]) { MayBeId = candidates[0].Id };
        return pupil is null
            ? new(ImportRowKind.Add, name, upn, null, [], [.. remarks, .. Warnings(read.Value, null)])
            : Changed(name, pupil, read.Value, remarks);

        ComparedRow Broken(string what, string mend) => new(ImportRowKind.Error, name, upn, pupil, [], [new(true, what, mend)]);
    }

    private ComparedRow Changed(string name, Pupil pupil, PupilDetails details, IReadOnlyList<ImportRemark> remarks)
    {
        var now = pupil.Details;
        FieldChange[] changes = [.. now.DifferenceTo(details).Select(f => new FieldChange(f, now.TextOf(f), details.TextOf(f), pupil.IsTypedByHand(f)))];
        var readmits = pupil.LeftOn < Import.AsAt;
        var kind = changes.Length > 0 || readmits ? ImportRowKind.Change : ImportRowKind.Same;
        return new(kind, name, details.Upn ?? pupil.Upn, pupil, changes, [.. remarks, .. Warnings(details, pupil)], readmits);
    }

    /// <summary>The pupil whom the numbers name; without one, those whom the row may be.</summary>
    internal static (Pupil? Pupil, IReadOnlyList<Pupil> Candidates) Match(PupilInFile given, string? upn, RollPart roll, Guid? decided)
    {
        if (decided is { } said)
            return (roll.ById(said), []);
        var byNumber = roll.ByUpn(upn) ?? roll.ByFormerUpn(upn)
            ?? given.FormerUpns.Select(f => Upn.Read(f).Upn?.Text).Select(f => roll.ByUpn(f) ?? roll.ByFormerUpn(f)).FirstOrDefault(p => p is not null);
        return byNumber is not null ? (byNumber, []) : (null, roll.ByNameAndBirthday(given));
    }

    /// <summary>
    /// The pupil as the file makes it. A characteristic or a ULN that is not understood costs that field and not the pupil: it stays as it is,
    /// and a warning says so.
    /// </summary>
    /// <returns>The details, or the errors of the row; warnings with either.</returns>
    public (Result<PupilDetails> Read, IReadOnlyList<ImportRemark> Remarks) Read(PupilInFile given, Pupil? pupil)
    {
        var merged = Merge(given, pupil);
        var read = PupilDetails.Read(new(merged, Today));
        if (read.Succeeded)
            return (read, []);
        PupilFieldRefusal[] soft = [.. read.Refusals.OfType<PupilFieldRefusal>().Where(r => r.PupilField == PupilField.Uln || PupilCharacteristics.Fields.Contains(r.PupilField))];
        if (soft.Length < read.Refusals.Count)
            return (read, [.. read.Refusals.Select(r => Remark(r, merged, isError: true))]);
        ImportRemark[] warnings = [.. soft.Select(r => Remark(r, merged, isError: false))];
        foreach (var refusal in soft)
            merged[refusal.PupilField] = pupil?.Details.TextOf(refusal.PupilField);
        return (PupilDetails.Read(new(merged, Today)), warnings);
    }

    /// <summary>What the file says, over what is there. An empty cell changes nothing, and no reason takes a UPN away.</summary>
    private Dictionary<PupilField, string?> Merge(PupilInFile given, Pupil? pupil)
    {
        var merged = new Dictionary<PupilField, string?>();
        if (pupil is not null)
            foreach (var field in Enum.GetValues<PupilField>())
                merged[field] = pupil.Details.TextOf(field);
        else
            merged[PupilField.EnrolledOn] = Import.AsAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var (field, text) in given.Fields)
            if (!string.IsNullOrWhiteSpace(text) && !(field == PupilField.Upn && pupil?.Upn is not null && Upn.IsReason(text)))
                merged[field] = text;
        return merged;
    }

    private IEnumerable<ImportRemark> Warnings(PupilDetails details, Pupil? pupil)
    {
        if (NcYear.ByAge(details.BornOn, AcademicYear.Of(Import.AsAt)) is { } byAge && byAge != details.Year && (pupil is null || pupil.NcYearNumber != details.Year.Number || pupil.BornOn != details.BornOn))
            yield return new(false, $"{details.Year}; the date of birth says {byAge}", "The year group of the file stands. Correct it here if it is wrong.");
        if (pupil is null && details.Upn is null)
            yield return new(false, details.UpnReason is { } reason ? $"No UPN: {Upn.ReasonInWords(reason)}" : "No UPN in the file", "Results can be matched by a UPN only. Give it when it is known.");
        if (details.Upn is [.., >= 'A' and <= 'Z'] && pupil?.Upn != details.Upn)
            yield return new(false, "A temporary UPN", "Put the permanent one in its place when it is known; this one is then kept as a former one.");
    }

    internal static ImportRemark MayBe(Pupil candidate) => new(false,
        $"May be {candidate.Surname}, {candidate.Forename}, born {InWords.Date(candidate.BornOn)}, {(candidate.Upn is { } upn ? $"UPN {upn}" : "without a UPN")}, {(candidate.LeftOn is { } left ? $"left on {InWords.Date(left)}" : "on the roll")}",
        "Say whether it is the same child.");

    private static ImportRemark Remark(Refusal refusal, Dictionary<PupilField, string?> merged, bool isError)
    {
        if (refusal is not PupilFieldRefusal field)
            return new(isError, refusal.Message, "Mend it in the file and send the file again.");
        var given = PlainText.Tidy(merged.GetValueOrDefault(field.PupilField));
        var what = InWords.Capital(PupilWords.Of(field.PupilField));
        return new(isError, given.Length == 0 ? $"{what}: the file has none" : $"{what}: “{(given.Length > 60 ? $"{given[..60]}…" : given)}”{(isError ? "" : " is not understood")}", isError ? $"{field.Message}." : $"{field.Message}. The pupil is taken without it.");
    }

    internal static string NameOf(PupilInFile given)
    {
        var (surname, forename) = (PlainText.Tidy(given.Fields.GetValueOrDefault(PupilField.Surname)), PlainText.Tidy(given.Fields.GetValueOrDefault(PupilField.Forename)));
        var name = string.Join(", ", ((string[])[surname, forename]).Where(n => n.Length > 0));
        name = new string([.. name.Where(c => !char.IsControl(c))]);
        return name.Length == 0 ? NoName : name;
    }
}

internal sealed record PupilClassNow(Guid PupilId, string Name);

/// <summary>The pupils of the roll with whom some rows of a file can have to do.</summary>
internal sealed class RollPart
{
    private readonly Dictionary<string, Pupil> byUpn = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Pupil> byFormer = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Pupil> byId = [];
    private ILookup<DateOnly, Pupil> byBirthday = Array.Empty<Pupil>().ToLookup(p => p.BornOn);

    public IEnumerable<Guid> Ids => byId.Keys;

    public Pupil? ById(Guid id) => byId.GetValueOrDefault(id);

    public Pupil? ByUpn(string? upn) => upn is null ? null : byUpn.GetValueOrDefault(upn);

    public Pupil? ByFormerUpn(string? upn) => upn is null ? null : byFormer.GetValueOrDefault(upn);

    /// <summary>Legal surname and forename, without accents and capitals, and the day of birth.</summary>
    public IReadOnlyList<Pupil> ByNameAndBirthday(PupilInFile given)
    {
        if (DayText.Read(PlainText.Tidy(given.Fields.GetValueOrDefault(PupilField.BornOn))) is not { } born)
            return [];
        var name = Key(given.Fields.GetValueOrDefault(PupilField.Surname), given.Fields.GetValueOrDefault(PupilField.Forename));
        return [.. byBirthday[born].Where(p => Key(p.Surname, p.Forename) == name)];
    }

    public static async Task<RollPart> LoadAsync(AppDb db, IReadOnlyList<PupilInFile> rows, IReadOnlyDictionary<int, Guid> decisions, CancellationToken cancellationToken)
    {
        var part = new RollPart();
        string[] upns = [.. rows.SelectMany(r => (string?[])[r.Fields.GetValueOrDefault(PupilField.Upn), .. r.FormerUpns]).Select(u => Upn.Read(u).Upn?.Text).OfType<string>().Distinct()];
        foreach (var pupil in await db.Pupils().AsNoTracking().Where(p => upns.Contains(p.Upn)).ToListAsync(cancellationToken))
            part.Keep(pupil);
        var former = await (from old in db.Set<FormerUpn>().AsNoTracking() where upns.Contains(old.Upn) join pupil in db.Pupils().AsNoTracking() on old.PupilId equals pupil.Id select new { old.Upn, pupil })
            .ToListAsync(cancellationToken);
        foreach (var found in former)
            part.byFormer.TryAdd(found.Upn, part.Keep(found.pupil));
        Guid[] decided = [.. decisions.Values.Where(id => id != Guid.Empty && !part.byId.ContainsKey(id))];
        if (decided.Length > 0)
            foreach (var pupil in await db.Pupils().AsNoTracking().Where(p => decided.Contains(p.Id)).ToListAsync(cancellationToken))
                part.Keep(pupil);
        DateOnly[] birthdays =
        [
            .. rows.Where(r => part.ByNumbers(r) is null).Select(r => DayText.Read(PlainText.Tidy(r.Fields.GetValueOrDefault(PupilField.BornOn)))).OfType<DateOnly>().Distinct(),
        ];
        if (birthdays.Length > 0)
            part.byBirthday = (await db.Pupils().AsNoTracking().Where(p => birthdays.Contains(p.BornOn)).ToListAsync(cancellationToken)).Select(part.Keep).ToLookup(p => p.BornOn);
        return part;
    }

    private Pupil? ByNumbers(PupilInFile row)
    {
        var upn = Upn.Read(row.Fields.GetValueOrDefault(PupilField.Upn)).Upn?.Text;
        return ByUpn(upn) ?? ByFormerUpn(upn);
    }

    private Pupil Keep(Pupil pupil)
    {
        if (byId.TryGetValue(pupil.Id, out var known))
            return known;
        byId[pupil.Id] = pupil;
        if (pupil.Upn is { } upn)
            byUpn[upn] = pupil;
        return pupil;
    }

    private static (string, string) Key(string? surname, string? forename) => (PlainText.SearchKey(PlainText.Tidy(surname)), PlainText.SearchKey(PlainText.Tidy(forename)));
}

/// <summary>Which row of the import has a UPN or a pupil already.</summary>
internal sealed class OtherRows
{
    private readonly Dictionary<string, int> byUpn = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, int> byPupil = [];

    public int? WithUpn(string? upn, int number) => upn is not null && byUpn.TryGetValue(upn, out var other) && other != number ? other : null;

    public int? WithPupil(Guid pupilId, int number) => byPupil.TryGetValue(pupilId, out var other) && other != number ? other : null;

    public void Note(int number, string? upn, Guid? pupilId)
    {
        if (upn is not null)
            byUpn.TryAdd(upn, number);
        if (pupilId is { } id)
            byPupil.TryAdd(id, number);
    }

    public static async Task<OtherRows> LoadAsync(AppDb db, Guid importId, IReadOnlyList<PupilInFile> rows, RollPart roll, CancellationToken cancellationToken)
    {
        var others = new OtherRows();
        var own = rows.Select(r => r.Number).ToHashSet();
        string[] upns = [.. rows.Select(r => Upn.Read(r.Fields.GetValueOrDefault(PupilField.Upn)).Upn?.Text).OfType<string>().Distinct()];
        Guid[] pupils = [.. roll.Ids];
        // Two questions that ask for nothing else, so that each finds its rows by its own index and not by going through the import.
        var rest = db.Set<ImportRow>().AsNoTracking().Where(r => r.ImportId == importId);
        var found = await rest.Where(r => upns.Contains(r.Upn)).Select(r => new { r.Number, r.Kind, r.Upn, r.PupilId }).ToListAsync(cancellationToken);
        if (pupils.Length > 0)
            found.AddRange(await rest.Where(r => r.PupilId != null && pupils.Contains(r.PupilId.Value)).Select(r => new { r.Number, r.Kind, r.Upn, r.PupilId }).ToListAsync(cancellationToken));
        foreach (var row in found.Where(r => r.Number > 0 && r.Kind != ImportRowKind.Error && !own.Contains(r.Number)))
            others.Note(row.Number, row.Upn, row.PupilId);
        return others;
    }
}
