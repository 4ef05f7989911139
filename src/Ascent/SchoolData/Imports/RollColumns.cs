using Ascent.SchoolData.Pupils;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports;

/// <summary>What a column of a table of pupils holds.</summary>
/// <param name="Field">Null for <see cref="RollColumns.Class"/> and <see cref="RollColumns.FormerUpn"/>, which are no fields of the pupil itself.</param>
/// <param name="Heading">In our own template.</param>
public sealed record RollColumn(string Name, string Heading, PupilField? Field, bool IsNeeded, params string[] OtherHeadings)
{
    public override string ToString() => Heading;
}

/// <summary>The columns of our template for pupils, and the other headings under which school systems write the same.</summary>
public static class RollColumns
{
    public const string Class = "Class";
    public const string FormerUpn = "FormerUpn";

    public static IReadOnlyList<RollColumn> All { get; } =
    [
        Of(PupilField.Upn, "UPN", false, "Unique pupil number", "Pupil UPN", "Current UPN"),
        Of(PupilField.Surname, "Surname", true, "Legal surname", "Last name", "Legal last name", "Family name"),
        Of(PupilField.Forename, "Forename", true, "Legal forename", "First name", "Legal first name", "Given name"),
        Of(PupilField.MiddleNames, "Middle names", false, "Middle name", "Legal middle names", "Middle name s"),
        Of(PupilField.PreferredSurname, "Preferred surname", false, "Preferred last name", "Chosen surname", "Known as surname"),
        Of(PupilField.PreferredForename, "Preferred forename", false, "Preferred first name", "Chosen forename", "Known as", "Preferred name"),
        Of(PupilField.BornOn, "Date of birth", true, "DOB", "Birth date", "Born"),
        Of(PupilField.Sex, "Sex", true, "Gender", "Legal sex"),
        Of(PupilField.Year, "Year group", false, "Year", "NC year", "National curriculum year", "Actual NC year", "Year taught in", "NC year actual"),
        new(Class, "Class", null, false, "Registration group", "Reg group", "Reg", "Form", "Registration form", "Tutor group"),
        Of(PupilField.EnrolledOn, "First day", false, "Admission date", "Date of admission", "Enrolled on", "Entry date", "Start date", "DOA"),
        Of(PupilField.Uln, "ULN", false, "Unique learner number"),
        new(FormerUpn, "Former UPN", null, false, "Previous UPN", "Old UPN"),
        Of(PupilField.FreeMeals, "Free school meals", false, "FSM", "FSM eligible", "Eligible for free meals", "FSM eligibility"),
        Of(PupilField.FreeMealsSix, "FSM in last 6 years", false, "FSM6", "Ever 6", "FSM ever 6", "Ever 6 FSM"),
        Of(PupilField.Disadvantaged, "Disadvantaged", false, "Pupil premium", "PP", "Pupil premium indicator", "Deprivation pupil premium"),
        Of(PupilField.SenProvision, "SEN provision", false, "SEN status", "SEN", "SEN code", "SEN stage"),
        Of(PupilField.SenNeed, "SEN need", false, "Primary SEN need", "SEN type", "SEN primary need", "Primary need"),
        Of(PupilField.Eal, "EAL", false, "English as an additional language", "English additional language"),
        Of(PupilField.LookedAfter, "Looked after", false, "In care", "LAC", "CLA", "Looked after child"),
        Of(PupilField.Ethnicity, "Ethnicity", false, "Ethnic code", "Ethnicity code", "Ethnic group"),
        Of(PupilField.ServiceChild, "Service child", false, "Service children", "Service children in education"),
    ];

    public static ColumnBook Book { get; } = new RollBook();

    private static Dictionary<string, RollColumn> Known { get; } = All
        .SelectMany(c => ((string[])[c.Heading, c.Name, .. c.OtherHeadings]).Select(h => (Key: KeyOf(h), Column: c)))
        .DistinctBy(h => h.Key).ToDictionary(h => h.Key, h => h.Column, StringComparer.Ordinal);

    /// <summary>The column that a heading means; null when it is none of ours. Capitals, spaces and strokes make no difference.</summary>
    public static RollColumn? Find(string heading) => Known.GetValueOrDefault(KeyOf(heading));

    public static RollColumn? ByName(string? name) => All.FirstOrDefault(c => c.Name == name);

    /// <summary>Letters and digits alone, in capitals: what headings are compared by.</summary>
    public static string KeyOf(string heading)
    {
        var key = new string([.. PlainText.Tidy(heading).ToUpperInvariant().Where(char.IsLetterOrDigit)]);
        return key.Length > ImportHeading.LongestHeading ? key[..ImportHeading.LongestHeading] : key;
    }

    /// <summary>A heading and one row of an invented pupil, to be written over.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Template { get; } =
    [
        [.. All.Select(c => c.Heading)],
        ["E999200119001", "Benson", "Ada", "May", "", "", "04/03/2018", "F", "4", "4 Oak", "01/09/2022", "", "", "N", "N", "N", "N", "", "N", "N", "WBRI", "N"],
    ];

    private static RollColumn Of(PupilField field, string heading, bool isNeeded, params string[] others) => new(field.ToString(), heading, field, isNeeded, others);
}

internal sealed class RollBook : ColumnBook
{
    public override IReadOnlyList<ColumnChoice> Choices { get; } = [.. RollColumns.All.Select(c => new ColumnChoice(c.Name, c.Heading, ""))];

    public override string? Find(string heading) => RollColumns.Find(heading)?.Name;

    public override string KeyOf(string heading) => RollColumns.KeyOf(heading);

    public override ColumnsRefused? WhyNot(IReadOnlyList<string> names)
    {
        var missing = RollColumns.All.Where(c => c.IsNeeded && !names.Contains(c.Name)).Select(c => c.Heading.ToLowerInvariant()).ToArray();
        return missing.Length > 0 ? new($"Say which column holds the {InWords.List(missing)}. Without {(missing.Length == 1 ? "it" : "them")} no pupil can be told from another")
            : Twice(names) is { Count: > 0 } twice ? new($"Two columns are {InWords.List(twice)}: choose “Do not read” for one of them")
            : null;
    }
}
