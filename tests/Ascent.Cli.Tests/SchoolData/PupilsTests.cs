using Ascent.Accounts.Operators;
using Ascent.SchoolData.Pupils;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Ascent.Cli.Tests.SchoolData;

public class PupilsTests
{
    // The letter in front follows from the rest.
    private const string Rest = "999200120001";

    [Fact]
    public async Task Export_ToAFileAndToTheScreen_HasThePupilsAndLeavesAnOldFileAlone()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        var upn = await AddAsync(person);
        var path = Path.Combine(person.Folder, "pupils.csv");

        var ran = await person.RunAsync("pupils", "export", "900101", "--out", path);
        var shown = await person.RunAsync("pupils", "export", "900101");
        var one = await person.RunAsync("pupils", "export", "900101", "--pupil", upn);

        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        Assert.StartsWith($"1 pupil written to {path}.", ran.Output, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(path), shown.Output);
        Assert.Contains($"\n{upn},Benson,Ada,", shown.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal("Ada Benson", one.Json.GetProperty("name").GetString());
        Assert.Equal(ExitCode.Refused, (await person.RunAsync("pupils", "export", "900101", "--out", path)).Code);
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("pupils", "export", "900102")).Code);
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("pupils", "export", "900101", "--pupil", "Y999200119001", "--out", path + "2")).Code);
        Assert.False(File.Exists(path + "2"));
        Assert.Equal(2, (await person.RunAsync("audit", "list", "--school", "900101", "--kind", "pupils-exported", "--json")).Output.Split("pupils-exported").Length - 1);
    }

    [Fact]
    public async Task Erase_ByUpn_AsksGivesAReceiptAndIsListed()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        var upn = await AddAsync(person);
        var unasked = await person.RunAsync("pupils", "erase", "900101", upn);
        Assert.Equal((ExitCode.Refused, "Erase everything that Elmfield School holds on Ada Benson, born 4 March 2018, for good? Nobody can be asked here: repeat the command with --yes."), (unasked.Code, unasked.Error.TrimEnd()));

        var ran = await person.RunAsync("pupils", "erase", "900101", upn, "--yes", "--json");

        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        Assert.Contains(ran.Json.GetProperty("pupilId").GetString()!, await File.ReadAllTextAsync(Path.Combine(person.Folder, "erasures.jsonl")), StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("pupils", "erase", "900101", upn, "--yes")).Code);
        await person.RunAsync("audit", "seal");
        Assert.Equal(ExitCode.Done, (await person.RunAsync("audit", "verify")).Code);
    }

    private static async Task<string> AddAsync(Operator person)
    {
        var upn = $"{Shared.Upn.CheckLetter(Rest)}{Rest}";
        await using var services = person.Services();
        var school = (await services.GetRequiredService<EnterSchool>().ExecuteAsync("900101", default)).Value;
        var typed = new Dictionary<PupilField, string?>
        {
            [PupilField.Surname] = "Benson", [PupilField.Forename] = "Ada", [PupilField.BornOn] = "4/3/2018", [PupilField.Sex] = "F", [PupilField.EnrolledOn] = "1/9/2022", [PupilField.Upn] = upn,
        };
        Assert.True((await services.GetRequiredService<AddPupil>().ExecuteAsync(new(typed), school.Actor, default)).Succeeded);
        return upn;
    }
}
