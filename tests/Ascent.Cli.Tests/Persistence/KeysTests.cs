using Xunit;

namespace Ascent.Cli.Tests.Persistence;

public class KeysTests
{
    [Fact]
    public async Task Replace_KeyLost_SaysWhatGoesAndThenGoesOn()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,4,11,1");
        Assert.Equal(ExitCode.Refused, (await person.RunAsync("keys", "replace", "--lost-for-good")).Code); // nothing is lost yet
        await AddAsync(person, "ann@elmfield.example");
        Directory.Delete(Path.Combine(person.Folder, "keys"), recursive: true);
        Assert.Equal(ExitCode.NoDatabase, (await AddAsync(person, "bob@elmfield.example")).Code);

        var asked = await person.RunAsync("keys", "replace");
        Assert.Equal((ExitCode.Refused, ""), (asked.Code, asked.Output));
        Assert.Contains("these are lost for good", asked.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NoDatabase, (await AddAsync(person, "bob@elmfield.example")).Code);

        var done = await person.RunAsync("keys", "replace", "--lost-for-good");
        Assert.Equal((ExitCode.Done, ""), (done.Code, done.Error));
        Assert.Equal(ExitCode.Done, (await AddAsync(person, "bob@elmfield.example")).Code);
    }

    private static Task<Ran> AddAsync(Operator person, string email) =>
        person.RunAsync("schools", "add-administrator", "900101", "--forename", "Ann", "--surname", "Bolt", "--email", email);
}
