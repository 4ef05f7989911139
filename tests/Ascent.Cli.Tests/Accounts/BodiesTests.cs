using System.Text.RegularExpressions;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Ascent.Cli.Tests.Accounts;

public class BodiesTests
{
    private static readonly Regex Code = new("[0-9A-Z]{5}-[0-9A-Z]{5}");

    [Fact]
    public async Task AddAdministrator_FirstOfAnAuthority_TellsTheCodeOnceMore()
    {
        await using var person = await StartAsync();

        var ran = await AddAsync(person, "la-931", "--reports", "LaReports,SchoolReports", "--role", "director");
        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        Assert.Contains("ada@above.example is a pending administrator of Northmoor.", ran.Output, StringComparison.Ordinal);
        Assert.Equal(Assert.Single(Code.Matches(ran.Output)).Value, Assert.Single(Code.Matches((await AddAsync(person, "la-931")).Output)).Value);

        var strange = await AddAsync(person, "la-000");
        Assert.NotEqual(ExitCode.Done, strange.Code);
        Assert.Contains("There is no such authority or trust la-000 here.", strange.Error, StringComparison.Ordinal);
        Assert.NotEqual(ExitCode.Done, (await AddAsync(person, "900101")).Code);
        Assert.NotEqual(ExitCode.Done, (await AddAsync(person, "la-931", "--reports", "TrackingMarks")).Code);
    }

    [Fact]
    public async Task Link_NamesTheAgreementAndEndsIt()
    {
        await using var person = await StartAsync();
        Task<Ran> LinkAsync(params string[] more) => person.RunAsync(["bodies", "link", "la-931", "--school", "900101", .. more]);

        Assert.Contains("--agreement: Say what was agreed", (await LinkAsync("--level", "school")).Error, StringComparison.Ordinal);
        Assert.Contains("Northmoor reaches Elmfield School from now on, for school-level reports.", (await LinkAsync("--level", "school", "--agreement", "Contract 12")).Output, StringComparison.Ordinal);
        Assert.Contains("Nothing changed", (await LinkAsync("--level", "school", "--agreement", "Contract 12")).Output, StringComparison.Ordinal);
        Assert.Equal([(ReachLevel.School, "Contract 12")], (await LinksAsync(person)).Where(l => l.EndedAt is null).Select(l => (l.Level, l.Agreement!)));
        Assert.Contains("does not reach Elmfield School any more", (await LinkAsync("--level", "none")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(await LinksAsync(person), l => l.EndedAt is null);
    }

    [Fact]
    public async Task Lock_AndUnlock_ASchool()
    {
        await using var person = await StartAsync();

        Assert.Contains("Elmfield School is locked.", (await person.RunAsync("schools", "lock", "900101", "--reason", "No contract")).Output, StringComparison.Ordinal);
        Assert.Contains("was locked already", (await person.RunAsync("schools", "lock", "900101", "--reason", "No contract")).Output, StringComparison.Ordinal);
        Assert.Contains("Elmfield School is open again.", (await person.RunAsync("schools", "unlock", "900101")).Output, StringComparison.Ordinal);
        Assert.Contains("was not locked", (await person.RunAsync("schools", "unlock", "900101")).Output, StringComparison.Ordinal);
        Assert.NotEqual(ExitCode.Done, (await person.RunAsync("schools", "lock", "000000", "--reason", "x")).Code);
    }

    private static async Task<Operator> StartAsync()
    {
        var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        await using var services = person.Services();
        Assert.True((await services.GetRequiredService<AddLocalAuthority>().ExecuteAsync(new("931", "Northmoor"), Actor.Operator, TestContext.Current.CancellationToken)).Succeeded);
        return person;
    }

    private static Task<Ran> AddAsync(Operator person, string body, params string[] more) =>
        person.RunAsync(["bodies", "add-administrator", body, "--forename", "Ada", "--surname", "Bolt", "--email", "ada@above.example", .. more]);

    private static async Task<List<ReachLink>> LinksAsync(Operator person)
    {
        await using var services = person.Services();
        return await services.GetRequiredService<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<ReachLink>().ToListAsync());
    }
}
