using Xunit;

namespace Ascent.Cli.Tests.Accounts;

public class EraseTests
{
    [Fact]
    public async Task Erase_MemberThenDeleted_IsRefusedAndThenGivesAReceiptAndVerifyNamesIt()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        await person.RunAsync("schools", "add-administrator", "900101", "--forename", "Zelda", "--surname", "Quibble", "--email", "zelda@school.example");
        var refused = await person.RunAsync("accounts", "erase", "zelda@school.example", "--yes");
        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("still has a place in 1 organisation", refused.Error, StringComparison.Ordinal);
        await person.SqlAsync("UPDATE memberships SET state = 'Deleted'");
        var unasked = await person.RunAsync("accounts", "erase", "zelda@school.example");
        Assert.Equal((ExitCode.Refused, "", "Erase everything held on zelda@school.example, for good? Nobody can be asked here: repeat the command with --yes."), (unasked.Code, unasked.Output, unasked.Error.TrimEnd()));

        var ran = await person.RunAsync("accounts", "erase", "zelda@school.example", "--yes", "--json");

        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        var (receipt, id) = (ran.Json.GetProperty("receipt").GetString()!, ran.Json.GetProperty("accountId").GetGuid());
        Assert.Contains(id.ToString(), await File.ReadAllTextAsync(Path.Combine(person.Folder, "erasures.jsonl")), StringComparison.Ordinal);
        await person.RunAsync("audit", "seal");
        var verified = await person.RunAsync("audit", "verify");
        Assert.Equal((ExitCode.Done, ""), (verified.Code, verified.Error));
        Assert.Contains($"erased person {id:N}", verified.Output, StringComparison.Ordinal);
        Assert.Contains($"receipt {receipt}", verified.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("accounts", "erase", "zelda@school.example", "--yes")).Code);
        Assert.Contains("0 people", (await person.RunAsync("accounts", "asked")).Output, StringComparison.Ordinal);
    }
}
