using System.Text.Json;
using System.Text.Json.Serialization;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SchoolData.Imports;

public enum ImportRowKind
{
    /// <summary>Cannot be taken as it is; stays out.</summary>
    Error,

    /// <summary>May be a pupil who is here under another number: somebody has to say.</summary>
    Decide,

    Change,
    Add,

    /// <summary>On the roll, and not in a file of the whole roll.</summary>
    Remove,

    Same,
}

/// <param name="ByHand">Somebody has typed what is there now: it is kept unless it is ticked.</param>
public sealed record FieldChange(PupilField Field, string Before, string After, bool ByHand);

/// <param name="File">What the file says.</param>
/// <param name="Before">The value that is here now; null for none.</param>
public sealed record ResultChange(ResultInFile File, string? Before);

/// <param name="IsError">The row stays out because of it; otherwise it is a warning.</param>
/// <param name="What">What is wrong, with what the file says.</param>
/// <param name="Mend">What to do.</param>
public sealed record ImportRemark(bool IsError, string What, string Mend);

/// <summary>What a pupil was before an import changed it, so that it can be given back.</summary>
/// <param name="Fields">As text; null when the import has made the pupil.</param>
internal sealed record PupilBefore(IReadOnlyDictionary<PupilField, string>? Fields, long TypedByHandBits, DateOnly? LeftOn, IReadOnlyList<string> NewFormerUpns);

/// <summary>One pupil of a file, and what it would do to the roll.</summary>
public sealed class ImportRow : IOrganisationOwned
{
    internal const int LongestName = 300;

    public Guid OrganisationId { get; init; }

    public Guid ImportId { get; init; }

    /// <summary>Of the row in the file; below 0 for a pupil who is not in it.</summary>
    public int Number { get; init; }

    public ImportRowKind Kind { get; private set; }

    /// <summary>The pupil of the roll, where there is one.</summary>
    public Guid? PupilId { get; private set; }

    /// <summary>Of the pupil as it was compared: confirming changes no other state of it.</summary>
    public int PupilVersion { get; private set; }

    /// <summary>As people read it: surname, forename.</summary>
    public string Name { get; private set; } = "";

    public string NameKey { get; private set; } = "";

    /// <summary>The sound UPN of the row, or the one that the pupil has.</summary>
    public string? Upn { get; private set; }

    /// <summary>What the file says: a <see cref="PupilInFile"/> as JSON; empty for a pupil who is not in it.</summary>
    public string Given { get; init; } = "";

    /// <summary>JSON of <see cref="FieldChange"/>s.</summary>
    public string Changes { get; private set; } = "[]";

    /// <summary>JSON of <see cref="ResultChange"/>s, in a file of results; empty for none.</summary>
    public string Results { get; private set; } = "";

    public int NewResults { get; private set; }

    /// <summary>Results that are here with another value.</summary>
    public int OtherResults { get; private set; }

    /// <summary>JSON of <see cref="ImportRemark"/>s.</summary>
    public string Remarks { get; private set; } = "[]";

    public bool HasWarning { get; private set; }

    public bool HasTypedByHand { get; private set; }

    /// <summary>It would change something as it stands, be it only the classes or results of the pupil.</summary>
    public bool HasEffect { get; private set; }

    /// <summary>The pupil has left, and comes back with this file.</summary>
    public bool Readmits { get; private set; }

    /// <summary>The UPN of the pupil becomes another.</summary>
    public bool ChangesUpn { get; private set; }

    /// <summary>Somebody has said that it stays out.</summary>
    public bool IsLeftOut { get; private set; }

    /// <summary>The fields typed by hand that are taken from the file nevertheless, a bit for each.</summary>
    public long TakenBits { get; private set; }

    /// <summary>The pupil whom it may be, for <see cref="ImportRowKind.Decide"/> and after the decision.</summary>
    public Guid? MayBeId { get; private set; }

    public bool IsDecided { get; private set; }

    /// <summary>The roll has changed since it was first compared, and it was compared anew.</summary>
    public bool IsAnew { get; private set; }

    public bool IsApplied { get; private set; }

    /// <summary>Its class, too, has been dealt with.</summary>
    public bool IsPlaced { get; private set; }

    /// <summary>Of the pupil after it was applied: as long as it has it, nothing later has changed the pupil.</summary>
    public int AppliedVersion { get; private set; }

    /// <summary>JSON of <see cref="PupilBefore"/>; null until it is applied.</summary>
    public string? Before { get; private set; }

    public bool Takes(PupilField field) => (TakenBits >> (int)field & 1) == 1;

    internal IReadOnlyList<FieldChange> ReadChanges() => JsonSerializer.Deserialize<List<FieldChange>>(Changes, ImportJson.Options)!;

    internal IReadOnlyList<ResultChange> ReadResults() => Results.Length == 0 ? [] : JsonSerializer.Deserialize<List<ResultChange>>(Results, ImportJson.Options)!;

    internal IReadOnlyList<ImportRemark> ReadRemarks() => JsonSerializer.Deserialize<List<ImportRemark>>(Remarks, ImportJson.Options)!;

    internal PupilInFile? ReadGiven() => ReadGiven(Given);

    internal static PupilInFile? ReadGiven(string given) => given.Length == 0 ? null : JsonSerializer.Deserialize<PupilInFile>(given, ImportJson.Options);

    internal PupilBefore? ReadBefore() => Before is null ? null : JsonSerializer.Deserialize<PupilBefore>(Before, ImportJson.Options);

    /// <summary>What was found out about the row, the first time or anew.</summary>
    internal void Compare(ComparedRow found)
    {
        (Kind, PupilId, PupilVersion) = (found.Kind, found.Pupil?.Id, found.Pupil?.Version ?? 0);
        (Name, NameKey, Upn) = (Cut(found.Name), Ascent.Shared.Text.PlainText.SearchKey(found.Name, Pupil.LongestKey), found.Upn);
        Changes = found.Changes.Count == 0 ? "[]" : JsonSerializer.Serialize(found.Changes, ImportJson.Options);
        Results = found.ResultsAsText;
        (NewResults, OtherResults) = (found.Results.Count(r => r.Before is null), found.Results.Count(r => r.Before is not null));
        Remarks = found.Remarks.Count == 0 ? "[]" : JsonSerializer.Serialize(found.Remarks, ImportJson.Options);
        HasWarning = found.Remarks.Any(r => !r.IsError);
        HasTypedByHand = found.Changes.Any(c => c.ByHand);
        (Readmits, MayBeId) = (found.Readmits, found.MayBeId ?? MayBeId);
        (More, ClassName) = (found.More is { Length: > LongestName } more ? more[..LongestName] : found.More, found.ClassName);
        Weigh(found.Changes);
    }

    internal void CompareAnew(ComparedRow found)
    {
        Compare(found);
        IsAnew = true;
    }

    internal void Decide(ComparedRow found)
    {
        Compare(found);
        IsDecided = found.Kind != ImportRowKind.Decide;
    }

    internal void LeaveOut(bool isLeftOut) => IsLeftOut = isLeftOut;

    internal void Take(IEnumerable<PupilField> fields)
    {
        TakenBits = fields.Aggregate(0L, (bits, f) => bits | 1L << (int)f);
        Weigh(ReadChanges());
    }

    internal void Apply(Guid pupilId, int version, PupilBefore before)
    {
        (PupilId, AppliedVersion, IsApplied) = (pupilId, version, true);
        Before = JsonSerializer.Serialize(before, ImportJson.Options);
    }

    /// <summary>What it brings beside the pupil's own fields, in words: results, a class; null for nothing.</summary>
    public string? More { get; private set; }

    /// <summary>The registration class in which the pupil is to be; null where nothing becomes otherwise.</summary>
    public string? ClassName { get; private set; }

    private void Weigh(IReadOnlyList<FieldChange> changes)
    {
        ChangesUpn = changes.Any(c => c.Field == PupilField.Upn && (!c.ByHand || Takes(c.Field)));
        HasEffect = Kind is ImportRowKind.Add or ImportRowKind.Remove || (Kind == ImportRowKind.Change && (Readmits || More is not null || changes.Any(c => !c.ByHand || Takes(c.Field))));
    }

    private static string Cut(string name) => name.Length > LongestName ? name[..LongestName] : name;
}

/// <summary>What comparing a row with the roll has found.</summary>
/// <param name="More">Classes, results or the like that would change too, in words; null for none.</param>
internal sealed record ComparedRow(
    ImportRowKind Kind, string Name, string? Upn, Pupil? Pupil, IReadOnlyList<FieldChange> Changes, IReadOnlyList<ImportRemark> Remarks,
    bool Readmits = false, Guid? MayBeId = null, string? More = null, string? ClassName = null)
{
    public IReadOnlyList<ResultChange> Results { get; init; } = [];

    public string ResultsAsText => Results.Count == 0 ? "" : JsonSerializer.Serialize(Results, ImportJson.Options);
}

internal sealed class ImportRowMap : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> builder)
    {
        builder.ToTable("import_rows");
        builder.HasKey(r => new { r.OrganisationId, r.ImportId, r.Number });
        builder.Property(r => r.Name).HasMaxLength(ImportRow.LongestName);
        builder.Property(r => r.NameKey).HasMaxLength(Pupil.LongestKey);
        builder.Property(r => r.Upn).HasMaxLength(Shared.Upn.Length);
        builder.Property(r => r.More).HasMaxLength(ImportRow.LongestName);
        builder.Property(r => r.ClassName).HasMaxLength(ImportRow.LongestName);
        builder.HasOne<Import>().WithMany().HasForeignKey(r => new { r.OrganisationId, r.ImportId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => new { r.OrganisationId, r.ImportId, r.Kind, r.Number });
        builder.HasIndex(r => new { r.OrganisationId, r.ImportId, r.Upn });
        builder.HasIndex(r => new { r.OrganisationId, r.ImportId, r.PupilId });
    }
}

internal static class ImportJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new YearByItsStart() },
    };

    /// <summary>A school year knows the next one, and that one the next: it is written as the number that makes it.</summary>
    private sealed class YearByItsStart : JsonConverter<AcademicYear>
    {
        public override AcademicYear Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, AcademicYear value, JsonSerializerOptions options) => writer.WriteNumberValue(value.StartYear);
    }
}
