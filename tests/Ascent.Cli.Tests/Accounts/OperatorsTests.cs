using System.Text.RegularExpressions;
using Xunit;

namespace Ascent.Cli.Tests.Accounts;

public class OperatorsTests
{
    private static readonly Regex Code = new("[0-9A-Z]{5}-[0-9A-Z]{5}");

    [Fact]
    public async Task Add_ThenListAndRemove_TellsTheCodeOnceAndNoMailHasIt()
    {
        await using var person = await Operator.WithSchoolsAsync();

        var added = await AddAsync(person, "olga@server.example");
        Assert.Equal((ExitCode.Done, ""), (added.Code, added.Error));
        var code = Assert.Single(Code.Matches(added.Output)).Value;
        var listed = await person.RunAsync("operators", "list");
        Assert.Contains("olga@server.example", listed.Output, StringComparison.Ordinal);
        Assert.Contains("pending, the link works until ", listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(code, listed.Output, StringComparison.Ordinal);
        await person.RunAsync("mail", "send");
        var mail = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(person.Folder, "mail"))), TestContext.Current.CancellationToken);
        Assert.Contains("http://localhost:5080/operator/sign-up/", mail, StringComparison.Ordinal);
        Assert.DoesNotContain(code, mail, StringComparison.Ordinal);

        Assert.Equal("Olga Ferry is no operator any more.", (await person.RunAsync("operators", "remove", "olga@server.example")).Output.TrimEnd());
        Assert.Equal("0 operators.", (await person.RunAsync("operators", "list")).Output.TrimEnd());
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("operators", "remove", "olga@server.example")).Code);
    }

    [Fact]
    public async Task Add_AgainWhileWaiting_MakesLinkAndCodeAnew()
    {
        await using var person = await Operator.WithSchoolsAsync();
        var first = Code.Match((await AddAsync(person, "olga@server.example")).Output).Value;

        var second = await AddAsync(person, "olga@server.example", "--json");

        Assert.True(second.Json.GetProperty("wasWaiting").GetBoolean());
        Assert.NotEqual(first, second.Json.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("ann@elmfield.example", "--email: ann@elmfield.example has a place in a school here")]
    [InlineData("olga", "--email: Enter an email address")]
    [InlineData("оlga@server.example", "--email: This address mixes letters of two alphabets")]
    public async Task Add_RuleAgainstIt_IsSaid(string email, string expected)
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        await person.RunAsync("schools", "add-administrator", "900101", "--forename", "Ann", "--surname", "Bolt", "--email", "ann@elmfield.example");

        var ran = await AddAsync(person, email);

        Assert.Equal((ExitCode.Refused, ""), (ran.Code, ran.Output));
        Assert.StartsWith(expected, ran.Error, StringComparison.Ordinal);
    }

    private static Task<Ran> AddAsync(Operator person, string email, params string[] more) =>
        person.RunAsync(["operators", "add", email, "--forename", "Olga", "--surname", "Ferry", .. more]);
}
