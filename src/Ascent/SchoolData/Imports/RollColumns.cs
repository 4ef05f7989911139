using Ascent.SchoolData.Pupils;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports;

/// <summary>What a column of a table of pupils holds.</summary>
/// <param name="Field">Null for <see cref="RollColumns.Class"/> and <see cref="RollColumns.FormerUpn"/>, which are no fields of the pupil itself.</param>
/// <param name="Heading">In our own template.</param>
public sealed record RollColumn(string Name, string Heading, PupilField? Field, bool IsNeeded, params string[] OtherHeadings);

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
        ["Y999200119001", "Benson", "Ada", "May", "", "", "04/03/2018", "F", "4", "4 Oak", "01/09/2022", "", "", "N", "N", "N", "N", "", "N", "N", "WBRI", "N"],
    ];

    private static RollColumn Of(PupilField field, string heading, bool isNeeded, params string[] others) => new(field.ToString(), heading, field, isNeeded, others);
}

/// <summary>What every column of one table is.</summary>
/// <param name="Headings">As they stand in the file.</param>
/// <param name="Columns">By place; null for what is not read.</param>
/// <param name="Unknown">Places of headings that nobody has explained yet.</param>
public sealed record ColumnMap(IReadOnlyList<string> Headings, IReadOnlyList<RollColumn?> Columns, IReadOnlyList<int> Unknown)
{
    public IReadOnlyList<RollColumn> Missing => [.. RollColumns.All.Where(c => c.IsNeeded && !Columns.Contains(c))];

    /// <summary>Columns that two headings claim.</summary>
    public IReadOnlyList<RollColumn> Twice => [.. Columns.OfType<RollColumn>().GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key)];

    /// <summary>Nobody has to be asked.</summary>
    public bool IsComplete => Missing.Count == 0 && Twice.Count == 0 && Unknown.Count == 0;

    /// <param name="remembered">By heading key: the name of a column, or nothing for one that is not read.</param>
    public static ColumnMap Of(IReadOnlyList<string> headings, IReadOnlyDictionary<string, string> remembered)
    {
        var columns = new RollColumn?[headings.Count];
        var unknown = new List<int>();
        for (var i = 0; i < headings.Count; i++)
        {
            var key = RollColumns.KeyOf(headings[i]);
            if (key.Length == 0)
                continue;
            if (remembered.TryGetValue(key, out var name))
                columns[i] = RollColumns.ByName(name);
            else if (RollColumns.Find(headings[i]) is { } known)
                columns[i] = known;
            else
                unknown.Add(i);
        }
        return new(headings, columns, unknown);
    }

    /// <summary>As it is kept with the import.</summary>
    public string Text => string.Join('|', Columns.Select(c => c?.Name));

    public static IReadOnlyList<RollColumn?> Read(string text) => [.. text.Split('|').Select(RollColumns.ByName)];
}
