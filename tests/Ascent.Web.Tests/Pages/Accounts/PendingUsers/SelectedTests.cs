using System.Net;
using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.PendingUsers;

/// <summary>Ticking people on the list, without scripts.</summary>
public sealed class SelectedTests
{
    [Fact]
    public async Task Delete_TwoTicked_ShowsTheEffectAndDoesItOnConfirm()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var first = await factory.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup), "Ann", "One");
        var second = await factory.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData), "Bea", "Two");
        await factory.Data.InviteAsync(setup, default, "Cy", "Three");

        var page = await TickAsync(await OpenAsync(factory, setup, "?sort=name"), "Delete", "Ann One", "Bea Two");
        Assert.Equal("Delete 2 pending users?", page.Heading);
        Assert.Equal(["Ann One", "Bea Two"], page.Texts("tbody .ascent-person"));
        Assert.Equal("Deleted A School setup seat becomes free Link and code stop working", page.Texts(".ascent-state")[0]);
        Assert.Contains("1 School setup seat and 1 Manage data seat become free.", page.Text(".ascent-decision"), StringComparison.Ordinal);
        Assert.Equal(3, await CountAsync<Invitation>(factory));

        var cancelled = await page.ClickAsync("Cancel, delete nobody");
        Assert.Equal(2, cancelled.Document.QuerySelectorAll("[data-select][checked]").Length);
        Assert.Contains("sort=name", cancelled.Path, StringComparison.Ordinal);

        page = await (await page.Form("Delete 2 pending users").SubmitAsync("Delete 2 pending users")).ArriveAsync();
        Assert.Equal("2 pending users are gone", page.Text(".govuk-notification-banner__heading"));
        Assert.Equal(["Cy Three"], page.Texts("tbody .ascent-person"));
        Assert.Equal(0, await factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<Seat>().CountAsync(s => s.HolderId == first.MembershipId || s.HolderId == second.MembershipId)));
    }

    [Fact]
    public async Task Resend_OneRunOut_SaysWhoGetsANewCode()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await factory.Data.InviteAsync(setup, default, "Ann", "Old");
        factory.Clock.Advance(TimeSpan.FromDays(15));
        await factory.Data.InviteAsync(setup, default, "Bea", "New");

        var page = await TickAsync(await OpenAsync(factory, setup), "Send new links", "Ann Old", "Bea New");
        Assert.Equal(["A new link The old link stops working, the code stays", "A new link and a new code The old ones have run out"], page.Texts(".ascent-state"));
        page = await (await page.Form("Send 2 new links").SubmitAsync("Send 2 new links")).ArriveAsync();

        Assert.Equal("New links are on their way to 2 people", page.Text(".govuk-notification-banner__heading"));
        Assert.Equal(4, await CountAsync<OutboxMail>(factory));
    }

    [Fact]
    public async Task Any_NobodyTicked_IsToldAtTheFirstBoxAndTheListStays()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await factory.Data.InviteAsync(setup, default, "Ann", "One");

        var page = await (await OpenAsync(factory, setup, "?q=ann")).Form("ids").SubmitAsync("Delete");

        Assert.Equal(["Tick at least one person"], page.Errors);
        Assert.Equal("#ids", page.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href"));
        Assert.True(page.Has("input#ids[name=ids]"));
        Assert.Equal("ann", page.Form("q").Value("q"));
    }

    [Fact]
    public async Task Confirm_OneSignedUpAfterTheList_IsLeftOutWithTheReason()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var first = await factory.Data.InviteAsync(setup, default, "Ann", "One");
        await factory.Data.InviteAsync(setup, default, "Bea", "Two");
        var list = await OpenAsync(factory, setup);
        await factory.Get<ActivateMembership>().ExecuteAsync(
            new(await factory.Data.TokenOfAsync(first.MembershipId), await factory.Data.CodeOfAsync(first.MembershipId), TestData.Password, null), CancellationToken.None);

        var page = await TickAsync(list, "Delete", "Ann One", "Bea Two");
        Assert.Equal("Delete 1 pending user?", page.Heading);
        Assert.Contains("Ann One has signed up meanwhile and is not pending any more.", page.Text(".ascent-reason"), StringComparison.Ordinal);
        page = await (await page.Form("Delete 1 pending user").SubmitAsync("Delete 1 pending user")).ArriveAsync();

        Assert.Contains("1 person was left out: not pending any more.", page.Text(".govuk-notification-banner"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("resend")]
    public async Task Any_OtherSchoolsPersonAmongThem_IsNotFoundAndDoesNothing(string deed)
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var here = await factory.Data.InviteAsync(setup);
        var elsewhere = await factory.Data.InviteAsync(await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup));
        var browser = await factory.SignInAsync(setup);
        var address = $"/schools/{setup.School.Code}/users/pending/{deed}?id={here.MembershipId:N}";

        var page = await browser.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"{address}&id={elsewhere.MembershipId:N}")).Status);
        var form = page.Form(deed == "delete" ? "Delete 1 pending user" : "Send 1 new link");
        form.Element.SetAttribute("action", $"{address}&id={elsewhere.MembershipId:N}");
        Assert.Equal(HttpStatusCode.NotFound, (await form.SubmitAsync()).Status);
        Assert.Equal((2, 2), (await CountAsync<Invitation>(factory), await CountAsync<OutboxMail>(factory)));
        Assert.Equal($"/schools/{setup.School.Code}/users/pending", (await browser.GetAsync($"/schools/{setup.School.Code}/users/pending/{deed}")).Location);
    }

    private static async Task<Page> OpenAsync(AscentFactory factory, TestMember by, string query = "") =>
        await (await factory.SignInAsync(by)).GetAsync($"/schools/{by.School.Code}/users/pending{query}");

    private static async Task<Page> TickAsync(Page list, string deed, params string[] people)
    {
        var form = list.Form("ids");
        foreach (var person in people)
            form.Tick(list.Document.QuerySelectorAll("[data-select]").Single(b => b.GetAttribute("aria-label") == $"Select {person}").Id!);
        return await (await form.SubmitAsync(deed)).ArriveAsync();
    }

    private static Task<int> CountAsync<T>(AscentFactory factory) where T : class => factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<T>().CountAsync());
}
