using System.Globalization;
using Ascent.SchoolData.Pupils;

namespace Ascent.SchoolData.Imports.Ctf;

/// <summary>Reads one pupil. What stands there is taken as text; codes that mean "not known" are left out, so that they change nothing.</summary>
internal sealed class CtfPupil(CtfCursor cursor, int number, DateOnly today)
{
    private const int MostFormerUpns = 20;

    private readonly Dictionary<PupilField, string> fields = new(16);
    private readonly CtfRecords records = new(cursor);
    private List<string>? formerUpns;
    private string? sex;
    private string? fault;

    /// <remarks>The cursor is on the pupil, and behind it afterwards.</remarks>
    public PupilInFile Read()
    {
        var pupil = cursor.Enter();
        while (cursor.NextIn(pupil))
            ReadPart();
        if (sex is not null)
            fields.TryAdd(PupilField.Sex, sex);
        if (fields.Count == 0)
            fault ??= "nothing is said of the pupil but that there is one";
        return (fault ?? records.Fault) is { } why
            ? new(number, fields) { Fault = why }
            : new(number, fields)
            {
                FormerUpns = formerUpns ?? (IReadOnlyList<string>)[], Results = records.Results, Attendance = records.Attendance, FormerSchools = records.FormerSchools,
            };
    }

    private void ReadPart()
    {
        switch (cursor.Name)
        {
            case "UPN":
                Take(PupilField.Upn);
                break;
            case "UniqueLearnerNumber":
                Take(PupilField.Uln);
                break;
            case "Surname":
                Take(PupilField.Surname);
                break;
            case "Forename":
                Take(PupilField.Forename);
                break;
            case "DOB":
                TakeDay(PupilField.BornOn);
                break;
            case "Sex":
                Take(PupilField.Sex);
                break;
            case "Gender":
                // Files up to 2020 or so; where both stand there, Sex counts.
                sex = cursor.Text() is { Length: > 0 } gender ? gender : null;
                break;
            case "BasicDetails":
                ReadBasicDetails();
                break;
            case "FSMhistory":
                ReadFreeMeals();
                break;
            case "LookedAfter":
                ReadSingle("InCare", PupilField.LookedAfter);
                break;
            case "ServiceChildren":
                ReadSingle("ServiceChild", PupilField.ServiceChild);
                break;
            case "ServiceChild":
                TakeServiceChild(cursor.Text());
                break;
            case "SENhistory":
                ReadSen();
                break;
            default:
                records.Read();
                break;
        }
    }

    private void ReadBasicDetails()
    {
        var details = cursor.Enter();
        while (cursor.NextIn(details))
            switch (cursor.Name)
            {
                case "FormerUPN":
                    TakeFormerUpn(cursor.Text());
                    break;
                case "PreferredSurname":
                    Take(PupilField.PreferredSurname);
                    break;
                case "PreferredForename":
                    Take(PupilField.PreferredForename);
                    break;
                case "MiddleNames":
                    Take(PupilField.MiddleNames);
                    break;
                case "NCyearActual":
                    // X: the curriculum is not followed; M: a class of mixed years.
                    if (cursor.Text() is { Length: > 0 } year && year.ToUpperInvariant() is not ("X" or "M"))
                        fields[PupilField.Year] = year;
                    break;
                case "Ethnicity":
                    Take(PupilField.Ethnicity);
                    break;
                case "Languages":
                    ReadLanguages();
                    break;
                case "ServiceChild":
                    TakeServiceChild(cursor.Text());
                    break;
            }
    }

    // The first language decides; where no kind is given, the first one in the list.
    private void ReadLanguages()
    {
        var (best, chosen) = (int.MaxValue, "");
        var languages = cursor.Enter();
        while (cursor.NextIn(languages))
        {
            if (cursor.Name != "Type")
                continue;
            string kind = "", language = "";
            var type = cursor.Enter();
            while (cursor.NextIn(type))
                if (cursor.Name == "LanguageType")
                    kind = cursor.Text();
                else if (cursor.Name == "Language")
                    language = cursor.Text();
            var rank = kind.ToUpperInvariant() switch { "F" => 0, "M" => 1, "H" => 2, _ => 3 };
            if (rank < best)
                (best, chosen) = (rank, language);
        }
        if (IsOtherThanEnglish(chosen) is { } other)
            fields[PupilField.Eal] = other ? "Y" : "N";
    }

    // ENB and OTB: believed to be English, or another. Refused, not obtained, not classified: not known. Three letters, four for a variant.
    private static bool? IsOtherThanEnglish(string code) => code.ToUpperInvariant() switch
    {
        "ENG" or "ENB" => false,
        "REF" or "NOT" or "ZZZ" => null,
        var other => other.Length is 3 or 4 && other.All(char.IsAsciiLetterUpper) ? true : null,
    };

    private void ReadFreeMeals()
    {
        bool any = false, now = false;
        var history = cursor.Enter();
        while (cursor.NextIn(history))
        {
            if (cursor.Name != "FSMinstance")
                continue;
            string from = "", to = "";
            var instance = cursor.Enter();
            while (cursor.NextIn(instance))
                if (cursor.Name == "FSMstartDate")
                    from = cursor.Text();
                else if (cursor.Name == "FSMendDate")
                    to = cursor.Text();
            if (ReadSpan(from, to, "free school meals") is not var (start, end))
                continue;
            any = true;
            now |= (start is null || start <= today) && (end is null || end > today);
        }
        if (any)
            fields[PupilField.FreeMeals] = now ? "Y" : "N";
    }

    private (DateOnly? From, DateOnly? To)? ReadSpan(string from, string to, string what)
    {
        var (start, end) = (CtfText.Day(from), CtfText.Day(to));
        if ((from.Length == 0 || start is not null) && (to.Length == 0 || end is not null))
            return (start, end);
        fault ??= $"a day of {what} cannot be read: it has to be like 2016-01-31";
        return null;
    }

    private void ReadSen()
    {
        var (latest, provision, first, need) = ((DateOnly?)null, "", int.MaxValue, "");
        var history = cursor.Enter();
        while (cursor.NextIn(history))
            switch (cursor.Name)
            {
                case "SEN":
                    var (start, is_) = ReadProvision();
                    if (is_.Length > 0 && (provision.Length == 0 || (start ?? DateOnly.MinValue) >= (latest ?? DateOnly.MinValue)))
                        (latest, provision) = (start, is_);
                    break;
                case "SENneeds":
                    var needs = cursor.Enter();
                    while (cursor.NextIn(needs))
                        if (cursor.Name == "SENneed" && ReadNeed() is var (rank, type) && type.Length > 0 && (rank < first || need.Length == 0))
                            (first, need) = (rank, type);
                    break;
            }
        if (provision.Length > 0)
            fields[PupilField.SenProvision] = provision;
        if (need.Length > 0)
            fields[PupilField.SenNeed] = need;
    }

    private (DateOnly? Start, string Provision) ReadProvision()
    {
        string start = "", provision = "";
        var sen = cursor.Enter();
        while (cursor.NextIn(sen))
            if (cursor.Name == "StartDate")
                start = cursor.Text();
            else if (cursor.Name == "SENprovision")
                provision = cursor.Text();
        return (ReadSpan(start, "", "special educational needs")?.From, provision);
    }

    private (int Rank, string Type) ReadNeed()
    {
        string rank = "", type = "";
        var need = cursor.Enter();
        while (cursor.NextIn(need))
            if (cursor.Name == "SENtypeRank")
                rank = cursor.Text();
            else if (cursor.Name == "SENtype")
                type = cursor.Text();
        return (int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : int.MaxValue, type);
    }

    private void ReadSingle(string name, PupilField field)
    {
        var parent = cursor.Enter();
        while (cursor.NextIn(parent))
            if (cursor.Name == name)
            {
                if (field == PupilField.ServiceChild)
                    TakeServiceChild(cursor.Text());
                else
                    Take(field);
            }
    }

    // U and R: unknown, refused.
    private void TakeServiceChild(string text)
    {
        if (text.Length > 0 && text.ToUpperInvariant() is not ("U" or "R"))
            fields[PupilField.ServiceChild] = text;
    }

    private void TakeFormerUpn(string upn)
    {
        if (upn.Length == 0)
            return;
        if ((formerUpns ??= []).Count == MostFormerUpns)
            fault ??= $"it has more than {MostFormerUpns} former UPNs";
        else
            formerUpns.Add(upn);
    }

    private void Take(PupilField field)
    {
        if (cursor.Text() is { Length: > 0 } text)
            fields[field] = text;
    }

    private void TakeDay(PupilField field)
    {
        if (cursor.Text() is { Length: > 0 } text)
            fields[field] = CtfText.Day(text) is { } ? text[..10] : text;
    }
}
