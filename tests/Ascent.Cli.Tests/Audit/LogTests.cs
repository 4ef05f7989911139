using Ascent.Cli.Tests.Accounts;
using Xunit;

namespace Ascent.Cli.Tests.Audit;

public class LogTests
{
    [Fact]
    public async Task List_OfASchool_TellsSentencesAndTakesTheFilters()
    {
        await using var person = await UsersTests.WithHolderAsync();
        await person.RunAsync("schools", "set-primary", "900101", "yes");
        async Task<string[]> KindsAsync(params string[] filter)
        {
            var ran = await person.RunAsync(["audit", "list", "--school", "900101", "--json", .. filter]);
            Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
            return [.. ran.Json.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("kind").GetString()!)];
        }

        Assert.Equal(["primary-decided", "membership-activated", "administrator-added", "user-created"], await KindsAsync());
        Assert.Equal(["primary-decided"], await KindsAsync("--group", "school"));
        Assert.Equal(["user-created"], await KindsAsync("--kind", "user-created"));
        Assert.Equal(["membership-activated"], await KindsAsync("--person", "quib", "--part", "DidIt"));
        Assert.Equal(["primary-decided", "membership-activated"], await KindsAsync("--most", "2"));
        Assert.Empty(await KindsAsync("--to", "2020-01-01"));
        Assert.Equal(4, (await KindsAsync("--from", "2020-01-01")).Length);
        Assert.Contains("Zelda Quibble signed up", (await person.RunAsync("audit", "list", "--school", "900101")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("audit", "list", "--school", "900199")).Code);
    }

    [Fact]
    public async Task List_OfTheServer_TellsKindsAndFacts()
    {
        await using var person = await UsersTests.WithHolderAsync();

        var ran = await person.RunAsync("audit", "list", "--kind", "schools-loaded", "--json");

        var entry = ran.Json.GetProperty("entries")[0];
        Assert.Equal(("schools-loaded", 1), (entry.GetProperty("kind").GetString(), entry.GetProperty("facts").GetProperty("Added").GetInt32()));
        Assert.Equal(0, (await person.RunAsync("audit", "list", "--person", "zelda@school.example", "--json")).Json.GetProperty("entries").GetArrayLength());
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("audit", "list", "--person", "nobody@school.example")).Code);
    }

    [Fact]
    public async Task Show_ByNumberOrId_TellsFactsAndWhatLiesBeside()
    {
        await using var person = await UsersTests.WithHolderAsync();
        await person.RunAsync("audit", "seal");

        var first = await person.RunAsync("audit", "show", "1", "--school", "900101", "--json");
        Assert.Equal((ExitCode.Done, "user-created", 1), (first.Code, first.Json.GetProperty("kind").GetString(), first.Json.GetProperty("sequence").GetInt32()));
        Assert.Equal("Zelda Quibble", first.Json.GetProperty("details")[0].GetProperty("texts").GetProperty("name").GetString());
        Assert.Equal(64, first.Json.GetProperty("hash").GetString()!.Length);
        var byId = await person.RunAsync("audit", "show", first.Json.GetProperty("id").GetString()!, "--school", "900101");
        Assert.Contains("Zelda Quibble", byId.Output, StringComparison.Ordinal);
        // An entry of the school is none of the server's.
        foreach (var typed in (string[][])[["audit", "show", "99"], ["audit", "show", "x"], ["audit", "show", first.Json.GetProperty("id").GetString()!]])
            Assert.Equal((ExitCode.NotFound, ""), ((await person.RunAsync(typed)).Code, (await person.RunAsync(typed)).Output));
    }

    [Fact]
    public async Task Export_ToAFile_IsInTheLogAndOverwritesNothing()
    {
        await using var person = await UsersTests.WithHolderAsync();
        var file = Path.Combine(person.Folder, "log.csv");

        var ran = await person.RunAsync("audit", "export", file, "--school", "900101", "--group", "People", "--json");

        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("Zelda Quibble signed up", text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var again = await person.RunAsync("audit", "export", file, "--school", "900101");
        Assert.Equal((ExitCode.Refused, text), (again.Code, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)));
        Assert.Equal(1, (await person.RunAsync("audit", "list", "--school", "900101", "--kind", "log-exported", "--json")).Json.GetProperty("entries").GetArrayLength());
    }
}
