using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests.Support;

/// <summary>The real program on data that a test prepares, for what the demonstration does not have.</summary>
public sealed class SchoolOnItsOwn : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly AscentHost host;
    private readonly ServerProcess server;

    private SchoolOnItsOwn(TestDatabase database, AscentHost host, ServerProcess server, TestMember manager) => (this.database, this.host, this.server, Manager) = (database, host, server, manager);

    /// <summary>Holds Manage data.</summary>
    public TestMember Manager { get; }

    public TestData Data => host.Data;

    public Uri Address => server.Address;

    public T Get<T>() where T : notnull => host.Get<T>();

    public string Home => $"/schools/{Manager.School.Code}";

    public static async Task<SchoolOnItsOwn> StartAsync()
    {
        var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var host = AscentHost.On(database, TimeProvider.System.GetUtcNow());
        var manager = await host.Data.AddMemberAsync(await host.Data.AddSecondaryAsync(), Permission.ManageData);
        return new(database, host, await ServerProcess.StartAsync(database, ServerProcess.FreePort()), manager);
    }

    public Task<IPage> OpenAsync(Chromium chromium, string path, int width = 1280, bool script = true) => OpenAsync(chromium, Manager.Email, Home + path, width, script);

    /// <summary>The same for anybody else, and any path.</summary>
    public async Task<IPage> OpenAsync(Chromium chromium, string email, string path, int width = 1280, bool script = true)
    {
        var page = await chromium.OpenAsync(width, 800, script);
        await page.GotoAsync(new Uri(server.Address, "/sign-in").ToString());
        await page.Locator("#Email").FillAsync(email);
        await page.Locator("#Password").FillAsync(TestData.Password);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await page.GotoAsync(new Uri(server.Address, path).ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await host.DisposeAsync();
        await database.DisposeAsync();
    }
}
