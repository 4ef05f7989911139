using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Support;

/// <summary>What most tests of pages begin with: a server, a school, its School setup holder, and that person's browser.</summary>
public sealed class SchoolServer : IAsyncDisposable
{
    private SchoolServer(AscentFactory factory, School school, TestMember setup, Browser browser) => (Factory, School, Setup, Browser) = (factory, school, setup, browser);

    public AscentFactory Factory { get; private set; }

    public School School { get; }

    public TestMember Setup { get; }

    public Browser Browser { get; private set; }

    public TestData Data => Factory.Data;

    public string Home => $"/schools/{School.Code}";

    public static async Task<SchoolServer> StartAsync(bool secondary = false, string? name = null)
    {
        var factory = await AscentFactory.StartAsync();
        var school = secondary ? await factory.Data.AddSecondaryAsync(name) : await factory.Data.AddPrimaryAsync(name);
        var setup = await factory.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), forename: "Amara", surname: "Okafor");
        return new(factory, school, setup, await factory.SignInAsync(setup));
    }

    /// <summary>Ends the server and starts it anew on the same files; the browser keeps its cookies.</summary>
    public async Task RestartAsync()
    {
        Factory = await Factory.RestartAsync();
        Browser = Factory.OpenBrowser(Browser.Cookies);
    }

    /// <summary>The School setup holder signs in anew, as after a break that ended the session.</summary>
    public async Task SignInAgainAsync() => Browser = await Factory.SignInAsync(Setup);

    public Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read) => Factory.Get<Database>().ReadAsync(OrganisationScope.Server, read);

    public Task<int> CountAsync<T>() where T : class => ReadAsync(db => db.Set<T>().CountAsync());

    /// <summary>Changes rows behind the product's back, for what a test needs and no use case does.</summary>
    public async Task ChangeAsync(Func<AppDb, Task> change)
    {
        await Factory.Get<Database>().WriteAsync(OrganisationScope.Server, async db =>
        {
            await change(db);
            return await db.SaveChangesAsync();
        }, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Factory.DisposeAsync();
}
