using Ascent.Reference;
using Ascent.Shared;

namespace Ascent.SchoolData.Pupils;

/// <summary>
/// What reports group pupils by. Each may be unknown, which is not the same as no. What was true on an earlier day follows from the history:
/// every change carries the day from which it holds.
/// </summary>
/// <param name="FreeMeals">Eligible for free school meals now.</param>
/// <param name="FreeMealsSix">Eligible at any time in the last six years (FSM6).</param>
/// <param name="Disadvantaged">As the department counts it: FSM6, looked after, or looked after before.</param>
/// <param name="SenProvision">A code of <see cref="CodeLists.SenProvisions"/>.</param>
/// <param name="SenNeed">The primary need, a code of <see cref="CodeLists.SenNeeds"/>.</param>
/// <param name="Eal">The first language is another than English.</param>
/// <param name="Ethnicity">A code of <see cref="CodeLists.Ethnicities"/>.</param>
public sealed record PupilCharacteristics(
    bool? FreeMeals = null, bool? FreeMealsSix = null, bool? Disadvantaged = null, string? SenProvision = null, string? SenNeed = null, bool? Eal = null,
    bool? LookedAfter = null, string? Ethnicity = null, bool? ServiceChild = null)
{
    public static IReadOnlyList<PupilField> Fields { get; } =
    [
        PupilField.FreeMeals, PupilField.FreeMealsSix, PupilField.Disadvantaged, PupilField.SenProvision, PupilField.SenNeed, PupilField.Eal,
        PupilField.LookedAfter, PupilField.Ethnicity, PupilField.ServiceChild,
    ];

    /// <summary>The codes that a field takes, with their labels; null for a field that is yes or no, or is none of these.</summary>
    public static IReadOnlyList<Code>? CodesOf(PupilField field) => field switch
    {
        PupilField.SenProvision => CodeLists.SenProvisions,
        PupilField.SenNeed => CodeLists.SenNeeds,
        PupilField.Ethnicity => CodeLists.Ethnicities,
        _ => null,
    };

    public static bool IsYesNo(PupilField field) => Fields.Contains(field) && CodesOf(field) is null;

    /// <summary>Y, N or a code; empty when it is not known.</summary>
    public string TextOf(PupilField field) => field switch
    {
        PupilField.FreeMeals => YesNo(FreeMeals),
        PupilField.FreeMealsSix => YesNo(FreeMealsSix),
        PupilField.Disadvantaged => YesNo(Disadvantaged),
        PupilField.SenProvision => SenProvision ?? "",
        PupilField.SenNeed => SenNeed ?? "",
        PupilField.Eal => YesNo(Eal),
        PupilField.LookedAfter => YesNo(LookedAfter),
        PupilField.Ethnicity => Ethnicity ?? "",
        PupilField.ServiceChild => YesNo(ServiceChild),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    internal static PupilCharacteristics Read(PupilText text, List<Refusal> refusals) => new(
        ReadYesNo(text, PupilField.FreeMeals, refusals), ReadYesNo(text, PupilField.FreeMealsSix, refusals), ReadYesNo(text, PupilField.Disadvantaged, refusals),
        ReadCode(text, PupilField.SenProvision, refusals), ReadCode(text, PupilField.SenNeed, refusals), ReadYesNo(text, PupilField.Eal, refusals),
        ReadYesNo(text, PupilField.LookedAfter, refusals), ReadCode(text, PupilField.Ethnicity, refusals), ReadYesNo(text, PupilField.ServiceChild, refusals));

    private static string YesNo(bool? value) => value switch { true => "Y", false => "N", null => "" };

    private static bool? ReadYesNo(PupilText text, PupilField field, List<Refusal> refusals)
    {
        switch (text.Of(field).ToUpperInvariant())
        {
            case "":
                return null;
            case "Y" or "YES" or "TRUE" or "T" or "1":
                return true;
            case "N" or "NO" or "FALSE" or "F" or "0":
                return false;
            default:
                refusals.Add(new PupilFieldRefusal(field, $"The {PupilWords.Of(field)} has to be Y or N, or empty when it is not known"));
                return null;
        }
    }

    private static string? ReadCode(PupilText text, PupilField field, List<Refusal> refusals)
    {
        if (text.Of(field) is not { Length: > 0 } typed)
            return null;
        var codes = CodesOf(field)!;
        var found = codes.Find(typed) ?? codes.FirstOrDefault(c => c.Label.Equals(typed, StringComparison.OrdinalIgnoreCase));
        if (found is null)
            refusals.Add(new PupilFieldRefusal(field, $"“{(typed.Length > 20 ? $"{typed[..20]}…" : typed)}” is no code for the {PupilWords.Of(field)}: it has to be {Examples(codes)}"));
        return found?.Value;
    }

    private static string Examples(IReadOnlyList<Code> codes) => codes.Count <= 4
        ? string.Join(" or ", codes.Select(c => c.Value))
        : $"one of the codes of the school census, like {codes[0].Value} ({codes[0].Label})";
}
