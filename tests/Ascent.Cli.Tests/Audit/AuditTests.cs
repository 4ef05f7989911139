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
