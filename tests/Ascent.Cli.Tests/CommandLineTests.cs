using System.Diagnostics;
using Xunit;

namespace Ascent.Cli.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("", "`ascent --help`")]
    [InlineData("schools", "`ascent schools --help`")]
    [InlineData("schools load", "`ascent schools load --help`")]
    [InlineData("schools load no-such-file.csv", "no-such-file.csv")]
    [InlineData("schools unload", "'unload'")]
    [InlineData("schools list --most 0", "from 1 up")]
    [InlineData("schools show", "`ascent schools show --help`")]
    [InlineData("schools set-primary 900101 perhaps", "'by-register'")]
    [InlineData("schools add-administrator 900101", "--forename")]
    [InlineData("schools add-administrator 900101 --forename A --surname B --email a@b.example --reports ManageData", "“ManageData” is none of SchoolReports")]
    [InlineData("schools add-administrator 900101 --forename A --surname B --email a@b.example --role 3", "“3” is none of Headteacher")]
    [InlineData("users list", "--school")]
    [InlineData("users list --school 1 --state Gone", "“Gone” is none of Pending")]
    [InlineData("users create --school 1 --forename A --surname B --email a@b.example", "--role")]
    [InlineData("users create --school 1 --forename A --surname B --email a@b.example --role Teacher --permissions SchoolReports:own-classes", "has no own classes")]
    [InlineData("users create --school 1 --forename A --surname B --email a@b.example --role Teacher --ends-on 31/08/2027", "is no day")]
    [InlineData("users reactivate a@b.example --school 1 --yes", "'--yes'")]
    [InlineData("audit list --group People", "--group is for the log of a school")]
    [InlineData("audit export x.csv", "--school")]
    public async Task Run_TypedWrongly_SaysSoOnStandardErrorAndEndsWithTwo(string typed, string expected)
    {
        await using var person = new Operator();

        var ran = await person.RunAsync(typed.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((ExitCode.Usage, ""), (ran.Code, ran.Output));
        Assert.Contains(expected, ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("schools --help")]
    [InlineData("schools load --help")]
    [InlineData("schools list --help")]
    [InlineData("schools show --help")]
    [InlineData("schools set-primary --help")]
    [InlineData("schools add-administrator --help")]
    [InlineData("setup --help")]
    [InlineData("users list --help")]
    [InlineData("users show --help")]
    [InlineData("users create --help")]
    [InlineData("users import --help")]
    [InlineData("users reset --help")]
    [InlineData("users deactivate --help")]
    [InlineData("users reactivate --help")]
    [InlineData("users delete --help")]
    [InlineData("users reset-code --help")]
    [InlineData("accounts erase --help")]
    [InlineData("accounts asked --help")]
    [InlineData("audit list --help")]
    [InlineData("audit show --help")]
    [InlineData("audit export --help")]
    [InlineData("audit heads --help")]
    [InlineData("operators add --help")]
    [InlineData("operators list --help")]
    [InlineData("operators remove --help")]
    [InlineData("keys replace --help")]
    [InlineData("database migrate --help")]
    [InlineData("database status --help")]
    [InlineData("mail send --help")]
    [InlineData("audit verify --help")]
    [InlineData("audit seal --help")]
    public async Task Run_Help_DescribesAndEndsWithZero(string typed)
    {
        await using var person = new Operator();

        var ran = await person.RunAsync(typed.Split(' '));

        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        Assert.Contains("Usage:", ran.Output, StringComparison.Ordinal);
        Assert.Contains("--data", ran.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASCENT_PUBLIC_ADDRESS", "here", "ASCENT_PUBLIC_ADDRESS has to look like")]
    [InlineData("ASCENT_DATABASE", "mysql://u:secret@h/n", "ASCENT_DATABASE has to look like")]
    [InlineData("ASCENT_SMTP", "smtp://m.example", "ASCENT_PUBLIC_ADDRESS is not")]
    [InlineData("ASCENT_DATABASE", "postgres://u:secret@127.0.0.1:1/n", "The database cannot be used: Failed to connect")]
    public async Task Run_SettingsThatCannotBeUsed_EndsWithThreeAndNamesNoSecret(string name, string value, string expected)
    {
        await using var person = new Operator();
        person.Environment[name] = value;

        var ran = await person.RunAsync("schools", "list");

        Assert.Equal((ExitCode.NoDatabase, ""), (ran.Code, ran.Output));
        Assert.Contains(expected, ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DamagedDatabase_EndsWithThree()
    {
        await using var person = new Operator();
        await File.WriteAllTextAsync(Path.Combine(person.Folder, "ascent.db"), new string('x', 5_000), TestContext.Current.CancellationToken);

        var ran = await person.RunAsync("audit", "verify");

        Assert.Equal(ExitCode.NoDatabase, ran.Code);
        Assert.StartsWith("The database cannot be used: ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AsAProcess_AnswersAndEndsLikeInside()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Ysgol Tŷ Ffynnon,2,4,1");

        var done = await StartAsync(person, "schools", "list", "--json");
        var refused = await StartAsync(person, "schools", "show", "900199");

        Assert.Equal((ExitCode.Done, ""), (done.Code, done.Error));
        Assert.Equal("Ysgol Tŷ Ffynnon", done.Json.GetProperty("schools")[0].GetProperty("name").GetString());
        Assert.Equal((ExitCode.NotFound, "", "There is no such school with URN 900199 here."), (refused.Code, refused.Output, refused.Error.TrimEnd()));
    }

    private static async Task<Ran> StartAsync(Operator person, params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = person.Folder,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Ascent.Cli.dll"), .. args, "--data", person.Folder])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }
}
