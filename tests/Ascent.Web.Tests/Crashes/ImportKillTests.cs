using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Crashes;

/// <summary>
/// The server is killed (SIGKILL) while a file of the whole roll is checked or confirmed, and started again on the same data. The roll is then
/// the old one or the new one, and the import says which; checking goes on where it was.
/// </summary>
[Collection(Alone.Name)]
public sealed class ImportKillTests(ITestOutputHelper output)
{
    private const int Pupils = 1_500;

    [Fact]
    public Task Kill_Sqlite_TheRollIsTheOldOneOrTheNewOne() => RunAsync(DatabaseKind.Sqlite);

    [Fact]
    public Task Kill_Postgres_TheRollIsTheOldOneOrTheNewOne() => RunAsync(DatabaseKind.Postgres);

    private async Task RunAsync(DatabaseKind kind)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("ASCENT_TEST_SEED"), CultureInfo.InvariantCulture, out var given) ? given : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        var dice = new Dice(seed);
        await using var database = await TestDatabase.CreateAsync(kind);
        TestMember manager;
        await using (var host = AscentHost.On(database, TimeProvider.System.GetUtcNow()))
            manager = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
        var port = ServerProcess.FreePort();
        var outcomes = new List<string>();
        var server = await ServerProcess.StartAsync(database, port);
        try
        {
            var browser = server.OpenBrowser();
            await (await browser.GetAsync("/sign-in")).Form("Password").Fill("Email", manager.Email).Fill("Password", manager.Password).SubmitAsync();
            for (var kill = 1; kill <= LongTests.OrShare(25, 5); kill++)
            {
                var address = await GiveAsync(browser, manager, generation: kill);
                var whileChecking = kill % 5 is 2 or 4;
                if (whileChecking)
                {
                    await Task.Delay(dice.Throw(0, 700));
                    (server, browser) = await KillAsync(server, database, port, browser);
                }
                var review = await ReadyAsync(browser, address);
                Assert.Equal(kill - 1, await GenerationAsync(database, kill));
                if (!whileChecking)
                {
                    var confirming = ConfirmAsync(review);
                    await Task.Delay(dice.Throw(0, 900));
                    (server, browser) = await KillAsync(server, database, port, browser);
                    var wasAnswered = await confirming;
                    review = await browser.GetAsync(address);
                    outcomes.Add($"{(wasAnswered ? "answered" : "cut")}, {review.Heading}");
                    Assert.Equal(review.Heading == "Confirmed" ? kill : kill - 1, await GenerationAsync(database, kill));
                    Assert.True(!wasAnswered || review.Heading == "Confirmed");
                }
                if (review.Heading != "Confirmed")
                    Assert.True(await ConfirmAsync(review));
                Assert.Equal(kill, await GenerationAsync(database, kill));
            }
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed}, after {string.Join("; ", outcomes)}: {exception.Message}\n{server.Said}", exception);
        }
        finally
        {
            await server.DisposeAsync();
        }
        output.WriteLine($"{kind}, seed {seed}: {string.Join("; ", outcomes.GroupBy(o => o).Select(g => $"{g.Count()} {g.Key}"))}");
    }

    private static async Task<(ServerProcess, Browser)> KillAsync(ServerProcess server, TestDatabase database, int port, Browser browser)
    {
        await server.KillAsync();
        await server.DisposeAsync();
        var next = await ServerProcess.StartAsync(database, port);
        return (next, browser);
    }

    /// <summary>Everybody's forename says from which file the roll is; the first of them leave and as many new ones come with each.</summary>
    private static async Task<string> GiveAsync(Browser browser, TestMember manager, int generation)
    {
        var text = new StringBuilder($"{TestData.RollHeading}\r\n");
        for (var n = generation; n < generation + Pupils; n++)
        {
            var rest = string.Create(CultureInfo.InvariantCulture, $"9992001{n:00000}");
            text.Append(CultureInfo.InvariantCulture, $"{Upn.CheckLetter(rest)}{rest},Pupil{n},From{generation},04/03/2018,F,4\r\n");
        }
        var form = (await browser.GetAsync($"/schools/{manager.School.Code}/data/imports/new")).Form("Upload").Tick("The whole roll");
        var answer = await form.SubmitFileAsync("Upload", $"roll {generation}.csv", Encoding.UTF8.GetBytes(text.ToString()));
        Assert.True(answer.IsRedirect, answer.Summary);
        return answer.Location;
    }

    private static async Task<Page> ReadyAsync(Browser browser, string address)
    {
        for (var patience = 0; patience < 600; patience++)
        {
            var page = await browser.GetAsync(address);
            if (page.Header("Refresh") is null)
            {
                Assert.Equal("Review what will change", page.Heading);
                return page;
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException("The file was not checked within a minute.");
    }

    /// <returns>False when the server died before it had answered.</returns>
    private static async Task<bool> ConfirmAsync(Page review)
    {
        try
        {
            var answer = await review.Form("Confirm the import").SubmitAsync("Confirm the import");
            Assert.True(answer.IsRedirect && answer.Status == HttpStatusCode.Found, answer.Summary);
            return true;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return false;
        }
    }

    /// <summary>From which file the roll is, the same for everybody on it; fails when it is between two.</summary>
    private static async Task<int> GenerationAsync(TestDatabase database, int kill)
    {
        await using var host = AscentHost.On(database, TimeProvider.System.GetUtcNow());
        var roll = await host.ReadAsync(db => db.Set<Pupil>().Where(p => p.LeftOn == null).Select(p => new { p.Forename, p.Surname }).ToListAsync());
        if (roll.Count == 0)
            return 0;
        var generation = int.Parse(Assert.Single(roll.Select(p => p.Forename).Distinct())["From".Length..], CultureInfo.InvariantCulture);
        Assert.Equal(Enumerable.Range(generation, Pupils).Select(n => $"Pupil{n}").Order(StringComparer.Ordinal), roll.Select(p => p.Surname).Order(StringComparer.Ordinal));
        Assert.Equal(generation, await host.ReadAsync(db => db.Set<Import>().CountAsync(i => i.State == ImportState.Confirmed)));
        Assert.InRange(generation, kill - 1, kill);
        return generation;
    }
}
