using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Accounts.Operators;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Operator;
using Ascent.Web.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Operator;

public sealed class OrganisationsTests
{
    private static readonly PermissionSet Everything = PermissionSet.Of(
        Permission.SchoolReports, Permission.PupilReports, Permission.AllCollaborateGroups, Permission.TrackingSchoolReports, Permission.TrackingPupilReports, Permission.TrackingAssessments, Permission.TrackingMarks);

    [Fact]
    public async Task Links_Each_LeadToAPage()
    {
        await using var factory = await AscentFactory.StartAsync();
        var patterns = factory.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.TrimStart('/')).Where(p => p == "operator" || p.StartsWith("operator/", StringComparison.Ordinal)).Distinct().ToList();
        const string Urn = "100025";

        var met = ((string[])[OperatorLinks.Overview, OperatorLinks.Mail, OperatorLinks.GiveUp(null), OperatorLinks.SignUp("token"), OperatorLinks.Organisations, OperatorLinks.Organisation(Urn), OperatorLinks.OrganisationAfter(Urn, "limits"), OperatorLinks.Limits(Urn), OperatorLinks.Services(Urn), OperatorLinks.Unlock(Urn)])
            .Select(link => patterns.FindAll(p => new TemplateMatcher(TemplateParser.Parse(p), []).TryMatch(new PathString(link.Split('?')[0]), [])) is [var one] ? one : $"none for {link}");

        Assert.Equal(patterns.Order(StringComparer.Ordinal), met.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_SearchAndFilters_ShowCountsAndNobody()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.Factory.SignInAsync(await server.Data.AddOperatorAsync());
        var other = await server.Data.AddSecondaryAsync("Ridge College");
        var waiting = await server.Data.InviteAsync(server.Setup, PermissionSet.Of(Permission.ManageData), "Hannah", "Moss");

        var page = await browser.GetAsync(OperatorLinks.Organisations);
        Assert.Equal(["Overview", "Organisations", "Mail"], page.Texts(".govuk-service-navigation__list a"));
        var row = Assert.Single(page.Texts("tbody tr"), r => r.Contains(server.School.Name, StringComparison.Ordinal));
        Assert.Contains("1 of 4", row, StringComparison.Ordinal);
        Assert.Contains("1 of 6", row, StringComparison.Ordinal);
        Assert.Contains(other.Name, page.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain(other.Name, (await browser.GetAsync($"{OperatorLinks.Organisations}?q={server.School.Code}")).Words(), StringComparison.Ordinal);
        Assert.DoesNotContain(other.Name, (await page.ClickAsync("With users")).Words(), StringComparison.Ordinal);
        Assert.Contains("No organisation here", (await page.ClickAsync("Locked")).Words(), StringComparison.Ordinal);
        Assert.Contains("No organisation here", (await page.ClickAsync("Trusts")).Words(), StringComparison.Ordinal);
        // What cannot be read filters nothing.
        Assert.Contains(other.Name, (await browser.GetAsync($"{OperatorLinks.Organisations}?kind=x&show=7&after=%00")).Words(), StringComparison.Ordinal);

        foreach (var path in (string[])[OperatorLinks.Organisations, OperatorLinks.Organisation(server.School.Code), OperatorLinks.Limits(server.School.Code), OperatorLinks.Services(server.School.Code)])
        {
            var body = (await browser.GetAsync(path)).Body;
            foreach (var secret in (string[])["Hannah", "Moss", waiting.Email, server.Setup.Forename + " " + server.Setup.Surname, server.Setup.Email])
                Assert.DoesNotContain(secret, body, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Show_SchoolAndBody_GiveFactsAndTheCommand()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.Factory.SignInAsync(await server.Data.AddOperatorAsync());
        var body = await server.Data.AddAuthorityAsync("Elmshire");
        await server.Data.LinkAsync(server.School, body, ReachLevel.School);

        var page = await browser.GetAsync(OperatorLinks.Organisation(server.School.Code));
        foreach (var words in (string[])["Last opened", "By the register", "1 of 4 used", "Pupil Tracking", "Elmshire", $"ascent schools add-administrator {server.School.Code}"])
            Assert.Contains(words, page.Words(), StringComparison.Ordinal);
        var above = await page.ClickAsync("Elmshire");
        Assert.Contains($"ascent bodies add-administrator la-{body.Code}", above.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Change limits", above.Words(), StringComparison.Ordinal);

        foreach (var nowhere in (string[])["/operator/organisations/100000", "/operator/organisations/la-000", $"/operator/organisations/la-{body.Code}/limits", $"/operator/organisations/la-{body.Code}/services", $"/operator/organisations/la-{body.Code}/unlock", "/operator/organisations/100000/services"])
            Assert.Equal((nowhere, HttpStatusCode.NotFound), (nowhere, (await browser.GetAsync(nowhere)).Status));
    }

    [Fact]
    public async Task Limits_ChangedAndRefused_SayHowManyAndNobody()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.Factory.SignInAsync(await server.Data.AddOperatorAsync());
        await server.Data.AddMemberAsync(server.School, Permission.SchoolSetup);
        var form = await browser.GetAsync(OperatorLinks.Limits(server.School.Code));
        Assert.Equal(("4", "6"), (form.Form("Save").Value("Limits[0].Number"), form.Form("Save").Value("Limits[1].Number")));

        Refused.Only(await form.Form("Save").Fill("Limits[0].Number", "1").Fill("Limits[1].Number", "many").SubmitAsync(), ("Limits_1__Number", "A limit is a whole number from 1 to 99"));
        var refused = await form.Form("Save").Fill("Limits[0].Number", "1").Fill("Limits[1].Number", "6").SubmitAsync();
        Refused.Only(refused, ("Limits_0__Number", "2 people hold School setup & Pupil Tracking, so the limit cannot be lower than 2"));
        Assert.Equal("1", refused.Form("Save").Value("Limits[0].Number"));

        var done = await (await refused.Form("Save").Fill("Limits[0].Number", " 7 ").SubmitAsync()).ArriveAsync();
        Assert.Contains("The limits are changed", done.Text(".govuk-notification-banner"), StringComparison.Ordinal);
        Assert.Contains("2 of 7 used", done.Words(), StringComparison.Ordinal);
        // The page of before is old.
        Assert.Contains("This was changed meanwhile", (await form.Form("Save").Fill("Limits[0].Number", "3").SubmitAsync()).Words(), StringComparison.Ordinal);
        Assert.Equal(7, await server.ReadAsync(db => db.Set<Seat>().CountAsync(s => s.OrganisationId == server.School.Id && s.Permission == Permission.SchoolSetup)));
        // Fields that the form does not have, and a form without those that it has.
        Assert.Equal(HttpStatusCode.BadRequest, (await (await done.OpenAsync(OperatorLinks.Limits(server.School.Code))).Form("Save").Tamper("Limits[0].Permission", "SchoolReports").SubmitAsync()).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await (await done.OpenAsync(OperatorLinks.Limits(server.School.Code))).Form("Save").Drop("Version").SubmitAsync()).Status);
    }

    [Fact]
    public async Task Services_ReviewedAndConfirmed_HoldFromTheNextClick()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.Factory.SignInAsync(await server.Data.AddOperatorAsync());
        await server.Data.AddMemberAsync(server.School, Everything);
        var choice = await browser.GetAsync(OperatorLinks.Services(server.School.Code));

        Refused.Only(await choice.Form("Go on").Tick("Services_0__Is-2").SubmitAsync(), ("Services_0__Until-day", "Enter the last day of Reports, such as 31 8 2027"));
        Refused.Only(await choice.Form("Go on").Tick("Services_0__Is-2").Fill("Services[0].Until.Day", "22").Fill("Services[0].Until.Month", "11").Fill("Services[0].Until.Year", "2026").SubmitAsync(),
            ("Services_0__Until-day", "The last day of Reports must be today, 23 November 2026, or later"));
        var review = await choice.Form("Go on").Fill("Services[0].Until.Day", "31").Fill("Services[0].Until.Month", "8").Fill("Services[0].Until.Year", "2027").Tick("Services_3__Is-3").SubmitAsync();
        Assert.Equal(2, review.Texts("main li.ascent-plain-list__pair").Count);
        Assert.Contains("Now on. 1 Active user holds something of it, and keeps it while it opens nothing.", review.Words(), StringComparison.Ordinal);
        Assert.Contains("On until 31 August 2027", review.Words(), StringComparison.Ordinal);
        Assert.Equal(0, await server.ReadAsync(db => db.Set<School>().CountAsync(s => s.TrackingOffFrom != null)));
        // Back to the choice, with nothing lost.
        var again = await review.Form("Change the choice").SubmitAsync("Change the choice");
        Assert.Equal(("true", "2027"), (again.Form("Go on").Value("Services_3__Is-3"), again.Form("Go on").Value("Services[0].Until.Year")));

        var done = await (await review.Form("Switch these 2 services").SubmitAsync("Switch these 2 services")).ArriveAsync();
        Assert.Contains("The services are changed", done.Text(".govuk-notification-banner"), StringComparison.Ordinal);
        Assert.Contains("On until 31 August 2027", done.Words(), StringComparison.Ordinal);
        Assert.Equal(1, await server.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == SchoolServicesMail.TemplateName)));
        Assert.Contains("This was changed meanwhile", (await review.Form("Switch these 2 services").SubmitAsync("Switch these 2 services")).Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SchoolServices.Reports, "Reports", "/reports", "/reports/ks2", "/reports/pupils", "/reports/ks2/what-if", "/reports/ks2/governors")]
    [InlineData(SchoolServices.Targets, "Targets", "/targets", "/targets/management")]
    [InlineData(SchoolServices.Collaborate, "Collaborate", "/collaborate", "/collaborate/administration")]
    [InlineData(SchoolServices.PupilTracking, "Pupil Tracking", "/tracking/reports", "/tracking/pupils", "/tracking/assessments", "/tracking/marks", "/tracking/set-up")]
    public async Task Service_Off_HasNoPageNoMenuAndIsSaidWhereItIsGiven(SchoolServices service, string label, params string[] paths)
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        var officer = await server.Data.AddBodyMemberAsync(await server.Data.AddAuthorityAsync(), PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports, Permission.AllCollaborateGroups));
        await server.Data.LinkAsync(server.School, officer.Body, ReachLevel.Pupil);
        var above = await server.Factory.SignInAsync(officer.Email);
        var member = await server.Data.AddMemberAsync(server.School, Everything);
        var edit = $"{server.Home}/users/manage/{member.MembershipId:N}";
        var seen = new Dictionary<string, HttpStatusCode>();
        foreach (var path in paths)
        {
            Assert.NotEqual((path, HttpStatusCode.NotFound), (path, (await server.Browser.GetAsync(server.Home + path)).Status));
            seen[path] = (await above.GetAsync(server.Home + path)).Status;
        }
        Assert.DoesNotContain("switched off", (await server.Browser.GetAsync(edit)).Words(), StringComparison.Ordinal);

        await server.Factory.Get<SetServices>().ExecuteAsync(new(server.School.Code, new Dictionary<SchoolServices, ServiceTerm> { [service] = ServiceTerm.Off }), Actor.Operator, CancellationToken.None);

        foreach (var path in paths)
        {
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await server.Browser.GetAsync(server.Home + path)).Status));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await above.GetAsync(server.Home + path)).Status));
        }
        if (service is SchoolServices.Reports)
            Assert.Equal(HttpStatusCode.OK, seen["/reports"]);
        foreach (var browser in (Browser[])[server.Browser, above])
            Assert.DoesNotContain((await browser.GetAsync(server.Home)).Document.QuerySelectorAll("a").Select(a => a.GetAttribute("href")), href => paths.Contains(href?.Replace(server.Home, "", StringComparison.Ordinal)));
        // The forms of access keep the boxes, and say so.
        Assert.Contains($"{label} {(service is SchoolServices.Reports or SchoolServices.Targets ? "are" : "is")} switched off for the school", (await server.Browser.GetAsync(edit)).Words(), StringComparison.Ordinal);
        Assert.Contains("switched off for the school by whoever runs the server", (await server.Browser.GetAsync($"{server.Home}/users/explain?page={paths[0].TrimStart('/')}")).Words(), StringComparison.Ordinal);
        Assert.Contains("so nobody opens this page", (await server.Browser.GetAsync($"{server.Home}/users/explain?page={paths[0].TrimStart('/')}&person={member.MembershipId:N}")).Words(), StringComparison.Ordinal);
        // Saving the form takes nothing that lies still.
        var page = await server.Browser.GetAsync(edit);
        await page.Form("Save").SubmitAsync("Save");
        Assert.Equal(Everything.Normalised(), await server.ReadAsync(async db => (await db.Set<Membership>().SingleAsync(m => m.Id == member.MembershipId)).Permissions));
    }

    [Fact]
    public async Task Unlock_LockedByAnybody_AsksFirst()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.Factory.SignInAsync(await server.Data.AddOperatorAsync());
        Assert.Equal(OperatorLinks.Organisation(server.School.Code), (await browser.GetAsync(OperatorLinks.Unlock(server.School.Code))).Location);
        await server.Factory.Get<LockSchool>().ExecuteAsync(new(server.School.Code, "Because of Hannah"), Actor.Operator, CancellationToken.None);

        var page = await browser.GetAsync(OperatorLinks.Organisation(server.School.Code));
        Assert.Contains("Whoever runs the server locked the school today", page.Words(), StringComparison.Ordinal);
        var confirm = await page.ClickAsync("Unlock");
        Assert.DoesNotContain("Hannah", page.Body + confirm.Body, StringComparison.Ordinal);
        var done = await (await confirm.Form($"Unlock {server.School.Name}").SubmitAsync()).ArriveAsync();

        Assert.Contains("The school is open again", done.Text(".govuk-notification-banner"), StringComparison.Ordinal);
        Assert.Equal(0, await server.CountAsync<SchoolLock>());
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync(server.Home)).Status);
    }

    [Fact]
    public async Task Forms_WithoutTokenOrByOthers_AreRefused()
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.Factory.SignInAsync(await server.Data.AddOperatorAsync());
        await server.Factory.GiveAsync(server.Setup, Rights.All);

        foreach (var path in (string[])[OperatorLinks.Limits(server.School.Code), OperatorLinks.Services(server.School.Code), $"{OperatorLinks.Services(server.School.Code)}?handler=Confirm", OperatorLinks.Unlock(server.School.Code)])
        {
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, (await browser.Client.PostAsync(new Uri(path, UriKind.Relative), null)).StatusCode));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await server.Browser.Client.PostAsync(new Uri(path, UriKind.Relative), null)).StatusCode));
        }
    }
}
