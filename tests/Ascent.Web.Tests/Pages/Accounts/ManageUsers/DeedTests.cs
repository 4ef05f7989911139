using System.Net;
using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.ManageUsers;

/// <summary>What can be done for one user besides editing, as an administrator does it page by page.</summary>
public sealed class DeedTests
{
    [Fact]
    [Asvs("7.4.2", "Somebody deactivated finds the school closed on the next request, and cannot sign in.")]
    [Asvs("8.3.2", "Somebody deactivated finds the school closed on the next request.")]
    public async Task Deactivate_SignedInPerson_FindsNothingThereOnTheNextRequestAndCannotSignInAgain()
    {
        await using var server = await SchoolServer.StartAsync();
        var member = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.ManageData), "Tom", "Reed");
        var theirs = await server.Factory.SignInAsync(member);

        var page = await (await EditAsync(server, member)).ClickAsync("Deactivate");
        Assert.Contains("A Manage data seat becomes free.", page.Words(), StringComparison.Ordinal);
        var list = await (await page.Form("Deactivate Tom Reed").SubmitAsync("Deactivate Tom Reed")).ArriveAsync();

        Assert.Equal("Tom Reed cannot open the school any more", list.Text(".govuk-notification-banner__heading"));
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.GetAsync(server.Home)).Status);
        var signIn = await (await server.Factory.OpenBrowser().GetAsync("/sign-in")).Form("Password").Fill("Email", member.Email).Fill("Password", member.Password).SubmitAsync();
        Assert.Contains("or this account is not open", signIn.Errors.Single(), StringComparison.Ordinal);
        await (await server.Factory.OpenBrowser().GetAsync("/forgotten")).Form("Email").Fill("Email", member.Email).SubmitAsync();
        Assert.Equal(0, await server.CountAsync<Ascent.SignIn.PasswordReset>());
    }

    [Fact]
    public async Task Reactivate_ThenLinkAndCode_OpensTheSchoolWithTheSettingsAsTheyWere()
    {
        await using var server = await SchoolServer.StartAsync();
        var member = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports), "Tom", "Reed");
        await server.Data.BringAsync(member, MembershipState.Deactivated, server.Setup);

        var page = await (await EditAsync(server, member)).ClickAsync("Reactivate");
        page = await page.Form("Reactivate Tom Reed").Fill("EndsOn.Day", "31").Fill("EndsOn.Month", "2").Fill("EndsOn.Year", "2027").SubmitAsync("Reactivate Tom Reed");
        Refused.At(page, "EndsOn-day", "Enter a day that exists");
        var pending = await (await page.Form("Reactivate Tom Reed").Fill("EndsOn.Month", "3").SubmitAsync("Reactivate Tom Reed")).ArriveAsync();

        Assert.Equal("Pending users", pending.Heading);
        Assert.Equal("Tom Reed", pending.Texts("tbody .ascent-person")[0]);
        Assert.Equal("Next: give Tom Reed the activation code", pending.Text(".govuk-notification-banner__heading"));
        var visitor = server.Factory.OpenBrowser();
        var signUp = await visitor.GetAsync(await server.Data.LinkOfAsync(member.MembershipId));
        var home = await (await signUp.Form("Code").Fill("Code", await server.Data.CodeOfAsync(member.MembershipId)).Fill("Password", "seven brass kettles").SubmitAsync()).ArriveAsync();
        Assert.Equal(server.School.Name, home.Heading);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(server.Home + "/reports")).Status);
    }

    [Fact]
    public async Task Reactivate_NoSeatFree_SaysSoAndWhereToFreeOne()
    {
        await using var server = await SchoolServer.StartAsync();
        var member = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.ManageData), "Tom", "Reed");
        await server.Data.BringAsync(member, MembershipState.Deactivated, server.Setup);
        for (var i = 0; i < 6; i++)
            await server.Data.AddMemberAsync(server.School, Permission.ManageData);

        var page = await (await EditAsync(server, member)).ClickAsync("Reactivate");
        page = await page.Form("Reactivate Tom Reed").SubmitAsync("Reactivate Tom Reed");

        Assert.StartsWith("All 6 Manage data seats are taken: Pat", page.Errors.Single(), StringComparison.Ordinal);
        var link = page.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href")!;
        Assert.NotNull(page.Document.QuerySelector(link));
    }

    [Fact]
    public async Task Reset_SignedInPerson_StandsUnderPendingAndTheSchoolIsClosed()
    {
        await using var server = await SchoolServer.StartAsync();
        var member = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Tom", "Reed");
        var theirs = await server.Factory.SignInAsync(member);

        var page = await (await EditAsync(server, member)).ClickAsync("Reset sign-up");
        var pending = await (await page.Form("Reset sign-up").SubmitAsync("Reset sign-up")).ArriveAsync();

        Assert.Equal("Tom Reed", pending.Texts("tbody .ascent-person")[0]);
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.GetAsync(server.Home)).Status);
    }

    [Fact]
    [Asvs("7.4.5", "Administrators end somebody’s sessions in their school.")]
    public async Task EndSessions_SignedInPerson_IsAskedToSignInAgainAndLosesNothingTyped()
    {
        await using var server = await SchoolServer.StartAsync();
        var member = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolSetup), "Tom", "Reed");
        var theirs = await server.Factory.SignInAsync(member);
        var typed = (await theirs.GetAsync(server.Home + "/users/create/about")).Form("Forename").Fill("Forename", "Hannah").Fill("Surname", "Moss").Fill("Email", "h@school.example");

        var page = await (await EditAsync(server, member)).ClickAsync("End sessions");
        await page.Form("End sessions").SubmitAsync("End sessions");

        var lost = await typed.SubmitAsync();
        Assert.Equal((HttpStatusCode.Unauthorized, "You were signed out meanwhile"), (lost.Status, lost.Heading));
        var signIn = await theirs.OpenAsync(server.Home);
        Assert.Contains("An administrator of the school has ended your sessions there", signIn.Words(), StringComparison.Ordinal);
        // The very moment of the deed belongs to the sessions before it.
        server.Factory.Clock.Advance(TimeSpan.FromSeconds(1));
        var home = await (await signIn.Form("Password").Fill("Email", member.Email).Fill("Password", member.Password).SubmitAsync()).ArriveAsync();
        Assert.Equal(HttpStatusCode.OK, home.Status);
        Assert.EndsWith(server.Home, home.Path, StringComparison.Ordinal);
        Assert.Contains("Hannah", (await (await lost.Form("Send again").SubmitAsync("Send again")).ArriveAsync()).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndSessions_PersonOfTwoSchools_OtherSchoolGoesOn()
    {
        await using var server = await SchoolServer.StartAsync();
        var member = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports));
        var elsewhere = await server.Data.AddSecondaryAsync();
        await server.Data.AddMemberAsync(elsewhere, PermissionSet.Of(Permission.SchoolReports), account: member);
        var theirs = await server.Factory.SignInAsync(member);

        var page = await (await EditAsync(server, member)).ClickAsync("End sessions");
        await page.Form("End sessions").SubmitAsync("End sessions");

        Assert.StartsWith("/sign-in?", (await theirs.GetAsync(server.Home + "/reports")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync($"/schools/{elsewhere.Code}/reports")).Status);
    }

    [Theory]
    [InlineData("deactivate", "Deactivate")]
    [InlineData("reset", "Reset sign-up")]
    [InlineData("delete", "Delete")]
    public async Task Deed_PersonOfTwoSchools_OtherSchoolGoesOnAndIsNotTold(string deed, string button)
    {
        await using var server = await SchoolServer.StartAsync();
        var member = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports), "Tom", "Reed");
        var elsewhere = await server.Data.AddSecondaryAsync("Hidden Vale School");
        await server.Data.AddMemberAsync(elsewhere, PermissionSet.Of(Permission.SchoolReports), account: member);
        var theirs = await server.Factory.SignInAsync(member);

        var edit = await EditAsync(server, member);
        var page = await server.Browser.GetAsync($"{server.Home}/users/manage/{member.MembershipId}/{deed}");
        var form = page.Form(button);
        if (form.Has("TypedName"))
            form.Fill("TypedName", "Tom Reed");
        var after = await (await form.SubmitAsync(button)).ArriveAsync();

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), ((await theirs.GetAsync(server.Home + "/reports")).Status, (await theirs.GetAsync($"/schools/{elsewhere.Code}/reports")).Status));
        Assert.NotNull(await server.Factory.SignInAsync(member));
        foreach (var shown in (Page[])[edit, page, after])
            Assert.DoesNotContain("Hidden Vale", shown.Body, StringComparison.Ordinal);
        Assert.Equal(0, await server.ReadAsync(db => db.Set<Ascent.Audit.AuditEntry>().CountAsync(e => e.OrganisationId == elsewhere.Id)));
    }

    [Fact]
    public async Task Reactivate_PersonActiveElsewhere_LooksTheSameAndIsOpenedByThePresentPassword()
    {
        await using var server = await SchoolServer.StartAsync();
        var here = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Ann", "Here", "ann.here@school.example");
        var both = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Bea", "Both", "bea.both@school.example");
        await server.Data.AddMemberAsync(await server.Data.AddSecondaryAsync(), PermissionSet.None, account: both);
        var words = new List<string>();
        foreach (var member in (TestMember[])[here, both])
        {
            await server.Data.BringAsync(member, MembershipState.Deactivated, server.Setup);
            var page = await (await EditAsync(server, member)).ClickAsync("Reactivate");
            var done = await page.Form("Reactivate").SubmitAsync("Reactivate");
            words.Add(string.Join('|', page.Words(), done.Status).Replace(member.FullName, "Name", StringComparison.Ordinal).Replace(member.Forename, "Forename", StringComparison.Ordinal).Replace(member.Email, "Email", StringComparison.Ordinal));
        }

        Assert.Equal(words[0], words[1]);
        var visitor = server.Factory.OpenBrowser();
        Assert.True((await visitor.GetAsync(await server.Data.LinkOfAsync(here.MembershipId))).Form("Code").Has("Password"));
        var link = await server.Data.LinkOfAsync(both.MembershipId);
        Assert.Contains("sign in", (await visitor.GetAsync(link)).Words(), StringComparison.OrdinalIgnoreCase);
        var theirs = await server.Factory.SignInAsync(both);
        var codeOnly = (await theirs.GetAsync(link)).Form("Code");
        Assert.False(codeOnly.Has("Password"));
        await codeOnly.Fill("Code", await server.Data.CodeOfAsync(both.MembershipId)).SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync(server.Home)).Status);
        Assert.NotNull(await server.Factory.SignInAsync(both));
    }

    [Fact]
    public async Task Delete_NameTyped_IsGoneFromTheList()
    {
        await using var server = await SchoolServer.StartAsync();
        var member = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Tom", "Reed");

        var page = await (await EditAsync(server, member)).ClickAsync("Delete Tom Reed");
        page = await page.Form("TypedName").SubmitAsync("Delete Tom Reed");
        Refused.Only(page, ("TypedName", "Type the name as it stands above: Tom Reed"));
        var list = await (await page.Form("TypedName").Fill("TypedName", "tom reed").SubmitAsync("Delete Tom Reed")).ArriveAsync();

        Assert.Equal(("The user is gone", 1), (list.Text(".govuk-notification-banner__heading"), list.Texts("tbody .ascent-person").Count));
    }

    [Fact]
    public async Task Create_SomebodyWhoIsHereAlready_LeadsToTheirPage()
    {
        await using var server = await SchoolServer.StartAsync();
        var active = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Tom", "Reed");
        var closed = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Cy", "Closed");
        await server.Data.BringAsync(closed, MembershipState.Deactivated, server.Setup);
        async Task<Page> TryAsync(TestMember member) =>
            await (await server.Browser.GetAsync(server.Home + "/users/create/about")).Form("Forename").Fill("Forename", "New").Fill("Surname", "Person").Fill("Email", member.Email).SubmitAsync();

        Assert.Equal("Edit Tom Reed", (await (await TryAsync(active)).ClickAsync("the page of Tom Reed")).Heading);
        Assert.Equal("Reactivate Cy Closed?", (await (await TryAsync(closed)).ClickAsync("reactivate Cy Closed")).Heading);
    }

    private static Task<Page> EditAsync(SchoolServer server, TestMember member) => server.Browser.GetAsync($"{server.Home}/users/manage/{member.MembershipId}");
}
