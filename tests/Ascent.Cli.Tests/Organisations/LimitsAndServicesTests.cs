using Xunit;

namespace Ascent.Cli.Tests.Organisations;

public class LimitsAndServicesTests
{
    [Fact]
    public async Task Limits_ShownAndChanged_SayHowManyAreUsed()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        Assert.Matches("School setup & Pupil Tracking +0 of 4 used", (await person.RunAsync("schools", "limits", "900101")).Output);
        await person.RunAsync("schools", "add-administrator", "900101", "--forename", "Ada", "--surname", "Byron", "--email", "ada@elmfield.example");

        var ran = await person.RunAsync("schools", "limits", "900101", "--school-setup", "2", "--manage-data", "9");

        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        Assert.Contains("Elmfield School: School setup & Pupil Tracking from 4 to 2 and Manage data from 6 to 9.", ran.Output, StringComparison.Ordinal);
        Assert.Contains("nothing changed", (await person.RunAsync("schools", "limits", "900101", "--manage-data", "9")).Output, StringComparison.Ordinal);
        var shown = (await person.RunAsync("schools", "limits", "900101", "--json")).Json.GetProperty("limits")[0];
        Assert.Equal((1, 1, 2), (shown.GetProperty("used").GetInt32(), shown.GetProperty("pending").GetInt32(), shown.GetProperty("limit").GetInt32()));
    }

    [Fact]
    public async Task Limits_WhatMayNotBe_IsRefused()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");

        var low = await person.RunAsync("schools", "limits", "900101", "--school-setup", "0");
        Assert.Equal((ExitCode.Refused, "A limit is a whole number from 1 to 99"), (low.Code, low.Error.Trim()));
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("schools", "limits", "900199")).Code);
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("schools", "limits", "900199", "--school-setup", "5")).Code);
        Assert.Equal(ExitCode.Usage, (await person.RunAsync("schools", "limits", "900101", "--school-setup", "many")).Code);
    }

    [Fact]
    public async Task Services_OffAndUntilAndOn_AreShown()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");

        var ran = await person.RunAsync("schools", "services", "900101", "--reports", "off", "--tracking", "until", "2034-08-31");

        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        Assert.Contains("Elmfield School: Reports off and Pupil Tracking on until 31 August 2034.", ran.Output, StringComparison.Ordinal);
        var shown = (await person.RunAsync("schools", "services", "900101")).Output;
        Assert.Matches("Reports +off; 0 users hold something of it", shown);
        Assert.Matches("Targets +on;", shown);
        Assert.Matches("Pupil Tracking +on until 31 August 2034", shown);
        var back = (await person.RunAsync("schools", "services", "900101", "--reports", "on", "--json")).Json.GetProperty("changes")[0];
        Assert.Equal(("off", "on"), (back.GetProperty("before").GetString(), back.GetProperty("after").GetString()));
        Assert.Contains("nothing changed", (await person.RunAsync("schools", "services", "900101", "--reports", "on")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.Usage, "is none of on, off, or until and a day", "--reports", "perhaps")]
    [InlineData(ExitCode.Usage, "“off 2027-08-31” is none of on, off", "--reports", "off", "2027-08-31")]
    [InlineData(ExitCode.Usage, "is none of on, off, or until and a day", "--reports", "until", "soon")]
    [InlineData(ExitCode.Usage, "is none of on, off, or until and a day", "--reports", "until")]
    [InlineData(ExitCode.Refused, "must be today", "--reports", "until", "2020-01-01")]
    [InlineData(ExitCode.Refused, "has no Pupil Tracking to switch", "--tracking", "off")]
    public async Task Services_WhatMayNotBe_IsRefused(int code, string words, params string[] typed)
    {
        await using var person = await Operator.WithSchoolsAsync("900102,Ridge College,4,11,1");

        var ran = await person.RunAsync(["schools", "services", "900102", .. typed]);

        Assert.Equal(code, ran.Code);
        Assert.Contains(words, ran.Error, StringComparison.Ordinal);
    }
}
