using System.Globalization;
using Ascent.Shared;

namespace Ascent.Demo.Pupils;

/// <summary>Gives out UPNs and ULNs that are sound, nobody else's, and cannot be a real child's: the authority is the one for tests.</summary>
internal sealed class DemoNumbers
{
    private const string Authority = "999";
    private const long FirstLearner = 100_000_000;

    private readonly Dictionary<string, int> serials = new(StringComparer.Ordinal);
    private long learners = FirstLearner;

    /// <param name="establishment">The school that gave it first, four digits.</param>
    /// <param name="year">The school year in which it did.</param>
    public string NextUpn(string establishment, AcademicYear year)
    {
        var begins = Begins(establishment, year);
        var serial = serials[begins] = serials.GetValueOrDefault(begins) + 1;
        return WithLetter(begins + serial.ToString("000", CultureInfo.InvariantCulture));
    }

    /// <summary>One that is to be replaced when the permanent one is known.</summary>
    public static string TemporaryUpn(string establishment, AcademicYear year, int serial) =>
        WithLetter(Begins(establishment, year) + serial.ToString("00", CultureInfo.InvariantCulture) + "A");

    public string NextUln()
    {
        while (true)
        {
            var nine = (learners += 7).ToString(CultureInfo.InvariantCulture);
            var sum = 0;
            for (var i = 0; i < nine.Length; i++)
                sum += (10 - i) * (nine[i] - '0');
            // With a remainder of 0 there is no number.
            if (sum % 11 is > 0 and var remainder)
                return nine + (10 - remainder).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string Begins(string establishment, AcademicYear year) => Authority + establishment + (year.StartYear % 100).ToString("00", CultureInfo.InvariantCulture);

    private static string WithLetter(string rest) => Upn.CheckLetter(rest) + rest;
}
