using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Ascent.Cli.Tests.Persistence;

public class DatabaseTests
{
    [Fact]
    public async Task Command_NoDatabase_NamesTheCommandAndLeavesNothingBehind()
    {
        await using var person = new Operator();

        var ran = await person.RunAsync("schools", "list");

        Assert.Equal((ExitCode.NoDatabase, ""), (ran.Code, ran.Output));
        Assert.Contains("`ascent database migrate` makes it", ran.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(person.Folder));
    }

    [Fact]
    public async Task Migrate_ThenAgain_AppliesOnce()
    {
        await using var person = new Operator();
        Assert.Equal(ExitCode.Refused, (await person.RunAsync("database", "status")).Code);

        Assert.Matches("^[0-9]+ migrations? applied to ", (await person.RunAsync("database", "migrate")).Output);

        Assert.EndsWith("ascent.db is up to date.", (await person.RunAsync("database", "migrate")).Output.TrimEnd(), StringComparison.Ordinal);
        var status = await person.RunAsync("database", "status", "--json");
        Assert.Equal((ExitCode.Done, true), (status.Code, status.Json.GetProperty("isCurrent").GetBoolean()));
    }

    [Fact]
    public async Task Command_UpgradedByALaterVersion_IsRefusedAlsoByMigrate()
    {
        await using var person = await Operator.WithSchoolsAsync();
        await person.SqlAsync("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '99.0')");

        foreach (var typed in (string[][])[["schools", "list"], ["database", "migrate"]])
        {
            var ran = await person.RunAsync(typed);
            Assert.Equal((ExitCode.NoDatabase, "A later version of Ascent has upgraded this database. Use that version."), (ran.Code, ran.Error.TrimEnd()));
        }
    }

    [Fact]
    public async Task Migrate_MoreHoldersThanSeats_NamesThemAndEndsWithOne()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,4,11,1");
        foreach (var name in (string[])["Ann", "Bob", "Cy", "Di"])
            await person.RunAsync("schools", "add-administrator", "900101", "--forename", name, "--surname", "Bolt", "--email", $"{name}@elmfield.example");
        await AddHolderWithoutSeatAsync(person);

        var ran = await person.RunAsync("database", "migrate");

        Assert.Equal(ExitCode.Refused, ran.Code);
        Assert.Contains("No seats were opened: Elmfield School (900101): 5 people hold School setup, the limit is 4: ", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_MasterKeyGone_IsRefusedAndMakesNone()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,4,11,1");
        await person.RunAsync("schools", "add-administrator", "900101", "--forename", "Ann", "--surname", "Bolt", "--email", "ann@elmfield.example");
        Directory.Delete(Path.Combine(person.Folder, "keys"), recursive: true);

        var ran = await person.RunAsync("schools", "add-administrator", "900101", "--forename", "Bob", "--surname", "Bolt", "--email", "bob@elmfield.example");

        Assert.Equal((ExitCode.NoDatabase, ""), (ran.Code, ran.Output));
        Assert.Contains("that key is not here", ran.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(person.Folder, "keys")));
    }

    // As there may be one when a permission gets a limit that it never had.
    private static async Task AddHolderWithoutSeatAsync(Operator person)
    {
        await using var services = person.Services();
        var database = services.GetRequiredService<Database>();
        var school = await database.ReadAsync(OrganisationScope.Server, db => db.Set<School>().SingleAsync());
        var actor = Actor.Operator with { OrganisationId = school.Id, Permissions = PermissionSet.Of(Permission.SchoolSetup) };
        await services.GetRequiredService<CreateUser>().ExecuteAsync(
            new(null, "Ed", "Bolt", "ed@elmfield.example", false, JobRole.Teacher, null, PermissionSet.None, null), actor, TestContext.Current.CancellationToken);
        await database.ChangeAsync(OrganisationScope.Of(school.Id), async db =>
        {
            foreach (var membership in await db.Set<Membership>().ToListAsync())
                membership.Permissions = PermissionSet.Of(Permission.SchoolSetup);
            db.RemoveRange(await db.Set<Seat>().Where(s => s.Permission == Permission.SchoolSetup).ToListAsync());
            return await db.SaveChangesAsync();
        }, TestContext.Current.CancellationToken);
    }
}
