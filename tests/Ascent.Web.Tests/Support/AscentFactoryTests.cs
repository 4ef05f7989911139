using System.Net;
using Ascent.Shared;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.Web.Tests.Support;

public sealed class AscentFactoryTests
{
    [Theory, BothDatabases]
    public async Task Get_UnknownPage_IsNotFoundByTheServerOfTheTest(DatabaseKind kind)
    {
        await using var factory = await AscentFactory.StartAsync(kind);

        await factory.Data.AddPrimaryAsync();

        var page = await factory.OpenBrowser().GetAsync("/no/such/page");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal(AscentHost.Start, factory.Services.GetRequiredService<TimeProvider>().GetUtcNow());
    }
}
