using System.Net;
using AngleSharp.Html.Dom;
using Ascent.Accounts;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Reviews;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.Review;

/// <summary>The access review without scripts, as rendered.</summary>
public sealed class IndexTests
{
    [Fact]
    public async Task Get_OpenReview_ShowsTheGreatestRiskFirstWithWhatThereIsToDecideOn()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports), "Zoe", "Reports", endsOn: new DateOnly(2027, 8, 31));
        await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports), "Pia", "Pupils");
        await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolSetup), "Bob", "Holder");
        await server.Data.InviteAsync(server.Setup, PermissionSet.None, "Wai", "Ting");
        await OpenAsync(server);

        var page = await server.Browser.GetAsync(server.Home + "/users/review");

        Assert.Equal(["Bob Holder", "Amara Okafor (you)", "Pia Pupils", "Wai Ting", "Zoe Reports"], page.Texts("tbody .ascent-person"));
        Assert.Equal(["School setup: they create and change everybody’s access", "Pupils’ names: they see single pupils and sensitive items", "Everybody else"], page.Texts("tbody th[scope=rowgroup]"));
        Assert.Contains("0 of 5 confirmed", page.Words(), StringComparison.Ordinal);
        Assert.Contains("From 23 December 2026 on, whoever is not confirmed is flagged", page.Words(), StringComparison.Ordinal);
        Assert.Equal("Teacher Reports Today 31 August 2027 Keep the access of Zoe Reports Edit the access of Zoe Reports Deactivate Zoe Reports", string.Join(' ', page.Texts("tbody:last-of-type tr:last-child td").Skip(1)));
        Assert.Contains("Your own: another administrator confirms it.", page.Words(), StringComparison.Ordinal);
        // Nothing confirms anybody who is not on the page.
        Assert.DoesNotContain(page.Document.QuerySelectorAll("button").Select(b => b.TextContent), words => words.Contains("all", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Confirm_TickedAndSingleAndAlike_AreConfirmedAndTheLastSaysDone()
    {
        await using var server = await SchoolServer.StartAsync();
        for (var i = 1; i <= 3; i++)
            await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports), "Alike", $"Number{i}");
        await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports), "Pia", "Pupils");
        await OpenAsync(server);
        var page = await server.Browser.GetAsync(server.Home + "/users/review");

        page = await (await TickAsync(page, "Pia Pupils")).ArriveAsync();
        Assert.Equal("1 person keeps their access", page.Text(".govuk-notification-banner__heading"));
        Assert.Equal("1 of 5 confirmed", page.Text(".ascent-progress"));
        page = await (await page.Form("Keep the access of Amara Okafor").SubmitAsync("Keep the access of Amara Okafor")).ArriveAsync();
        page = await (await page.Form("alike").SubmitAsync("Keep these 3: Alike Number1, Alike Number2 and Alike Number3")).ArriveAsync();

        Assert.Equal("3 people keep their access", page.Text(".govuk-notification-banner__heading"));
        Assert.Contains("everybody is confirmed", page.Text(".govuk-notification-banner"), StringComparison.Ordinal);
        Assert.Contains("The review of Autumn term 2026 is done", page.Words(), StringComparison.Ordinal);
        Assert.Contains("The next review opens on 1 February 2027", page.Words(), StringComparison.Ordinal);
        Assert.Equal(["Autumn term 2026", "23 November 2026", "23 November 2026", "5", "0", "0", "Amara Okafor (5)"], page.Texts("tbody th, tbody td"));
        Assert.DoesNotContain("Access review:", (await server.Browser.GetAsync(server.Home)).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirm_ChangedSinceThePageWasShown_SaysWhatAndConfirmsTheOthers()
    {
        await using var server = await SchoolServer.StartAsync();
        var zoe = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports), "Zoe", "Reports");
        await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Nora", "Nothing");
        await OpenAsync(server);
        var page = await server.Browser.GetAsync(server.Home + "/users/review");
        await server.ChangeAsync(async db =>
        {
            var membership = await db.Set<Membership>().SingleAsync(m => m.Id == zoe.MembershipId);
            membership.Change(AccessChoice.Of(membership) with { Permissions = PermissionSet.Of(Permission.SchoolReports, Permission.AllCollaborateGroups) }, null, server.Factory.Clock.GetUtcNow().UtcDateTime);
        });

        page = await TickAsync(page, "Zoe Reports", "Nora Nothing");

        Assert.Equal(["The access of Zoe Reports was changed after your page was shown (View any Collaborate groups: no → yes). Look once more, then confirm"], page.Errors);
        Assert.Equal("1 person keeps their access", page.Text(".govuk-notification-banner__heading"));
        Assert.Equal(["Amara Okafor (you)", "Zoe Reports"], page.Texts("tbody .ascent-person"));
    }

    [Fact]
    public async Task Confirm_NobodyTicked_IsToldAtTheFirstBox()
    {
        await using var server = await SchoolServer.StartAsync();
        await OpenAsync(server);

        var page = await TickAsync(await server.Browser.GetAsync(server.Home + "/users/review"));

        Assert.Equal(("Tick at least one person", "#ids"), (page.Errors.Single(), page.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href")));
        Assert.Equal(0, await server.ReadAsync(db => db.Set<AccessReviewItem>().CountAsync(i => i.ConfirmedAt != null)));
    }

    [Fact]
    public async Task Confirm_OtherSchoolsPersonOrNothingReadable_IsNotThere()
    {
        await using var server = await SchoolServer.StartAsync();
        var eve = await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync(), PermissionSet.Of(Permission.SchoolSetup), "Eve", "Elsewhere");
        await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Nora", "Nothing");
        await OpenAsync(server);
        var page = await server.Browser.GetAsync(server.Home + "/users/review");

        foreach (var value in (string[])[new ReviewSeen(eve.MembershipId, 1, JobRole.Teacher, 1, null).ToString(), "nonsense"])
            Assert.Equal(HttpStatusCode.NotFound, (await page.Form("ids").Tick("ids").Tamper("ids", value).SubmitAsync("Confirm these")).Status);
        Assert.DoesNotContain("Elsewhere", page.Body, StringComparison.Ordinal);
        Assert.Equal(0, await server.ReadAsync(db => db.Set<AccessReviewItem>().CountAsync(i => i.ConfirmedAt != null)));
    }

    [Fact]
    public async Task EditAndDeactivate_FromTheReview_LeadBackToIt()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports), "Zoe", "Reports");
        await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Nora", "Nothing");
        await OpenAsync(server);
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(1));

        var edit = await (await server.Browser.GetAsync(server.Home + "/users/review")).ClickAsync("Edit the access of Zoe Reports");
        edit = await edit.Form("SchoolReports").Untick("SchoolReports").SubmitAsync();
        var page = await (await edit.Form("SchoolReports").SubmitAsync()).ArriveAsync();
        Assert.Equal("The access of Zoe Reports is changed", page.Text(".govuk-notification-banner__heading"));
        Assert.Equal("1 of 3 confirmed", page.Text(".ascent-progress"));
        page = await (await (await page.ClickAsync("Deactivate Nora Nothing")).Form("Deactivate Nora Nothing").SubmitAsync()).ArriveAsync();

        Assert.Equal("Nora Nothing cannot open the school any more", page.Text(".govuk-notification-banner__heading"));
        Assert.Equal("1 of 2 confirmed", page.Text(".ascent-progress"));
    }

    [Fact]
    public async Task Get_ManyPeople_TurnsPagesWithoutLosingOrRepeatingAnybody()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddManyMembersAsync(server.School, 120, i => ((JobRole)(i % 5), i % 3 == 0 ? PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports) : PermissionSet.None, null, null));
        await OpenAsync(server);

        var names = new List<string>();
        var pages = 1;
        for (var page = await server.Browser.GetAsync(server.Home + "/users/review"); ; page = await page.ClickAsync("Next page"), pages++)
        {
            names.AddRange(page.Texts("tbody .ascent-person"));
            if (!page.Has("a[rel=next]"))
                break;
        }

        Assert.Equal((3, 121, 121), (pages, names.Count, names.Distinct().Count()));
        var found = await server.Browser.GetAsync(server.Home + $"/users/review?q={Uri.EscapeDataString(names[^1].Split(' ')[1])}");
        Assert.Equal(names[^1], Assert.Single(found.Texts("tbody .ascent-person")));
    }

    [Fact]
    public async Task Rhythm_Changed_CountsIsLoggedAndShownAndNothingElseIsTaken()
    {
        await using var server = await SchoolServer.StartAsync();
        var page = await server.Browser.GetAsync(server.Home + "/users/review");
        Assert.Contains("No review is open", page.Words(), StringComparison.Ordinal);

        var form = page.Form("Rhythm").Tamper("OrganisationId", Guid.CreateVersion7(AscentHost.Start).ToString());
        page = await (await form.Tick("Never").SubmitAsync()).ArriveAsync();
        Assert.Equal("Access is reviewed never", page.Text(".govuk-notification-banner__heading"));
        Assert.Contains("Reviews are switched off", page.Words(), StringComparison.Ordinal);
        Assert.Contains("Access reviews set otherwise", (await server.Browser.GetAsync(server.Home + "/log")).Words(), StringComparison.Ordinal);
        Refused.Only(await page.Form("Rhythm").Tick("Each term: on 1 October, 1 February and 1 June").Tamper("Rhythm", "Whenever").SubmitAsync(), ("Rhythm", "Choose how often everybody’s access is reviewed"));
    }

    [Fact]
    public async Task HomeAndManageUsers_WhileOpenAndFlagged_SayWhoIsLeft()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Nora", "Nothing");
        await OpenAsync(server);
        Assert.Contains("Access review: 2 people still to look at", (await server.Browser.GetAsync(server.Home)).Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Not confirmed", (await server.Browser.GetAsync(server.Home + "/users/manage")).Texts("tbody .govuk-tag"));

        server.Factory.Clock.Advance(TimeSpan.FromDays(30));
        await server.Factory.Get<FollowReviews>().ExecuteAsync(default);
        await server.SignInAgainAsync();
        var flagged = await (await server.Browser.GetAsync(server.Home)).ClickAsync("See who is flagged");

        Assert.Equal(["Nora Nothing", "Amara Okafor (you)"], flagged.Texts("tbody .ascent-person"));
        Assert.Equal(2, flagged.Texts("tbody .govuk-tag").Count(t => t == "Not confirmed"));
    }

    /// <summary>Everybody was here before the term, and the night passes.</summary>
    private static async Task OpenAsync(SchoolServer server)
    {
        var before = server.Factory.Clock.GetUtcNow().UtcDateTime.AddDays(-100);
        await server.ChangeAsync(db => db.Set<Membership>().ExecuteUpdateAsync(m => m.SetProperty(x => x.CreatedAt, before)));
        await server.Factory.Get<OpenDueReviews>().ExecuteAsync(default);
    }

    private static Task<Page> TickAsync(Page page, params string[] people)
    {
        foreach (var box in page.Document.QuerySelectorAll("[data-select]").OfType<IHtmlInputElement>())
            box.IsChecked = people.Any(p => box.GetAttribute("aria-label") == $"Select {p}");
        return page.Form("Confirm these").SubmitAsync("Confirm these");
    }
}
