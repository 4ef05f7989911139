namespace Ascent.Measures;

/// <summary>
/// What reports part pupils by, in the order that disclosure control keeps to. A pupil has exactly one value of each, "not known" included, so
/// that the values of a group add up to the whole. Free school meals are no group here.
/// </summary>
public enum PupilGroup : byte
{
    Disadvantaged,
    Sex,
    Sen,
    Eal,
    PriorAttainment,
    TermOfBirth,
    Mobility,
    Ethnicity,
    LookedAfter,
    ServiceChild,
}

/// <summary>A value of a pupil group.</summary>
/// <param name="Code">Short and lasting: it stands in addresses, in stored sums and in files of national figures.</param>
/// <param name="Label">On screen, as in "Disadvantaged", "Girls".</param>
/// <param name="IsKnown">False for the value of pupils of whom it is not known; it is shown last.</param>
public sealed record GroupValue(string Code, string Label, bool IsKnown = true);

/// <summary>The groups with their values; a pupil's value is stored as its place in the list.</summary>
public static class PupilGroups
{
    private static readonly GroupValue NotKnown = new("not-known", "Not known", IsKnown: false);

    private static readonly (PupilGroup Group, string Code, string Label, bool IsSensitive, GroupValue[] Values)[] Table =
    [
        (PupilGroup.Disadvantaged, "disadvantaged", "Disadvantage", true, [new("yes", "Disadvantaged"), new("no", "Other pupils"), NotKnown]),
        (PupilGroup.Sex, "sex", "Sex", false, [new("girls", "Girls"), new("boys", "Boys")]),
        (PupilGroup.Sen, "sen", "Special educational needs", true, [new("ehc", "EHC plan"), new("support", "SEN support"), new("none", "No SEN"), NotKnown]),
        (PupilGroup.Eal, "eal", "First language", true, [new("other", "English as an additional language"), new("english", "English"), NotKnown]),
        (PupilGroup.PriorAttainment, "prior", "Prior attainment", false, [new("low", "Low prior attainment"), new("middle", "Middle prior attainment"), new("high", "High prior attainment"), new("none", "No prior attainment", IsKnown: false)]),
        (PupilGroup.TermOfBirth, "term", "Term of birth", false, [new("autumn", "Autumn born"), new("spring", "Spring born"), new("summer", "Summer born")]),
        (PupilGroup.Mobility, "mobility", "Mobility", false, [new("stayed", "Here throughout"), new("joined", "Joined late")]),
        (PupilGroup.Ethnicity, "ethnicity", "Ethnic group", true, [new("asian", "Asian"), new("black", "Black"), new("chinese", "Chinese"), new("mixed", "Mixed"), new("white", "White"), new("other", "Any other ethnic group"), new("not-known", "Not classified", IsKnown: false)]),
        (PupilGroup.LookedAfter, "looked-after", "Looked after", true, [new("yes", "Looked after"), new("no", "Not looked after"), NotKnown]),
        (PupilGroup.ServiceChild, "service", "Service children", true, [new("yes", "Service child"), new("no", "Not a service child"), NotKnown]),
    ];

    /// <summary>In their order.</summary>
    public static IReadOnlyList<PupilGroup> All { get; } = [.. Table.Select(t => t.Group)];

    public static string Code(this PupilGroup group) => Table[(int)group].Code;

    public static string Label(this PupilGroup group) => Table[(int)group].Label;

    /// <summary>Whether belonging to it is a sensitive item: disadvantage, SEN, first language, ethnicity, looked after, service.</summary>
    public static bool IsSensitive(this PupilGroup group) => Table[(int)group].IsSensitive;

    /// <summary>In the order of the screen; the last one may be "not known".</summary>
    public static IReadOnlyList<GroupValue> Values(this PupilGroup group) => Table[(int)group].Values;

    /// <returns>Null for a code that no group has.</returns>
    public static PupilGroup? Find(string? code) => Array.FindIndex(Table, t => t.Code == code) is >= 0 and var at ? Table[at].Group : null;

    /// <returns>The place of the value with a code; null when the group has none.</returns>
    public static byte? FindValue(this PupilGroup group, string? code) => Array.FindIndex(Table[(int)group].Values, v => v.Code == code) is >= 0 and var at ? (byte)at : null;
}
