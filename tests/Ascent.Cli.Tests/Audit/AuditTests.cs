using Xunit;

namespace Ascent.Cli.Tests.Audit;

public class AuditTests
{
    [Fact]
    public async Task Verify_SealedLog_Holds()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        Assert.Contains("entries wait to be sealed", (await person.RunAsync("audit", "verify")).Output, StringComparison.Ordinal);

        Assert.Matches("^[0-9]+ entries sealed", (await person.RunAsync("audit", "seal")).Output);

        var ran = await person.RunAsync("audit", "verify");
        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        Assert.EndsWith("the log holds.", ran.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WithHeads_NamesWhatWasCutOffTogetherWithItsHead()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        await person.RunAsync("schools", "set-primary", "900101", "no");
        await person.RunAsync("audit", "seal");
        await person.SqlAsync("CREATE TABLE copy AS SELECT * FROM audit_chains");
        await person.RunAsync("schools", "set-primary", "900101", "yes");
        await person.RunAsync("audit", "seal");
        Assert.StartsWith("Written to", (await person.RunAsync("audit", "heads")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Today’s heads are written already", (await person.RunAsync("audit", "heads")).Output, StringComparison.Ordinal);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(person.Folder, "heads")));

        Assert.Equal(ExitCode.Done, (await person.RunAsync("audit", "verify", "--heads", file)).Code);
        await person.SqlAsync("DELETE FROM audit_entries WHERE kind = 'primary-decided' AND sequence = 2; DELETE FROM audit_chains; INSERT INTO audit_chains SELECT * FROM copy; DROP TABLE copy");

        Assert.Equal(ExitCode.Done, (await person.RunAsync("audit", "verify")).Code);
        var ran = await person.RunAsync("audit", "verify", "--heads", file);
        Assert.Equal(ExitCode.Refused, ran.Code);
        Assert.StartsWith("Elmfield School (900101): entry 2 is missing: the chain ended with entry 2 on", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FileThatIsNoneOrWasChanged_IsRefused()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        await person.RunAsync("audit", "seal");
        await person.RunAsync("audit", "heads");
        var file = Path.Combine(person.Folder, "changed.jsonl");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(person.Folder, "heads"))))).Replace("\"sequence\":", "\"sequence\":1", StringComparison.Ordinal));

        Assert.Equal((ExitCode.Refused, "The file of heads was not written by this server, or was changed or cut since"), await RefusedAsync(person, file));
        Assert.Equal((ExitCode.NotFound, $"There is no file {file}x."), await RefusedAsync(person, file + "x"));
    }

    private static async Task<(int, string)> RefusedAsync(Operator person, string file)
    {
        var ran = await person.RunAsync("audit", "verify", "--heads", file);
        return (ran.Code, ran.Error.TrimEnd());
    }

    [Fact]
    public async Task Verify_ChangedAndMissingEntries_NamesEachPlaceAndEndsWithOne()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        await person.RunAsync("schools", "set-primary", "900101", "no");
        await person.RunAsync("audit", "seal");
        await person.SqlAsync("UPDATE audit_entries SET facts = '{}' WHERE kind = 'primary-decided'; DELETE FROM audit_entries WHERE kind = 'schools-loaded'");

        var ran = await person.RunAsync("audit", "verify", "--json");

        Assert.Equal((ExitCode.Refused, false), (ran.Code, ran.Json.GetProperty("holds").GetBoolean()));
        Assert.Contains("Elmfield School (900101): entry 1 was changed after it was sealed", ran.Error, StringComparison.Ordinal);
        Assert.Contains("The server: entry 2 is missing", ran.Error, StringComparison.Ordinal);
        Assert.Equal(2, ran.Json.GetProperty("findings").EnumerateArray().Count(f => f.GetProperty("place").GetString()!.StartsWith("entry", StringComparison.Ordinal)));
    }
}
