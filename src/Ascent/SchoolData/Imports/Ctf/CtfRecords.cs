using Ascent.SchoolData.Results;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports.Ctf;

/// <summary>
/// Reads what a pupil has several of: results, attendance, schools. Nothing is dropped that cannot be told: the pupil has a fault then,
/// and the person decides.
/// </summary>
internal sealed class CtfRecords(CtfCursor cursor)
{
    private const int MostResults = 2_000;
    private const int MostYears = 50;
    private const int MostSchools = 100;

    private List<ResultInFile>? results;
    private List<FormerSchoolInFile>? schools;
    private SortedDictionary<AcademicYear, AttendanceInFile>? years;

    /// <summary>As the end of a sentence; null when everything was understood.</summary>
    public string? Fault { get; private set; }

    public IReadOnlyList<ResultInFile> Results => results ?? (IReadOnlyList<ResultInFile>)[];

    /// <summary>One a year: those of two schools in one year are added.</summary>
    public IReadOnlyList<AttendanceInFile> Attendance => years is null ? [] : [.. years.Values];

    public IReadOnlyList<FormerSchoolInFile> FormerSchools => schools ?? (IReadOnlyList<FormerSchoolInFile>)[];

    /// <summary>Reads the element in hand, if it is one of these.</summary>
    public void Read()
    {
        switch (cursor.Name)
        {
            case "StageAssessments":
                Each("KeyStage", ReadStage);
                break;
            case "Attendance":
                Each("YearData", ReadYear);
                break;
            case "SchoolHistory":
                Each("School", ReadSchool);
                break;
        }
    }

    private void Each(string name, Action read)
    {
        var parent = cursor.Enter();
        while (cursor.NextIn(parent))
            if (cursor.Name == name)
                read();
    }

    // The stage may stand behind its assessments.
    private void ReadStage()
    {
        var (stage, from) = ("", results?.Count ?? 0);
        var element = cursor.Enter();
        while (cursor.NextIn(element))
            if (cursor.Name == "Stage")
                stage = cursor.Text();
            else if (cursor.Name == "StageAssessment")
                ReadResult();
        if (!IsCode(stage))
            Fault ??= "the key stage of a result cannot be read";
        for (var i = from; i < (results?.Count ?? 0); i++)
            results![i] = results[i] with { Assessment = results[i].Assessment with { Stage = stage } };
    }

    private void ReadResult()
    {
        string year = "", date = "", subject = "", method = "", component = "", qualifier = "", value = "";
        var element = cursor.Enter();
        while (cursor.NextIn(element))
            switch (cursor.Name)
            {
                case "Year":
                    year = cursor.Text();
                    break;
                case "ResultDate":
                    date = cursor.Text();
                    break;
                case "Subject":
                    subject = cursor.Text();
                    break;
                case "Method":
                    method = cursor.Text();
                    break;
                case "Component":
                    component = cursor.Text();
                    break;
                case "ResultQualifier":
                    qualifier = cursor.Text();
                    break;
                case "Result":
                    value = cursor.Text();
                    break;
            }
        // The department's own writers leave a result without a value out.
        if (value.Length == 0)
            return;
        if (YearOf(year, date) is not { } assessed)
            Fault ??= "the year of a result cannot be read: it has to be like 2026";
        else if (!(IsCode(subject) && IsCode(method) && IsCode(component) && IsCode(qualifier) && IsShort(value, PupilResult.LongestValue)))
            Fault ??= "a result has a code or a value that is too long, or has hidden characters in it";
        else if ((results ??= []).Count == MostResults)
            Fault ??= $"it has more than {MostResults:N0} results";
        else
            results.Add(new(new("", subject, component, method), assessed, qualifier, value));
    }

    // The year is that in which the school year ends.
    private static AcademicYear? YearOf(string year, string date) =>
        CtfText.Year(year) is { } end ? AcademicYear.EndingIn(end)
        : year.Length == 0 && CtfText.Day(date) is { } day ? AcademicYear.Of(day)
        : null;

    private void ReadYear()
    {
        string year = "", starts = "", possible = "", attended = "", authorised = "", unauthorised = "";
        var element = cursor.Enter();
        while (cursor.NextIn(element))
            switch (cursor.Name)
            {
                case "Year":
                    year = cursor.Text();
                    break;
                case "AttendSessions":
                    Each("AttendanceStartDate", () => starts = cursor.Text());
                    break;
                case "SessionsPossible":
                    possible = cursor.Text();
                    break;
                case "SessionsAttended":
                    attended = cursor.Text();
                    break;
                case "SessionsAuthorised":
                    authorised = cursor.Text();
                    break;
                case "SessionsUnauthorised":
                    unauthorised = cursor.Text();
                    break;
            }
        if (possible.Length > 0 && Fault is null)
            Add(AttendanceYear(year, starts), possible, attended, authorised, unauthorised);
    }

    // The first day of the marks says it beyond doubt; without them the year is named like that of the header, by its start.
    private static AcademicYear? AttendanceYear(string year, string starts) =>
        CtfText.Day(starts) is { } day ? AcademicYear.Of(day)
        : CtfText.Year(year) is { } start ? AcademicYear.StartingIn(start)
        : null;

    private void Add(AcademicYear? year, string possible, string attended, string authorised, string unauthorised)
    {
        var all = CtfText.Sessions(possible);
        var allowed = authorised.Length == 0 ? 0 : CtfText.Sessions(authorised);
        var not = unauthorised.Length == 0 ? 0 : CtfText.Sessions(unauthorised);
        var there = attended.Length == 0 ? all - allowed - not : CtfText.Sessions(attended);
        if (year is not { } of || all is not { } possibleHere || there is not >= 0 || there + allowed + not is not { } told || told > possibleHere)
        {
            Fault ??= "the attendance of a year cannot be read, or has more sessions than there were";
            return;
        }
        years ??= [];
        var other = years.GetValueOrDefault(of) ?? new(of, 0, 0, 0, 0);
        if (years.Count == MostYears && !years.ContainsKey(of))
            Fault ??= $"it has attendance of more than {MostYears} years";
        else if (other.Possible + possibleHere > CtfText.MostSessions)
            Fault ??= $"it has attendance of more than {CtfText.MostSessions:N0} sessions in one year";
        else
            years[of] = new(of, other.Possible + possibleHere, other.Attended + there.Value, other.Authorised + allowed!.Value, other.Unauthorised + not!.Value);
    }

    private void ReadSchool()
    {
        string authority = "", establishment = "", name = "", from = "", to = "";
        var element = cursor.Enter();
        while (cursor.NextIn(element))
            switch (cursor.Name)
            {
                case "LEA":
                    authority = cursor.Text();
                    break;
                case "Estab":
                    establishment = cursor.Text();
                    break;
                case "SchoolName":
                    name = PlainText.Tidy(cursor.Text());
                    break;
                case "EntryDate":
                    from = cursor.Text();
                    break;
                case "LeavingDate":
                    to = cursor.Text();
                    break;
            }
        var number = new CtfSchool(authority, establishment, "", "").Number ?? "";
        if (number.Length == 0 && name.Length == 0)
            return;
        var (first, last) = (CtfText.Day(from), CtfText.Day(to));
        if ((from.Length > 0 && first is null) || (to.Length > 0 && last is null))
            Fault ??= "a day of a former school cannot be read: it has to be like 2016-01-31";
        else if (!IsShort(name, FormerSchool.LongestName))
            Fault ??= "the name of a former school is too long, or has hidden characters in it";
        else if ((schools ??= []).Count == MostSchools)
            Fault ??= $"it has more than {MostSchools} former schools";
        else
            schools.Add(new(number, name, first, last));
    }

    private static bool IsCode(string text) => IsShort(text, PupilResult.LongestCode);

    // Nearly every code is plain ASCII, and a file of a hundred thousand pupils has millions of them.
    private static bool IsShort(string text, int longest) => text.Length <= longest && (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || !PlainText.HasForbiddenCharacter(text));
}
