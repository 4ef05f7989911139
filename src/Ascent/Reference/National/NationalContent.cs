using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ascent.Reference.National;

/// <summary>The figures of one edition as they are stored. Measures, subjects, groups and values go by their lasting codes.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "what")]
[JsonDerivedType(typeof(GroupEstimates), "estimates")]
[JsonDerivedType(typeof(Deviations), "deviations")]
[JsonDerivedType(typeof(SubjectGrades), "grades")]
[JsonDerivedType(typeof(Headlines), "headlines")]
[JsonDerivedType(typeof(SchoolSpreads), "spreads")]
internal abstract record NationalContent
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="InvalidDataException">The row holds something else.</exception>
    public static NationalContent Of(byte[] bytes) =>
        JsonSerializer.Deserialize<NationalContent>(bytes) ?? throw new InvalidDataException("A row of national figures is empty.");
}

/// <summary>One row a prior-attainment group, in order.</summary>
internal sealed record GroupEstimates(IReadOnlyList<double[]> Rows) : NationalContent;

internal sealed record Deviations(double[] Values) : NationalContent;

internal sealed record SubjectGrades(IReadOnlyList<GradesOfSubject> Subjects) : NationalContent;

/// <param name="Counts">Entries by grade, the best first.</param>
/// <param name="WithoutGrade">Entries without a grade.</param>
/// <param name="ByGroup">The same for each prior-attainment group in order; empty where it is not known.</param>
internal sealed record GradesOfSubject(string Subject, int[] Counts, int WithoutGrade, IReadOnlyList<int[]> ByGroup);

internal sealed record Headlines(IReadOnlyList<HeadlineRow> Rows) : NationalContent;

/// <param name="Group">Null for all pupils.</param>
internal sealed record HeadlineRow(
    string Measure, double Figure,
    [property: JsonConverter(typeof(JsonStringEnumConverter<NationalPhase>))] NationalPhase Phase = NationalPhase.All,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Group = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Value = null);

internal sealed record SchoolSpreads(IReadOnlyList<SchoolSpread> Rows) : NationalContent;

/// <param name="Scores">At <see cref="Percents"/>, rising.</param>
internal sealed record SchoolSpread(
    string Measure, double[] Scores, [property: JsonConverter(typeof(JsonStringEnumConverter<NationalPhase>))] NationalPhase Phase = NationalPhase.All)
{
    public static readonly int[] Percents = [1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 99];
}
