using System.Globalization;
using Ascent.Reference;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Pupils;

/// <summary>What is kept of a pupil itself, in the order in which it is shown.</summary>
public enum PupilField
{
    Surname,
    Forename,
    MiddleNames,
    PreferredSurname,
    PreferredForename,
    BornOn,
    Sex,
    Upn,
    Uln,
    Year,
    EnrolledOn,
    FreeMeals,
    FreeMealsSix,
    Disadvantaged,
    SenProvision,
    SenNeed,
    Eal,
    LookedAfter,
    Ethnicity,
    ServiceChild,
}

/// <summary>The fields as text, from a form or a file.</summary>
/// <param name="Today">Nobody is born or enrolled after a year from it.</param>
public sealed record PupilText(IReadOnlyDictionary<PupilField, string?> Typed, DateOnly Today)
{
    public string Of(PupilField field) => PlainText.Tidy(Typed.GetValueOrDefault(field));
}

/// <summary>The same, read and found sound.</summary>
public sealed record PupilDetails(
    string? Upn, string? UpnReason, string? Uln, string Surname, string Forename, string? MiddleNames, string? PreferredSurname, string? PreferredForename,
    DateOnly BornOn, Sex Sex, NcYear Year, DateOnly EnrolledOn, PupilCharacteristics Characteristics)
{
    /// <summary>In characters; the longest name that other services of the department take is 128.</summary>
    public const int LongestName = 128;

    private const int OldestPupil = 25;

    /// <summary>
    /// Reads the fields; each refusal names its field and says how to mend it. The year follows from the date of birth where none is given. A UPN
    /// may be missing, or a reason code stand in its place.
    /// </summary>
    public static Result<PupilDetails> Read(PupilText text)
    {
        var refusals = new List<Refusal>();
        var surname = ReadName(text, PupilField.Surname, required: true, refusals);
        var forename = ReadName(text, PupilField.Forename, required: true, refusals);
        var middle = ReadName(text, PupilField.MiddleNames, required: false, refusals);
        var preferredSurname = ReadName(text, PupilField.PreferredSurname, required: false, refusals);
        var preferredForename = ReadName(text, PupilField.PreferredForename, required: false, refusals);
        var born = ReadBorn(text, refusals);
        var sex = ReadSex(text, refusals);
        var (upn, reason) = ReadUpn(text, refusals);
        var uln = ReadUln(text, refusals);
        var enrolled = ReadEnrolled(text, born, refusals);
        var year = ReadYear(text, born, enrolled, refusals);
        var characteristics = PupilCharacteristics.Read(text, refusals);
        return refusals.Count > 0 ? Result.Refuse<PupilDetails>(refusals)
            : new PupilDetails(upn, reason, uln, surname!, forename!, middle, preferredSurname, preferredForename, born!.Value, sex!.Value, year!.Value, enrolled!.Value, characteristics);
    }

    /// <summary>As text, so that two of them can be compared and shown field by field.</summary>
    public string TextOf(PupilField field) => field switch
    {
        PupilField.Surname => Surname,
        PupilField.Forename => Forename,
        PupilField.MiddleNames => MiddleNames ?? "",
        PupilField.PreferredSurname => PreferredSurname ?? "",
        PupilField.PreferredForename => PreferredForename ?? "",
        PupilField.BornOn => BornOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        PupilField.Sex => Sex == Sex.Female ? "F" : "M",
        PupilField.Upn => Upn ?? UpnReason ?? "",
        PupilField.Uln => Uln ?? "",
        PupilField.Year => Year.Code,
        PupilField.EnrolledOn => EnrolledOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Characteristics.TextOf(field),
    };

    /// <summary>The fields in which the two differ.</summary>
    public IReadOnlyList<PupilField> DifferenceTo(PupilDetails other) => [.. Enum.GetValues<PupilField>().Where(f => TextOf(f) != other.TextOf(f))];

    private static string? ReadName(PupilText text, PupilField field, bool required, List<Refusal> refusals)
    {
        var name = text.Of(field);
        if (name.Length == 0)
        {
            if (required)
                refusals.Add(new PupilFieldRefusal(field, $"Enter the {PupilWords.Of(field)}"));
            return null;
        }
        if (PlainText.HasForbiddenCharacter(name))
            refusals.Add(new PupilFieldRefusal(field, $"The {PupilWords.Of(field)} has a hidden or control character in it: type it again by hand"));
        else if (PlainText.Length(name) > LongestName || name.Length > Pupil.LongestName)
            refusals.Add(new PupilFieldRefusal(field, $"The {PupilWords.Of(field)} must be {LongestName} characters or fewer"));
        return name;
    }

    private static DateOnly? ReadBorn(PupilText text, List<Refusal> refusals)
    {
        var typed = text.Of(PupilField.BornOn);
        if (typed.Length == 0)
            refusals.Add(new PupilFieldRefusal(PupilField.BornOn, "Enter the date of birth"));
        else if (DayText.Read(typed) is not { } born)
            refusals.Add(new PupilFieldRefusal(PupilField.BornOn, DayText.WhyNot(typed, "date of birth")));
        else if (born > text.Today)
            refusals.Add(new PupilFieldRefusal(PupilField.BornOn, "The date of birth is in the future"));
        else if (born < text.Today.AddYears(-OldestPupil))
            refusals.Add(new PupilFieldRefusal(PupilField.BornOn, $"The date of birth is more than {OldestPupil} years ago: check the year"));
        else
            return born;
        return null;
    }

    private static Sex? ReadSex(PupilText text, List<Refusal> refusals)
    {
        switch (text.Of(PupilField.Sex).ToUpperInvariant())
        {
            case "F" or "FEMALE":
                return Pupils.Sex.Female;
            case "M" or "MALE":
                return Pupils.Sex.Male;
            case "":
                refusals.Add(new PupilFieldRefusal(PupilField.Sex, "Say whether the school has female or male on its records"));
                return null;
            default:
                refusals.Add(new PupilFieldRefusal(PupilField.Sex, "Sex has to be F or M, as in the school census"));
                return null;
        }
    }

    private static (string? Upn, string? Reason) ReadUpn(PupilText text, List<Refusal> refusals)
    {
        var typed = text.Of(PupilField.Upn);
        if (typed.Length == 0)
            return (null, null);
        if (Shared.Upn.IsReason(typed))
            return (null, typed.ToUpperInvariant());
        var (upn, faults) = Shared.Upn.Read(typed);
        if (upn is null)
            refusals.Add(new PupilFieldRefusal(PupilField.Upn, $"This is no sound UPN: {InWords.List(faults.Select(UpnWords.Of))}. Leave it empty if you do not know it"));
        return (upn?.Text, null);
    }

    private static string? ReadUln(PupilText text, List<Refusal> refusals)
    {
        var typed = text.Of(PupilField.Uln);
        if (typed.Length == 0)
            return null;
        var uln = Shared.Uln.Read(typed);
        if (uln is null)
            refusals.Add(new PupilFieldRefusal(PupilField.Uln, "A ULN has ten digits, of which the last fits the others: check it, or leave it empty"));
        return uln?.Text;
    }

    private static DateOnly? ReadEnrolled(PupilText text, DateOnly? born, List<Refusal> refusals)
    {
        var typed = text.Of(PupilField.EnrolledOn);
        if (typed.Length == 0)
            return text.Today;
        if (DayText.Read(typed) is not { } enrolled)
            refusals.Add(new PupilFieldRefusal(PupilField.EnrolledOn, DayText.WhyNot(typed, "first day")));
        else if (enrolled < born)
            refusals.Add(new PupilFieldRefusal(PupilField.EnrolledOn, "The first day is before the date of birth"));
        else if (enrolled > text.Today.AddYears(1))
            refusals.Add(new PupilFieldRefusal(PupilField.EnrolledOn, "The first day is more than a year ahead"));
        else
            return enrolled;
        return null;
    }

    private static NcYear? ReadYear(PupilText text, DateOnly? born, DateOnly? enrolled, List<Refusal> refusals)
    {
        var typed = text.Of(PupilField.Year);
        if (typed.Length == 0)
        {
            if (born is null || enrolled is null)
                return null;
            var on = enrolled > text.Today ? enrolled.Value : text.Today;
            if (NcYear.ByAge(born.Value, AcademicYear.Of(on)) is { } byAge)
                return byAge;
            refusals.Add(new PupilFieldRefusal(PupilField.Year, "No year follows from the date of birth: enter it"));
            return null;
        }
        var year = NcYear.Read(typed);
        if (year is null)
            refusals.Add(new PupilFieldRefusal(PupilField.Year, "The year has to be N1, N2, R or a number from 1 to 14"));
        return year;
    }
}

/// <summary>One field of a pupil has to change.</summary>
public sealed record PupilFieldRefusal(PupilField PupilField, string Message) : Refusal($"pupil-{PupilField}", Message, RefusalKind.Field, PupilField.ToString());

public static class PupilWords
{
    /// <summary>In the middle of a sentence.</summary>
    public static string Of(PupilField field) => field switch
    {
        PupilField.Surname => "surname",
        PupilField.Forename => "forename",
        PupilField.MiddleNames => "middle names",
        PupilField.PreferredSurname => "preferred surname",
        PupilField.PreferredForename => "preferred forename",
        PupilField.BornOn => "date of birth",
        PupilField.Sex => "sex",
        PupilField.Upn => "UPN",
        PupilField.Uln => "ULN",
        PupilField.Year => "year group",
        PupilField.EnrolledOn => "first day",
        PupilField.FreeMeals => "free school meals",
        PupilField.FreeMealsSix => "free school meals in the last six years",
        PupilField.Disadvantaged => "disadvantaged",
        PupilField.SenProvision => "SEN provision",
        PupilField.SenNeed => "primary SEN need",
        PupilField.Eal => "English as an additional language",
        PupilField.LookedAfter => "looked after",
        PupilField.Ethnicity => "ethnicity",
        PupilField.ServiceChild => "service child",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    /// <summary>What is stored, as people read it: days in words, codes with their labels.</summary>
    public static string Value(PupilField field, string stored) => field switch
    {
        _ when stored.Length == 0 => PupilCharacteristics.Fields.Contains(field) ? "not known" : "nothing",
        PupilField.BornOn or PupilField.EnrolledOn => InWords.Date(DateOnly.ParseExact(stored, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        PupilField.Sex => stored == "F" ? "Female" : "Male",
        PupilField.Year => NcYear.Read(stored)?.ToString() ?? stored,
        _ when PupilCharacteristics.IsYesNo(field) => stored == "Y" ? "Yes" : "No",
        _ => PupilCharacteristics.CodesOf(field)?.Find(stored)?.Label ?? stored,
    };
}
