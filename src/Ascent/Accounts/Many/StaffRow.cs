using System.Globalization;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Accounts.Many;

/// <summary>One row of a list of people as it was given, or mended since.</summary>
public sealed record StaffRow
{
    /// <summary>The longest cell that is kept; an address has at most 254 characters, a name fewer than this.</summary>
    public const int LongestCell = 500;

    /// <summary>From 1, as people count the rows beneath the heading.</summary>
    public required int Number { get; init; }

    /// <summary>What was typed, by the column's name in <see cref="StaffColumns"/>; empty cells are left out.</summary>
    public required Dictionary<string, string> Cells { get; init; }

    /// <summary>Why the row could not be told apart; it then has no cells.</summary>
    public string? Fault { get; init; }

    public string Cell(string column) => Cells.GetValueOrDefault(column, "");

    public StaffRow With(string column, string value)
    {
        var cells = new Dictionary<string, string>(Cells) { [column] = value };
        return this with { Cells = cells, Fault = null };
    }

    /// <summary>The row as it would be with a cell for everything that the list does not tell: there, what the member holds.</summary>
    /// <param name="columns">The columns that the list has.</param>
    public StaffRow Over(AccessChoice held, IReadOnlyCollection<string> columns, bool hasTracking)
    {
        var cells = new Dictionary<string, string>(Cells);
        void Keep(string column, string value)
        {
            if (!columns.Contains(column))
                cells.TryAdd(column, value);
        }
        // A template that the row names gives the whole set.
        foreach (var info in PermissionCatalogue.In(hasTracking).Where(p => held.Permissions.Has(p.Permission) && Cell(StaffColumns.AccessTemplate).Length == 0))
            Keep(StaffColumns.Of(info.Permission), info.HasScope && held.Permissions.ScopeOf(info.Permission) == PupilScope.OwnClasses ? "own classes" : "Y");
        if (held.EndsOn is { } day)
            Keep(StaffColumns.EndDate, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return this with { Cells = cells };
    }

    /// <summary>The person, and whether the address mixes alphabets, which a tick lets through.</summary>
    public Result<(PersonDetails Person, bool MixesScripts)> ReadPerson()
    {
        var (forename, surname, email) = (Cell(StaffColumns.Forename), Cell(StaffColumns.Surname), Cell(StaffColumns.Email));
        var person = PersonDetails.Read(forename, surname, email, acceptsMixedScript: true);
        Refusal[] garbled = [.. ReadGarbled(StaffColumns.Forename, forename), .. ReadGarbled(StaffColumns.Surname, surname), .. ReadGarbled(StaffColumns.Email, email)];
        if (garbled.Length > 0)
            return Result.Refuse<(PersonDetails, bool)>([.. garbled, .. person.Refusals.Where(r => !garbled.Any(g => g.Field == r.Field))]);
        return person.Succeeded ? (person.Value, person.Value.Email.MixesScripts) : Result.Refuse<(PersonDetails, bool)>(person.Refusals);
    }

    private static IEnumerable<Refusal> ReadGarbled(string column, string cell)
    {
        if (GarbledText.HasLostCharacter(cell))
            yield return new GarbledCell($"“{Quote(cell)}” has a character that could not be read: this row is in another encoding than the rest of the file. Type it again", column);
        else if (GarbledText.Repair(cell) is { } meant)
            yield return new GarbledCell($"“{Quote(cell)}” looks like “{Quote(meant)}” in another encoding than the rest of the file. Type it again as it should be", column);
    }

    /// <summary>Job role, permissions and end date, by the same rules as on the pages of a single user.</summary>
    /// <param name="templates">Those that the row may name; none when left out.</param>
    public Result<AccessChoice> ReadAccess(bool hasTracking, DateOnly today, SchoolTemplates? templates = null)
    {
        var refusals = new List<Refusal>();
        var (role, other) = ReadRole(refusals);
        var permissions = ReadPermissions(refusals, templates);
        refusals.AddRange(AccessRules.CheckAccess(permissions, hasTracking));
        var endsOn = ReadEndDate(refusals, today);
        return refusals.Count > 0 ? Result.Refuse<AccessChoice>(refusals) : new AccessChoice(role, other, permissions.Normalised(), endsOn);
    }

    /// <summary>The permissions as far as they can be read, for the tags of a row that needs mending.</summary>
    public PermissionSet ReadPermissions(SchoolTemplates? templates = null) => ReadPermissions([], templates);

    /// <summary>The template that the row names; null when it names none, or one that is not there.</summary>
    public NamedSet? ReadTemplate(SchoolTemplates? templates) => Cell(StaffColumns.AccessTemplate) is { Length: > 0 } typed ? templates?.Find(typed) : null;

    private (JobRole Role, string? Other) ReadRole(List<Refusal> refusals)
    {
        var typed = PlainText.Tidy(Cell(StaffColumns.JobRole));
        var (words, other) = typed.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? (typed[..colon].Trim(), typed[(colon + 1)..]) : (typed, null);
        if (JobRoles.All.FirstOrDefault(r => r.Label.Equals(words, StringComparison.OrdinalIgnoreCase)) is not { } role)
        {
            refusals.Add(typed.Length == 0 ? new RoleMissing() : new UnknownRole(typed));
            return default;
        }
        var read = AccessRules.ReadRole(role.Role, other);
        refusals.AddRange(read.Refusals);
        refusals.AddRange(ReadGarbled("JobRole", other ?? ""));
        return (role.Role, read.Succeeded ? read.Value : null);
    }

    /// <summary>What the template gives, with every yes and no of the row over it. An empty cell is no without a template, and says nothing with one.</summary>
    private PermissionSet ReadPermissions(List<Refusal> refusals, SchoolTemplates? templates)
    {
        var template = ReadTemplate(templates);
        if (template is null && PlainText.Tidy(Cell(StaffColumns.AccessTemplate)) is { Length: > 0 } unknown)
            refusals.Add(new UnknownTemplate(unknown, (templates ?? SchoolTemplates.None).Near(unknown)));
        var set = template is null ? PermissionSet.None : new PermissionSet(template.Bits);
        foreach (var info in PermissionCatalogue.All)
            switch (YesOrNo.Read(Cell(StaffColumns.Of(info.Permission)), info.HasScope))
            {
                case YesOrNo.No:
                    set = set.Without(info.Permission);
                    break;
                case YesOrNo.Yes:
                    set = info.HasScope ? set.With(info.Permission, PupilScope.WholeSchool) : set.With(info.Permission);
                    break;
                case YesOrNo.OwnClasses:
                    set = set.With(info.Permission, PupilScope.OwnClasses);
                    break;
                case YesOrNo.Neither:
                    refusals.Add(new UnclearPermission(info, Cell(StaffColumns.Of(info.Permission))));
                    break;
            }
        return set;
    }

    private DateOnly? ReadEndDate(List<Refusal> refusals, DateOnly today)
    {
        var typed = PlainText.Tidy(Cell(StaffColumns.EndDate));
        if (typed.Length == 0)
            return null;
        if (SheetDate.Read(typed) is not { } day)
        {
            refusals.Add(new EndDateRefusal($"The end date “{Quote(typed)}” is no day: write it like 31/08/2027"));
            return null;
        }
        refusals.AddRange(AccessRules.CheckEndDate(day, today));
        return day;
    }

    public static string Quote(string typed) => PlainText.Length(typed) > 40 ? $"{new StringInfo(typed).SubstringByTextElements(0, 40)}…" : typed;
}

public sealed record GarbledCell(string Message, string Field) : Refusal("cell-garbled", Message, RefusalKind.Field, Field);

public sealed record UnknownRole(string Typed)
    : Refusal("role-unknown", $"“{StaffRow.Quote(Typed)}” is no job role here: use one of the list, or write Other, a colon and the role", RefusalKind.Field, "JobRole");

public sealed record UnclearPermission(PermissionInfo Info, string Typed)
    : Refusal("permission-unclear", $"{Info.Tag} says “{StaffRow.Quote(Typed)}”: write {(Info.HasScope ? "Y, N or own classes" : "Y or N")}", RefusalKind.Field, Info.Permission.ToString());

internal enum YesOrNo
{
    NotSaid,
    No,
    Yes,
    OwnClasses,
    Neither,
}

internal static class YesOrNos
{
    extension(YesOrNo)
    {
        public static YesOrNo Read(string cell, bool hasScope) => PlainText.Tidy(cell).ToUpperInvariant() switch
        {
            "" => YesOrNo.NotSaid,
            "N" or "NO" or "-" or "–" or "FALSE" or "0" => YesOrNo.No,
            "Y" or "YES" or "X" or "TRUE" or "1" => YesOrNo.Yes,
            "WHOLE SCHOOL" or "Y, WHOLE SCHOOL" when hasScope => YesOrNo.Yes,
            "OWN CLASSES" or "Y, OWN CLASSES" when hasScope => YesOrNo.OwnClasses,
            _ => YesOrNo.Neither,
        };
    }
}

internal static class SheetDate
{
    private static readonly string[] Formats =
    [
        "d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d M yyyy", "yyyy-M-d", "d MMMM yyyy", "d MMM yyyy", "d-MMM-yyyy", "yyyy-MM-dd'T'HH:mm:ss", "dd/MM/yyyy HH:mm:ss", "yyyy-MM-dd HH:mm:ss",
    ];

    /// <summary>Day before month, as in England, with the year in full; or the number under which a spreadsheet keeps a day.</summary>
    public static DateOnly? Read(string typed)
    {
        // 36,526 is 1 January 2000; a number before it, or after the year 2100, is no date.
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var serial))
            return serial is >= 36_526 and < 73_415 ? DateOnly.FromDayNumber(new DateOnly(1899, 12, 30).DayNumber + serial) : null;
        return DateOnly.TryParseExact(typed, Formats, CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.None, out var day) ? day : null;
    }
}
