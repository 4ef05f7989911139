using System.Globalization;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports.Ctf;

/// <summary>Reads the header element. Whatever is missing or unreadable in it is left empty; only its version decides.</summary>
internal static class CtfHeaderText
{
    private const int Longest = 200;

    private static readonly string[] Moments = ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];

    /// <param name="cursor">On the element Header.</param>
    public static CtfHeader Read(CtfCursor cursor)
    {
        string version = "", qualifier = "", at = "", supplier = "", year = "";
        var (source, destination) = (new CtfSchool("", "", "", ""), new CtfSchool("", "", "", ""));
        var header = cursor.Enter();
        while (cursor.NextIn(header))
            switch (cursor.Name)
            {
                case "CTFversion":
                    version = cursor.Text();
                    break;
                case "DocumentQualifier":
                    qualifier = cursor.Text();
                    break;
                case "DateTime":
                    at = cursor.Text();
                    break;
                case "SupplierID":
                    supplier = Plain(cursor.Text());
                    break;
                case "SourceSchool":
                    (source, year) = ReadSchool(cursor);
                    break;
                case "DestSchool":
                    destination = ReadSchool(cursor).School;
                    break;
            }
        return new(version, !qualifier.Equals("partial", StringComparison.OrdinalIgnoreCase), Moment(at), supplier, source, destination, Year(year));
    }

    private static (CtfSchool School, string Year) ReadSchool(CtfCursor cursor)
    {
        string authority = "", establishment = "", urn = "", name = "", year = "";
        var school = cursor.Enter();
        while (cursor.NextIn(school))
            switch (cursor.Name)
            {
                case "LEA":
                    authority = Plain(cursor.Text());
                    break;
                case "Estab":
                    establishment = Plain(cursor.Text());
                    break;
                case "URN":
                    urn = Plain(cursor.Text());
                    break;
                case "SchoolName":
                    name = Plain(cursor.Text());
                    break;
                case "AcademicYear":
                    year = cursor.Text();
                    break;
            }
        return (new(authority, establishment, urn, name), year);
    }

    private static DateTime? Moment(string text) =>
        DateTime.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static AcademicYear? Year(string text) =>
        CtfText.Year(text) is { } start ? AcademicYear.StartingIn(start) : AcademicYear.Read(text);

    /// <summary>One line that can be shown and kept.</summary>
    private static string Plain(string text)
    {
        var tidy = PlainText.Tidy(text);
        return PlainText.HasForbiddenCharacter(tidy) ? "" : tidy.Length > Longest ? tidy[..(char.IsHighSurrogate(tidy[Longest - 1]) ? Longest - 1 : Longest)] : tidy;
    }
}
