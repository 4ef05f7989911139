using Xunit;

namespace Ascent.Cli.Tests.Organisations;

public class SchoolsTests
{
    [Fact]
    public async Task Load_Register_CountsAndOpensSeats()
    {
        await using var person = new Operator();
        await person.RunAsync("database", "migrate");

        var ran = await person.RunAsync("schools", "load", person.Write("900101,Elmfield School,2,4,1", "900102,Ridge College,6,16,2"));

        Assert.Equal(ExitCode.Done, ran.Code);
        Assert.Matches("Schools +2 +0 +0", ran.Output);
        Assert.Matches("Local authorities +1 +0", ran.Output);
        Assert.Contains("2 schools loaded, 1 of them is closed; 0 rows were left out.", ran.Output, StringComparison.Ordinal);
        // The small file of the test has no trusts; that is said, and is no fault.
        Assert.Contains("The file has no column TypeOfEstablishment (code), StatutoryHighAge, Trusts (code), Trusts (name), Town or Postcode", ran.Error, StringComparison.Ordinal);
        Assert.Contains("0 of 4 used", (await person.RunAsync("schools", "show", "900101")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_RowsLeftOut_NamesThemWithLinesAndEndsWithOne()
    {
        await using var person = new Operator();
        await person.RunAsync("database", "migrate");

        var ran = await person.RunAsync("schools", "load", person.Write("900101,Elmfield School,2,4,1", "900102,Ridge College,6,old,1", "none,Ashby,2,4,1"));

        Assert.Equal(ExitCode.Refused, ran.Code);
        Assert.Contains("1 school loaded, 0 of them are closed; 2 rows were left out.", ran.Output, StringComparison.Ordinal);
        Assert.Contains("Line 3, URN 900102: StatutoryLowAge has to be an age in whole years, not “old”", ran.Error, StringComparison.Ordinal);
        Assert.Contains("Line 4: the URN has to be a number of six digits, not “none”", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_Json_GivesCountsAndRefusedRows()
    {
        await using var person = new Operator();
        await person.RunAsync("database", "migrate");

        var json = (await person.RunAsync("schools", "load", person.Write("900101,Elmfield School,2,4,1", "x,Ridge,6,16,1"), "--json")).Json;

        Assert.Equal((1, 1, 3), (json.GetProperty("added").GetInt32(), json.GetProperty("refusedCount").GetInt32(), json.GetProperty("refused")[0].GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Load_NoRegister_IsRefusedInWords()
    {
        await using var person = new Operator();
        await person.RunAsync("database", "migrate");

        var ran = await person.RunAsync("schools", "load", Path.Combine(person.Folder, "ascent.db"));

        Assert.Equal((ExitCode.Refused, "", "This is not a CSV file: it holds bytes that no text has."), (ran.Code, ran.Output, ran.Error.TrimEnd()));
    }

    [Fact]
    public async Task List_Search_ShowsWhatFits()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1", "900102,Ridge College,6,16,1", "900103,Old School,2,4,2");

        Assert.Contains("2 schools.", (await person.RunAsync("schools", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("The first 1 of 3 schools", (await person.RunAsync("schools", "list", "--closed", "--most", "1")).Output, StringComparison.Ordinal);
        var found = (await person.RunAsync("schools", "list", "--search", "RIDGE")).Output;
        Assert.Matches("900102 +999/2102 +Ridge College +Northmoor +16 plus +no", found);
        Assert.DoesNotContain("Elmfield", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetPrimary_AgainstTheRegister_ShowsWithItsReason()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,4,11,1");

        var set = await person.RunAsync("schools", "set-primary", "900101", "yes");

        Assert.Equal((ExitCode.Done, "Elmfield School: primary, an operator decided so; by the register it begins at age 11, later than 10."), (set.Code, set.Output.TrimEnd()));
        Assert.Contains("Nothing changed.", (await person.RunAsync("schools", "set-primary", "900101", "yes")).Output, StringComparison.Ordinal);
        Assert.Matches("Primary +yes: an operator decided so", (await person.RunAsync("schools", "show", "900101")).Output);
        Assert.Equal("Elmfield School: not primary, it begins at age 11, later than 10.", (await person.RunAsync("schools", "set-primary", "900101", "by-register")).Output.TrimEnd());
    }

    [Theory]
    [InlineData("show", "900199")]
    [InlineData("set-primary", "900199", "yes")]
    public async Task Command_UnknownUrn_IsRefusedInWordsAndJson(params string[] typed)
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,4,11,1");

        var ran = await person.RunAsync(["schools", .. typed, "--json"]);

        Assert.Equal((ExitCode.NotFound, "There is no such school with URN 900199 here."), (ran.Code, ran.Error.TrimEnd()));
        Assert.Equal("not-found", ran.Json.GetProperty("refused")[0].GetProperty("code").GetString());
    }
}
