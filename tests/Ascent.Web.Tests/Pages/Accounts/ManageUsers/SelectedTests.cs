using System.Net;
using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.ManageUsers;

/// <summary>Ticking people on the list, without scripts.</summary>
public sealed class SelectedTests
{
    [Fact]
    public async Task Deactivate_TwoTickedAndOneself_ShowsTheEffectAndDoesItOnConfirm()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.ManageData), "Ann", "One");
        await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Bea", "Two");
        await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Cy", "Three");

        var page = await TickAsync(server, "Deactivate", "Ann One", "Bea Two", "Amara Okafor");
        Assert.Equal("Deactivate 2 users?", page.Heading);
        Assert.Equal(["Ann One", "Bea Two"], page.Texts("tbody .ascent-person"));
        Assert.Contains("1 person cannot take part: This is your own account", page.Words(), StringComparison.Ordinal);
        Assert.Equal(["Deactivated A Manage data seat becomes free The school closes at once", "Deactivated The school closes at once"], page.Texts(".ascent-state"));
        Assert.Equal(3, (await page.ClickAsync("Cancel, deactivate nobody")).Document.QuerySelectorAll("[data-select][checked]").Length);
        var list = await (await page.Form("Deactivate 2 users").SubmitAsync("Deactivate 2 users")).ArriveAsync();

        Assert.Equal("2 people cannot open the school any more", list.Text(".govuk-notification-banner__heading"));
        Assert.Contains("1 person was left out", list.Text(".govuk-notification-banner"), StringComparison.Ordinal);
        Assert.Equal(2, await server.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Deactivated)));
    }

    [Fact]
    public async Task EndDate_ForTwo_IsAskedRefusedAtTheBoxAndSet()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Ann", "One");
        await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Bea", "Two", endsOn: new DateOnly(2026, 12, 24));

        var page = await TickAsync(server, "Set an end date", "Ann One", "Bea Two");
        Assert.Equal(["A last day of access Now: none", "A last day of access Now: 24 December 2026"], page.Texts(".ascent-state"));
        page = await page.Form("EndsOn.Day").SubmitAsync();
        Refused.Only(page, ("EndsOn-day", "Enter the last day of access, such as 31 8 2027"));
        page = await page.Form("EndsOn.Day").Fill("EndsOn.Day", "22").Fill("EndsOn.Month", "11").Fill("EndsOn.Year", "2026").SubmitAsync();
        Refused.Only(page, ("EndsOn-day", "The last day of access must be today, 23 November 2026, or later"));
        Assert.Equal("22", page.Form("EndsOn.Day").Value("EndsOn.Day"));
        var list = await (await page.Form("EndsOn.Day").Fill("EndsOn.Year", "2027").SubmitAsync()).ArriveAsync();

        Assert.Equal("2 people have a new end date", list.Text(".govuk-notification-banner__heading"));
        Assert.Equal(2, await server.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.EndsOn == new DateOnly(2027, 11, 22))));
    }

    [Fact]
    public async Task Any_NobodyTicked_IsToldAtTheFirstBoxAndTheListStays()
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await TickAsync(server, "Deactivate");

        Assert.Equal("#ids", page.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href"));
        Assert.Equal(("Tick at least one person", "Manage users"), (page.Errors.Single(), page.Heading));
        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    private static async Task<Page> TickAsync(SchoolServer server, string deed, params string[] people)
    {
        var page = await server.Browser.GetAsync(server.Home + "/users/manage");
        var form = page.Form(deed);
        foreach (var box in page.Document.QuerySelectorAll("[data-select]").OfType<AngleSharp.Html.Dom.IHtmlInputElement>())
            box.IsChecked = people.Any(p => box.GetAttribute("aria-label")!.Contains(p, StringComparison.Ordinal));
        return await (await form.SubmitAsync(deed)).ArriveAsync();
    }
}
