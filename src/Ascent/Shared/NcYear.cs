using System.Globalization;

namespace Ascent.Shared;

/// <summary>The stages of schooling in England.</summary>
public enum KeyStage
{
    /// <summary>Early years: nursery and Reception.</summary>
    EarlyYears,
    KS1,
    KS2,
    KS3,
    KS4,
    KS5,
}

/// <summary>
/// A National Curriculum year: Reception is 0, the nursery years N2 and N1 are −1 and −2. The one that a school has stored beats the one
/// that follows from the date of birth, because pupils are taught out of year.
/// </summary>
public readonly record struct NcYear : IComparable<NcYear>
{
    public const int Lowest = -2;

    /// <summary>Some special schools and sixth forms have a Year 14.</summary>
    public const int Highest = 14;

    /// <param name="number">−2 to 14.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such year.</exception>
    public NcYear(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, Lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Highest);
        Number = number;
    }

    public int Number { get; }

    /// <summary>"R", "N1", "N2" or the number: as in files.</summary>
    public string Code => Number switch { -2 => "N1", -1 => "N2", 0 => "R", _ => Number.ToString(CultureInfo.InvariantCulture) };

    public KeyStage Stage => Number switch
    {
        <= 0 => KeyStage.EarlyYears,
        <= 2 => KeyStage.KS1,
        <= 6 => KeyStage.KS2,
        <= 9 => KeyStage.KS3,
        <= 11 => KeyStage.KS4,
        _ => KeyStage.KS5,
    };

    /// <summary>Every year, youngest first.</summary>
    public static IEnumerable<NcYear> All => Enumerable.Range(Lowest, Highest - Lowest + 1).Select(n => new NcYear(n));

    /// <summary>
    /// The year of a child of this age: five less than the difference between the school year and the one in which it was born. Only a
    /// default, and a warning where the stored one is another.
    /// </summary>
    /// <returns>Null when the child is too young or too old for every year.</returns>
    public static NcYear? ByAge(DateOnly born, AcademicYear year)
    {
        var number = year.StartYear - AcademicYear.Of(born).StartYear - 5;
        return number is >= Lowest and <= Highest ? new(number) : null;
    }

    /// <summary>Reads what files and people write: "7", "07", "R", "N1", "Year 7", "Reception", "Nursery 2".</summary>
    /// <returns>Null for anything else.</returns>
    public static NcYear? Read(string? text)
    {
        var word = (text ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        foreach (var lead in (string[])["YEAR", "YR", "Y"])
            if (word.Length > lead.Length && word.StartsWith(lead, StringComparison.Ordinal))
            {
                word = word[lead.Length..];
                break;
            }
        return word switch
        {
            "R" or "RECEPTION" or "0" or "00" => new(0),
            "N1" or "NURSERY1" => new(-2),
            "N2" or "NURSERY2" => new(-1),
            _ => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && word.Length <= 2 && number is >= 1 and <= Highest ? new(number) : null,
        };
    }

    /// <summary>
    /// From when a child has to be in school: the first of 31 December, 31 March and 31 August that is not before the fifth birthday.
    /// </summary>
    public static DateOnly CompulsoryFrom(DateOnly born)
    {
        // A child of 29 February is five on 1 March: that day's own law of ages; both lie before 31 March.
        var fifth = born.AddYears(5);
        DateOnly[] terms = [new(fifth.Year, 3, 31), new(fifth.Year, 8, 31), new(fifth.Year, 12, 31)];
        return terms.First(t => t >= fifth);
    }

    public int CompareTo(NcYear other) => Number.CompareTo(other.Number);

    public static bool operator <(NcYear left, NcYear right) => left.CompareTo(right) < 0;

    public static bool operator >(NcYear left, NcYear right) => left.CompareTo(right) > 0;

    public static bool operator <=(NcYear left, NcYear right) => left.CompareTo(right) <= 0;

    public static bool operator >=(NcYear left, NcYear right) => left.CompareTo(right) >= 0;

    /// <summary>"Year 7", "Reception", "Nursery 2": on screen.</summary>
    public override string ToString() => Number switch { -2 => "Nursery 1", -1 => "Nursery 2", 0 => "Reception", _ => $"Year {Code}" };
}
