using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Ascent.Cli.Tests.Organisations;

public class SecondFactorTests
{
    [Fact]
    public async Task SecondFactor_AnyRule_IsSetAndSaid()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");

        var lowered = await person.RunAsync("schools", "second-factor", "900101", "offered");
        Assert.Equal((ExitCode.Done, "Elmfield School: offered. 0 people have to add a second factor before the next page.\n"), (lowered.Code, lowered.Output.ReplaceLineEndings("\n")));
        Assert.Contains("Nothing changed.", (await person.RunAsync("schools", "second-factor", "900101", "offered")).Output, StringComparison.Ordinal);
        Assert.True((await person.RunAsync("schools", "second-factor", "900101", "everybody", "--json")).Json.GetProperty("changed").GetBoolean());
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("schools", "second-factor", "999999", "default")).Code);
        Assert.NotEqual(ExitCode.Done, (await person.RunAsync("schools", "second-factor", "900101", "nobody")).Code);

        await using var services = person.Services();
        Assert.Equal(FactorRule.Everybody, await services.GetRequiredService<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<School>().Select(s => s.FactorRule).SingleAsync()));
    }
}
