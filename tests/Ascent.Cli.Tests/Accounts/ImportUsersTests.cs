using System.Diagnostics;
using Xunit;

namespace Ascent.Cli.Tests.Accounts;

public class ImportUsersTests
{
    private const string Heading = "Forename,Surname,Email,Job role,School setup,Reports,Pupil names,End date";

    private static readonly string[] Rows =
    [
        "Ann,Bell,ann.bell@school.example,Teacher,N,Y,own classes,",
        "Bob,Cole,bob.cole@school.example,Teacher,N,Y,N,",
        "Cy,Dunn,not an address,Teacher,N,Y,N,",
        "Zelda,Quibble,zelda@school.example,Headteacher,N,N,N,",
        "Di,Eames,di.eames@school.example,Teacher,N,N,Y,",
    ];

    [Fact]
    public async Task Import_DryRun_TellsEveryRowWithReasonsAndCreatesNobody()
    {
        await using var person = await UsersTests.WithHolderAsync();

        var ran = await person.RunAsync("users", "import", List(person, Rows), "--school", "900101", "--dry-run", "--json");

        Assert.Equal(ExitCode.Refused, ran.Code); // rows 3 and 5 are left out
        var rows = ran.Json.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(["Ready True ", "Ready True ", "ToMend False email-unreadable", "HereAlready False already-here", "ToMend False access"], rows.Select(r =>
            $"{r.GetProperty("state").GetString()} {r.GetProperty("isChosen").GetBoolean()} {string.Join(' ', r.GetProperty("reasons").EnumerateArray().Select(x => x.GetProperty("code").GetString()))}"));
        Assert.Contains("Row 3: Enter an email address like", ran.Error, StringComparison.Ordinal);
        Assert.Equal((true, 0, 1), (ran.Json.GetProperty("dryRun").GetBoolean(), ran.Json.GetProperty("created").GetArrayLength(), await CountAsync(person)));
        Assert.Equal(["school", "dryRun", "rows", "seats", "notRead", "created", "notMade", "refused"], ran.Json.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Import_ChosenRows_AreCreatedAndTheSameAgainFindsThemHere()
    {
        await using var person = await UsersTests.WithHolderAsync();
        var list = List(person, Rows);

        var ran = await person.RunAsync("users", "import", list, "--school", "900101", "--rows", "2", "--yes", "--json");
        Assert.Equal((ExitCode.Done, "", 1), (ran.Code, ran.Error, ran.Json.GetProperty("created").GetArrayLength()));
        var all = await person.RunAsync("users", "import", list, "--school", "900101", "--yes");
        Assert.Equal(ExitCode.Refused, all.Code);
        Assert.Contains("1 person created at Elmfield School, as pending users. The activation code is not shown here", all.Output, StringComparison.Ordinal);
        Assert.Equal(3, await CountAsync(person));
        var again = await person.RunAsync("users", "import", list, "--school", "900101", "--rows", "1-2,4", "--yes");
        Assert.Equal((ExitCode.Refused, 3), (again.Code, await CountAsync(person)));
        Assert.Contains("rows 1, 2 and 4 cannot be", again.Error, StringComparison.Ordinal);

        var log = await person.RunAsync("audit", "list", "--school", "900101", "--kind", "users-created", "--json");
        Assert.Equal(["Ann Bell created from a list", "Bob Cole created from a list"], log.Json.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("sentence").GetString()));
    }

    [Fact]
    public async Task Import_EverybodyHereAlready_EndsWithZero()
    {
        await using var person = await UsersTests.WithHolderAsync();

        var ran = await person.RunAsync("users", "import", List(person, Rows[3]), "--school", "900101", "--yes");

        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
    }

    [Fact]
    public async Task Import_NotConfirmed_CreatesNobody()
    {
        await using var person = await UsersTests.WithHolderAsync();
        string[] typed = ["users", "import", List(person, Rows[0], Rows[1]), "--school", "900101"];

        Assert.Equal((ExitCode.Refused, 1), ((await person.RunAsync(typed)).Code, await CountAsync(person)));
        var asked = await person.AnswerAsync("n", typed);
        Assert.Equal((ExitCode.Refused, 1), (asked.Code, await CountAsync(person)));
        Assert.Contains("Create 2 people at Elmfield School? [y/N]", asked.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, 3), ((await person.AnswerAsync("yes", typed)).Code, await CountAsync(person)));
    }

    [Fact]
    public async Task Import_MoreHoldersThanSeats_LeavesTheLastOutAndSaysWhy()
    {
        await using var person = await UsersTests.WithHolderAsync();
        var rows = Enumerable.Range(0, 4).Select(i => $"Hal,Holder{i},hal{i}@school.example,Headteacher,Y,N,N,").ToArray();

        var ran = await person.RunAsync("users", "import", List(person, rows), "--school", "900101", "--yes");

        Assert.Equal((ExitCode.Refused, 4), (ran.Code, await CountAsync(person)));
        Assert.Contains("Row 4: No School setup seat is left", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3-1")]
    [InlineData("1,,2")]
    [InlineData("a")]
    [InlineData("1-2-3")]
    [InlineData("2001")]
    [InlineData("99999999999999999999")]
    public async Task Import_RowsThatAreNone_IsWrongUsage(string rows)
    {
        await using var person = new Operator();

        var ran = await person.RunAsync("users", "import", List(person, Rows), "--school", "900101", "--rows", rows);

        Assert.Equal((ExitCode.Usage, ""), (ran.Code, ran.Output));
    }

    [Fact]
    public async Task Import_NoListOrNoSuchFile_IsRefused()
    {
        await using var person = await UsersTests.WithHolderAsync();
        var file = Path.Combine(person.Folder, "none.csv");
        await File.WriteAllTextAsync(file, "Nothing,here\n1,2\n", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Refused, (await person.RunAsync("users", "import", file, "--school", "900101", "--yes")).Code);
        Assert.Equal(ExitCode.Usage, (await person.RunAsync("users", "import", file + "x", "--school", "900101")).Code);
    }

    [Fact]
    public async Task Import_TheLongestList_SaysHowFarItIsOnStandardErrorOnly()
    {
        await using var person = await UsersTests.WithHolderAsync();
        var count = Ascent.TestSupport.LongTests.OrShare(2_000, 300);
        var list = List(person, [.. Enumerable.Range(0, count).Select(i => $"Ann{i},Bell{i},ann{i}@school.example,Teacher,N,Y,N,")]);
        var watch = Stopwatch.StartNew();

        var ran = await person.AnswerAsync("y", "users", "import", list, "--school", "900101", "--json");

        Assert.Equal((ExitCode.Done, count), (ran.Code, ran.Json.GetProperty("created").GetArrayLength()));
        Assert.Contains("Creating people", ran.Error, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"{watch.Elapsed}");
        Assert.Equal(count + 1, await CountAsync(person));
    }

    private static async Task<int> CountAsync(Operator person) => (await person.RunAsync("users", "list", "--school", "900101", "--json", "--most", "1")).Json.GetProperty("total").GetInt32();

    private static string List(Operator person, params string[] rows)
    {
        var file = Path.Combine(person.Folder, "list.csv");
        File.WriteAllLines(file, rows.Prepend(Heading));
        return file;
    }
}
