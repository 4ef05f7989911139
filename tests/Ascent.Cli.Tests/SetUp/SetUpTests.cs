using System.Text.RegularExpressions;
using Xunit;

namespace Ascent.Cli.Tests.SetUp;

public class SetUpTests
{
    private static readonly Regex Code = new("[0-9A-Z]{5}-[0-9A-Z]{5}");
    private static readonly string[] ByHand = ["--name", "Elmfield School", "--phase", "primary", "--low-age", "4", "--high-age", "11"];

    [Fact]
    public async Task SetUp_EmptyFolder_MakesEverythingAndTellsTheCodeOnce()
    {
        await using var person = new Operator();

        var ran = await SetUpAsync(person, ByHand);

        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        Assert.Contains("ann@elmfield.example is a pending administrator of Elmfield School.", ran.Output, StringComparison.Ordinal);
        Assert.Single(Code.Matches(ran.Output));
        Assert.Contains("1 of 4 used, 1 of them pending: Ann Bolt (pending)", (await person.RunAsync("schools", "show", "900101")).Output, StringComparison.Ordinal);
        var again = await SetUpAsync(person, ByHand);
        Assert.Equal((ExitCode.Refused, ""), (again.Code, again.Output));
        Assert.StartsWith("This server has accounts already", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetUp_Register_LoadsItFirst()
    {
        await using var person = new Operator();
        var file = person.Write("900101,Elmfield School,2,4,1", "900102,Oakfield School,2,4,1");

        var ran = await SetUpAsync(person, "--register", file, "--json");

        Assert.Equal("Elmfield School", ran.Json.GetProperty("school").GetString());
        Assert.Matches(Code, ran.Json.GetProperty("code").GetString());
        Assert.Contains("2 schools.", (await person.RunAsync("schools", "list")).Output, StringComparison.Ordinal);
    }

    // Broken off after the register, or loaded before: the school is here, and nobody is.
    [Fact]
    public async Task SetUp_SchoolIsHereAlready_AddsTheAdministrator()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");

        Assert.Equal(ExitCode.Done, (await SetUpAsync(person)).Code);
    }

    [Fact]
    public async Task SetUp_FaultyAnswers_AreSaidAtTheOptionsAndNothingIsMade()
    {
        await using var person = new Operator();

        var ran = await person.RunAsync(["setup", "--urn", "12", .. ByHand, "--forename", " ", "--surname", "Bolt", "--email", "ann"]);

        Assert.Equal((ExitCode.Refused, ""), (ran.Code, ran.Output));
        Assert.Equal(["--forename: Enter the forename", "--email: Enter an email address like name@school.example", "--urn: Enter the URN: six figures, such as 100025"],
            ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Empty(Directory.GetFileSystemEntries(person.Folder));
    }

    [Theory]
    [InlineData("--name Elm", "A school by hand also needs --phase, --low-age, --high-age.")]
    [InlineData("--name Elm --phase 2 --low-age 4 --high-age 11", "“2” is none of NotApplicable")]
    [InlineData("--register no-such-file.csv", "no-such-file.csv")]
    public async Task SetUp_HalfAnAnswer_IsAFaultOfTyping(string more, string expected)
    {
        await using var person = new Operator();

        var ran = await SetUpAsync(person, more.Split(' '));

        Assert.Equal((ExitCode.Usage, ""), (ran.Code, ran.Output));
        Assert.Contains(expected, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetUp_SchoolUnknown_IsRefused()
    {
        await using var person = await Operator.WithSchoolsAsync();

        var ran = await SetUpAsync(person);

        Assert.Equal((ExitCode.NotFound, "There is no such school with URN 900101 here."), (ran.Code, ran.Error.TrimEnd()));
    }

    private static Task<Ran> SetUpAsync(Operator person, params string[] more) =>
        person.RunAsync(["setup", "--urn", "900101", "--forename", "Ann", "--surname", "Bolt", "--email", "ann@elmfield.example", .. more]);
}
