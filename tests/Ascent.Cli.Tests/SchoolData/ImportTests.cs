using Ascent.Cli.Tests.Accounts;
using Xunit;

namespace Ascent.Cli.Tests.SchoolData;

public class ImportTests
{
    private const string Heading = "UPN,Surname,Forename,Date of birth,Sex,Class";

    [Fact]
    public async Task Import_Confirmed_PutsPupilsOnTheRollAndTheSameFileIsRecognised()
    {
        await using var person = await UsersTests.WithHolderAsync();
        var file = List(person, ",Haq,Yusuf,04/03/2018,M,4 Oak", ",Price,Llew,05/03/2018,M,4 Oak");

        var ran = await person.RunAsync("import", file, "--school", "900101", "--whole-roll", "--yes");

        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        Assert.Contains("Done: 2 pupils added, 0 changed, 0 marked as left.", ran.Output, StringComparison.Ordinal);
        var again = await person.RunAsync("import", file, "--school", "900101", "--yes");
        Assert.Equal(ExitCode.Refused, again.Code);
        Assert.Contains("This very file was sent on", again.Error, StringComparison.Ordinal);
        // Without a UPN the same names may be the same children: a person has to say so.
        var waiting = await person.RunAsync("import", file, "--school", "900101", "--again", "--yes", "--json");
        Assert.Equal((ExitCode.Refused, 2, false), (waiting.Code, waiting.Json.GetProperty("waiting").GetInt32(), waiting.Json.GetProperty("confirmed").GetBoolean()));
    }

    [Fact]
    public async Task Import_RowsWithErrors_AreToldAndNothingIsDoneWithoutYes()
    {
        await using var person = await UsersTests.WithHolderAsync();
        var file = List(person, ",Haq,Yusuf,04/03/2018,M,", ",Kerr,Ian,31/02/2018,M,");

        var asked = await person.RunAsync("import", file, "--school", "900101");

        Assert.Equal(ExitCode.Refused, asked.Code);
        Assert.Contains("Row 3: Date of birth: “31/02/2018”: The date of birth: February 2018 has no day 31.", asked.Error, StringComparison.Ordinal);
        var review = await person.RunAsync("import", file, "--school", "900101", "--again", "--review", "--json");
        Assert.Equal((1, 1, false), (review.Json.GetProperty("added").GetInt32(), review.Json.GetProperty("errors").GetInt32(), review.Json.GetProperty("confirmed").GetBoolean()));
    }

    [Fact]
    public async Task Import_TableOfResults_IsTakenInOnceItsYearIsSaid()
    {
        await using var person = await UsersTests.WithHolderAsync();
        await person.RunAsync("import", List(person, ",Haq,Yusuf,04/03/2010,M,"), "--school", "900101", "--yes");
        var file = Path.Combine(person.Folder, "results.csv");
        File.WriteAllText(file, "UPN,Surname,Forename,DOB,GCSE Maths\nX,Haq,Yusuf,04/03/2010,7\nX,Nobody,Ann,04/03/2010,7");

        var unsaid = await person.RunAsync("import", file, "--school", "900101", "--yes");
        Assert.Contains("the school year of its results (--year), are not known yet", unsaid.Error, StringComparison.Ordinal);
        Assert.Contains("“2025” can be two years", (await person.RunAsync("import", file, "--school", "900101", "--year", "2025")).Error, StringComparison.Ordinal);
        var ran = await person.RunAsync("import", file, "--school", "900101", "--year", "2024/25", "--again", "--yes", "--json");

        // The one may be a pupil who is here, which a person decides; the other is nobody.
        Assert.Equal((0, 1, 1), (ran.Json.GetProperty("newResults").GetInt32(), ran.Json.GetProperty("waiting").GetInt32(), ran.Json.GetProperty("errors").GetInt32()));
    }

    [Fact]
    public async Task Import_NoSuchSchoolOrNoList_SaysSo()
    {
        await using var person = await UsersTests.WithHolderAsync();
        var file = List(person, ",Haq,Yusuf,04/03/2018,M,");
        File.WriteAllText(file + ".xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><CTfile/>");

        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("import", file, "--school", "123456")).Code);
        Assert.Equal(ExitCode.Refused, (await person.RunAsync("import", file + ".xml", "--school", "900101", "--yes")).Code);
    }

    private static string List(Operator person, params string[] rows)
    {
        var file = Path.Combine(person.Folder, "roll.csv");
        File.WriteAllLines(file, rows.Prepend(Heading));
        return file;
    }
}
