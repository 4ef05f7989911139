using System.Text.RegularExpressions;
using Xunit;

namespace Ascent.Cli.Tests.Organisations;

public sealed class ConvertTests
{
    private const string Old = "900101";
    private const string Now = "900102";

    [Fact]
    public async Task Convert_Previewed_IsDoneUndoneAndCommitted()
    {
        await using var person = await WithTwoAsync();

        var preview = await person.RunAsync("schools", "convert", Old, Now);

        Assert.Equal((ExitCode.Done, ""), (preview.Code, preview.Error));
        Assert.Contains("Elmfield School (900101, Primary, closed) would become Elmfield Academy (900102, Primary).", preview.Output, StringComparison.Ordinal);
        Assert.Contains("1 person with a place, pending and closed ones too", preview.Output, StringComparison.Ordinal);
        Assert.Contains("School setup & Pupil Tracking seats: 1 of 4 used", preview.Output, StringComparison.Ordinal);
        var mark = Regex.Match(preview.Output, "--confirm ([0-9A-F]{4}-[0-9A-F]{4})").Groups[1].Value;
        // Looking has changed nothing.
        Assert.DoesNotContain("Became", (await person.RunAsync("schools", "show", Old)).Output, StringComparison.Ordinal);

        var wrong = await person.RunAsync("schools", "convert", Old, Now, "--confirm", "0000-0000");
        Assert.Equal(ExitCode.Refused, wrong.Code);
        Assert.Contains("Something has changed since that preview", wrong.Error, StringComparison.Ordinal);
        var done = await person.RunAsync("schools", "convert", Old, Now, "--confirm", mark);
        Assert.Equal(ExitCode.Done, done.Code);
        Assert.Contains("Elmfield School (900101) is now Elmfield Academy (900102).", done.Output, StringComparison.Ordinal);
        Assert.Contains("ada@school.example", (await person.RunAsync("users", "list", "--school", Now)).Output, StringComparison.Ordinal);
        Assert.Matches("Became +Elmfield Academy \\(900102\\)", (await person.RunAsync("schools", "show", Old)).Output);
        Assert.Matches("Was before +Elmfield School \\(900101\\)", (await person.RunAsync("schools", "show", Now)).Output);
        var old = await person.RunAsync("users", "list", "--school", Old);
        Assert.Equal(ExitCode.Refused, old.Code);
        Assert.Contains("Elmfield School has become Elmfield Academy, with the URN 900102", old.Error, StringComparison.Ordinal);

        var undone = await person.RunAsync("schools", "convert", Old, Now, "--undo");
        Assert.Contains("It is Elmfield School (900101) again", undone.Output, StringComparison.Ordinal);
        Assert.Contains("ada@school.example", (await person.RunAsync("users", "list", "--school", Old)).Output, StringComparison.Ordinal);

        await person.RunAsync("schools", "convert", Old, Now, "--confirm", (await person.RunAsync("schools", "convert", Old, Now, "--json")).Json.GetProperty("mark").GetString()!);
        Assert.Equal(ExitCode.Refused, (await person.RunAsync("schools", "convert", Old, Now, "--commit")).Code);
        Assert.Equal(ExitCode.Done, (await person.RunAsync("schools", "convert", Old, Now, "--commit", "--yes")).Code);
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("schools", "convert", Old, Now, "--undo")).Code);
        var list = (await person.RunAsync("schools", "conversions", "--json")).Json;
        Assert.Equal(["Committed", "Undone"], list.EnumerateArray().Select(c => c.GetProperty("conversion").GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Convert_WhatCannotBe_SaysWhyAndEndsWithOne()
    {
        await using var person = await WithTwoAsync();

        var reversed = await person.RunAsync("schools", "convert", Now, Old);
        var both = await person.RunAsync("schools", "convert", Old, Now, "--undo", "--commit");

        Assert.Equal(ExitCode.Refused, reversed.Code);
        Assert.Contains("There is nothing to carry", reversed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--confirm", reversed.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, both.Code);
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("schools", "convert", Old, "900199")).Code);
        Assert.Equal("None.", (await person.RunAsync("schools", "conversions")).Output.Trim());
    }

    private static async Task<Operator> WithTwoAsync()
    {
        var person = await Operator.WithSchoolsAsync($"{Old},Elmfield School,2,4,2", $"{Now},Elmfield Academy,2,4,1");
        Assert.Equal(ExitCode.Done, (await person.RunAsync("schools", "add-administrator", Old, "--forename", "Ada", "--surname", "Byron", "--email", "ada@school.example")).Code);
        return person;
    }
}
