using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Reports.Cohorts;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Reports;

/// <summary>The invented schools with their pupils and results, and their cohorts built: once for all tests that only look.</summary>
public sealed class DemonstrationServer : IAsyncLifetime
{
    public const string Larkfield = "/schools/900001";
    public const string Harbour = "/schools/900002";

    public AscentFactory Factory { get; private set; } = null!;

    /// <summary>A pupil on the roll of Harbour Academy.</summary>
    public Guid OfHarbour { get; private set; }

    /// <summary>Full names and UPNs of every pupil.</summary>
    public IReadOnlyList<(string Name, string? Upn)> Pupils { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Factory = await AscentFactory.StartAsync();
        await Factory.Data.SeedDemonstrationAsync();
        while (await Factory.Get<BuildCohorts>().ExecuteAsync(CancellationToken.None) > 0)
        {
        }
        var pupils = await Factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<Pupil>().ToListAsync());
        var harbour = await Factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<School>().SingleAsync(s => s.Code == "900002"));
        OfHarbour = pupils.First(p => p.OrganisationId == harbour.Id && p.LeftOn is null && p.DeletedAt is null).Id;
        Pupils = [.. pupils.Select(p => (p.FullName, p.Upn))];
    }

    public ValueTask DisposeAsync() => Factory.DisposeAsync();

    /// <summary>The browser of somebody of the demonstration.</summary>
    public async Task<Browser> AsAsync(string user)
    {
        var browser = Factory.OpenBrowser();
        var signedIn = await (await browser.GetAsync("/sign-in")).Form("Password").Fill("Email", user).Fill("Password", Ascent.Demo.SeedDemonstration.Password).SubmitAsync();
        Assert.True(signedIn.IsRedirect, signedIn.Words());
        return browser;
    }
}
