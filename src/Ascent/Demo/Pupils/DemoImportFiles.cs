using System.Globalization;
using System.Text;
using Ascent.Shared;

namespace Ascent.Demo.Pupils;

/// <summary>What stands in the two files of Larkfield.</summary>
internal static class DemoImportFiles
{
    private const string Heading = "UPN,Surname,Forename,Date of birth,Sex,Year group,Class,First day,Free school meals,FSM in last 6 years,Disadvantaged,Ethnicity\r\n";

    /// <summary>Two who came after the half-term holiday, two who have free school meals now, and one who goes to the other class.</summary>
    public static byte[] Joiners(DemoSchool school)
    {
        var text = new StringBuilder(Heading);
        text.Append(Number(1)).Append(",Abara,Zuri,17/02/2019,F,3,3 Elm,02/11/2026,N,N,N,BAFR\r\n");
        text.Append(Number(2)).Append(",Lindqvist,Elsa,09/06/2017,F,5,5 Oak,02/11/2026,N,N,N,WOTH\r\n");
        foreach (var place in Ordinary(school, 3).Where(p => p.Child.About.FreeMeals == false).Take(2))
            Row(text, place, meals: "Y,Y,Y");
        var moved = Ordinary(school, 6).First(p => p.Class == "6 Oak");
        Row(text, moved, schoolClass: "6 Elm");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>
    /// The office's list before the census: somebody without a UPN whose number has come, an ethnicity that is known by now, a birthday that is
    /// none, a number with two digits that changed places, one who is new, and some of whom nothing is new.
    /// </summary>
    public static byte[] Census(DemoSchool school)
    {
        var text = new StringBuilder(Heading);
        var without = school.OnRoll.First(p => p.Child is { Upn: null, UpnReason: null });
        text.Append(Number(3));
        Row(text, without, upn: "");
        foreach (var place in school.OnRoll.Where(p => p.Child is { IsOdd: false, Upn: not null, About.Ethnicity: "NOBT" or "REFU" }).Take(3))
            Row(text, place, ethnicity: "WBRI");
        foreach (var place in Ordinary(school, 2).Take(4))
            Row(text, place);
        text.Append(Number(4)).Append(",Kerridge,Ianto,31/02/2018,M,4,4 Elm,02/11/2026,,,,\r\n");
        var spoilt = Number(5);
        text.Append(spoilt[..5]).Append(spoilt[6]).Append(spoilt[5]).Append(spoilt[7..]).Append(",Falk,Greta,03/10/2020,F,1,1 Elm,02/11/2026,,,,\r\n");
        text.Append(Number(6)).Append(",Oyelowo,Simi,22/12/2021,F,R,R Oak,02/11/2026,N,N,N,BAFR\r\n");
        foreach (var place in Ordinary(school, 4).Where(p => p.Child.About.FreeMeals == true).Take(2))
            Row(text, place, meals: "N,Y,Y");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IEnumerable<DemoPlace> Ordinary(DemoSchool school, int cohort) =>
        school.OnRoll.Where(p => p.Child.Cohort == cohort && p.Child is { IsOdd: false, Upn: not null });

    /// <summary>Of the nursery of another authority's school, as it were: a number that no invented child has.</summary>
    private static string Number(int serial)
    {
        var rest = string.Create(CultureInfo.InvariantCulture, $"999209020{serial:000}");
        return Upn.CheckLetter(rest) + rest;
    }

    private static void Row(StringBuilder text, DemoPlace place, string? upn = null, string? schoolClass = null, string meals = ",,", string? ethnicity = null)
    {
        var child = place.Child;
        text.AppendJoin(',', upn ?? child.Upn, child.Surname, child.Forename, child.BornOn.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), child.IsGirl ? "F" : "M",
            place.Year.Code, schoolClass ?? place.Class, "", meals, ethnicity ?? "").Append("\r\n");
    }
}
