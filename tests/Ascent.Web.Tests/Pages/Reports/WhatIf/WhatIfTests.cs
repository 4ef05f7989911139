using System.Net;
using Ascent.Audit;
using Ascent.Reports.Cohorts;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Reports.WhatIf;

/// <summary>What-if in a school of three pupils who took the tables check last summer: Ash has 17, Birch 25, Cedar 9.</summary>
public sealed class WhatIfTests
{
    private const string Index = "/reports/tables/what-if";

    private static readonly PermissionSet WholeSchool = PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports);
    private static readonly PermissionSet OwnClasses = PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses);

    [Fact]
    public async Task Save_OnePupilTicked_ShowsBothSidesAndSaysWhatItIsNot()
    {
        await using var server = await SchoolServer.StartAsync();
        await FillAsync(server);
        var leader = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, WholeSchool));
        var index = await (await leader.GetAsync(server.Home + "/reports/tables")).ClickAsync("What-if");

        var view = await (await index.Form("ViewName").Fill("ViewName", "Low marks").Tick("Select Ada Cedar").SubmitAsync("Save and compare")).FollowAsync();

        Assert.Equal(("What-if: Low marks", "What-if: Low marks. Not the school’s results."), (view.Heading, view.Text(".ascent-whatif__band strong")));
        Assert.StartsWith("What-if: Low marks. Not the school’s results.", view.Text("title"), StringComparison.Ordinal);
        Assert.Contains("1 pupil of 3 is left out, 2 are left.", view.Words(), StringComparison.Ordinal);
        // (17 + 25 + 9) / 3 and (17 + 25) / 2; one of three has full marks, and one of two.
        Assert.Equal(["17.0", "21.0", "+4.0", "33%", "50%", "+17"], view.Texts(".ascent-whatif__figure, .ascent-whatif__change dd"));
        Assert.Equal(["Cedar, Ada"], view.Texts(".ascent-whatif__names a"));
        // Neither address nor links say who is left out, or how the view is called.
        Assert.Matches($"^{server.Home}{Index}/[0-9a-f]{{32}}$", view.Path);
        Assert.DoesNotContain(view.Document.QuerySelectorAll("a[href], form[action]"), e => (e.GetAttribute("href") + e.GetAttribute("action")) is var at && (at.Contains("Cedar", StringComparison.OrdinalIgnoreCase) || at.Contains("Low", StringComparison.Ordinal)));
        // The dashboards go on with everybody.
        Assert.DoesNotContain("Low marks", (await leader.GetAsync(server.Home + "/reports/tables")).Body, StringComparison.Ordinal);
        Assert.Equal(["Low marks"], (await leader.GetAsync(server.Home + Index)).Texts(".ascent-person[href]"));
    }

    [Fact]
    public async Task Tick_WholeGroupThenPutBack_KeepsTheTicksAndSavesNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        await FillAsync(server);
        var leader = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, WholeSchool));
        var page = await leader.GetAsync(server.Home + Index);

        page = await page.Form("ViewName").Fill("ViewName", "Some").Tick("Select Ada Birch").Fill("of", "group:disadvantaged-yes").SubmitAsync("Tick them");
        Assert.Equal(("Some", true, true, true), (page.Form("ViewName").Value("ViewName"), page.Form("ViewName").IsTicked("Select Ada Ash"), page.Form("ViewName").IsTicked("Select Ada Birch"), page.Form("ViewName").IsTicked("Select Ada Cedar")));
        Assert.Contains("Disadvantaged: all are ticked. 3 of 3 pupils are left out. Nothing is saved yet.", page.Words(), StringComparison.Ordinal);
        page = await page.Form("ViewName").SubmitAsync("Untick them");
        Assert.Equal((false, true), (page.Form("ViewName").IsTicked("Select Ada Ash"), page.Form("ViewName").IsTicked("Select Ada Birch")));
        page = await page.Form("ViewName").SubmitAsync("Put everybody back");
        Assert.False(page.Form("ViewName").IsTicked("Select Ada Birch"));
        page = await page.Form("ViewName").SubmitAsync("Save and compare");

        Assert.Equal(["Tick at least one pupil to leave out"], page.Errors);
        page = await page.Form("ViewName").Fill("ViewName", new string('x', 61)).Tick("Select Ada Birch").SubmitAsync("Save and compare");
        Assert.Equal(("The name must be 60 characters or fewer", true, new string('x', 61)), (page.Errors.Single(), page.Form("ViewName").IsTicked("Select Ada Birch"), page.Form("ViewName").Value("ViewName")));
        Assert.Equal(0, await server.CountAsync<Ascent.Reports.WhatIfs.WhatIf>());
    }

    [Fact]
    public async Task Change_EverybodyLeftOutThenPutBack_SaysNobodyIsLeftAndThenTheSame()
    {
        await using var server = await SchoolServer.StartAsync();
        await FillAsync(server);
        var leader = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, WholeSchool));
        var view = await SaveAsync(server, leader, "Select Ada Ash");
        var change = await view.ClickAsync("Change who is left out");

        view = await (await change.Form("ViewName").Tick("Select Ada Birch").Tick("Select Ada Cedar").SubmitAsync("Save and compare")).FollowAsync();
        Assert.Equal("What-if: Without 3 pupils", view.Heading);
        Assert.Contains("left out, so nobody is left.", view.Words(), StringComparison.Ordinal);
        Assert.Equal(["17.0", "No pupils"], view.Texts(".ascent-whatif__figure").Take(2));
        change = await (await view.ClickAsync("Change who is left out")).Form("ViewName").SubmitAsync("Put everybody back");
        view = await (await change.Form("ViewName").SubmitAsync("Save and compare")).FollowAsync();

        Assert.Equal("What-if: Nobody left out", view.Heading);
        Assert.Contains("Both sides are the same.", view.Words(), StringComparison.Ordinal);
        var index = await (await (await view.ClickAsync("Delete this view")).Form("Delete the view").SubmitAsync("Delete the view")).FollowAsync();
        Assert.Equal((server.Home + Index, HttpStatusCode.NotFound), (index.Path.Split('?')[0], (await leader.GetAsync(view.Path)).Status));
    }

    [Fact]
    public async Task GetFile_OfAView_SaysInEveryRowWhatItIsNotAndIsWrittenDown()
    {
        await using var server = await SchoolServer.StartAsync();
        await FillAsync(server);
        var leader = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, WholeSchool));
        var view = await SaveAsync(server, leader, "Select Ada Cedar");

        var file = await leader.GetAsync(view.Link("CSV file of this page"));

        string[] lines = [.. file.Body.Trim('\uFEFF').Split('\n').Select(l => l.Trim())];
        Assert.Equal("What-if,Year,Of,Measure,As it is,Pupils,With pupils left out,Pupils left,Difference", lines[0]);
        Assert.Equal("What-if: Without 1 pupil. Not the school’s results.,2025/26,All pupils,Pupils,3,,2,,-1", lines[1]);
        Assert.Equal("What-if: Without 1 pupil. Not the school’s results.,2025/26,All pupils,\"Tables check, mean mark of twenty-five\",17.0,3,21.0,2,4.0", lines[2]);
        Assert.All(lines[1..].TakeWhile(l => l.Length > 0), l => Assert.StartsWith("What-if: Without 1 pupil. Not the school’s results.,", l, StringComparison.Ordinal));
        Assert.DoesNotContain("Cedar", file.Body, StringComparison.Ordinal);
        var entry = Assert.Single(await server.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Kind == "report-exported").ToListAsync()));
        Assert.Contains("\"what-if\"", entry.Facts, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await leader.GetAsync(view.Link("Spreadsheet file of this page"))).Status);
        // The list to choose from gives no file.
        Assert.Equal(HttpStatusCode.NotFound, (await leader.GetAsync(server.Home + Index + "?handler=File&format=csv")).Status);
    }

    [Fact]
    public async Task Get_OwnClasses_BothSidesAreAboutOwnPupilsAndThatIsSaid()
    {
        await using var server = await SchoolServer.StartAsync();
        var (_, birch, cedar) = await FillAsync(server);
        var person = await server.Data.AddMemberAsync(server.School, OwnClasses);
        var teacher = await server.Factory.SignInAsync(person);
        Assert.Contains("You teach no class", (await teacher.GetAsync(server.Home + Index)).Words(), StringComparison.Ordinal);
        await TeachAsync(server, person, birch, cedar);

        var index = await teacher.GetAsync(server.Home + Index);
        Assert.DoesNotContain("Ash", index.Body, StringComparison.Ordinal);
        var view = await SaveAsync(server, teacher, "Select Ada Cedar");

        Assert.Contains("1 pupil of 2 of your classes is left out, 1 is left. Both sides are about pupils of your own classes alone, not about the school.", view.Words(), StringComparison.Ordinal);
        Assert.Equal(["17.0", "25.0"], view.Texts(".ascent-whatif__figure").Take(2));
        Assert.Contains(",Pupils of your classes,", (await teacher.GetAsync(view.Link("CSV file of this page"))).Body, StringComparison.Ordinal);
        // The class is another’s from now on: nobody is left of the choice.
        await server.ChangeAsync(db => db.Set<ClassTeacher>().ExecuteDeleteAsync());
        view = await teacher.GetAsync(view.Path);
        Assert.Contains("1 pupil who was left out is not in this view any more", view.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Cedar", view.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_RightTakenAway_IsRefusedOnTheNextRequest()
    {
        await using var server = await SchoolServer.StartAsync();
        await FillAsync(server);
        var person = await server.Data.AddMemberAsync(server.School, WholeSchool);
        var leader = await server.Factory.SignInAsync(person);
        var view = await SaveAsync(server, leader, "Select Ada Cedar");
        var change = await view.ClickAsync("Change who is left out");
        await server.Factory.GiveAsync(person, PermissionSet.Of(Permission.SchoolReports));

        foreach (var path in (string[])[server.Home + Index, view.Path, view.Path + "/change", view.Path + "/delete", view.Link("CSV file of this page")])
        {
            var page = await leader.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, page.Status));
            Assert.DoesNotContain("Cedar", page.Body, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await change.Form("ViewName").Fill("ViewName", "Still here").SubmitAsync("Save and compare")).Status);
        Assert.DoesNotContain("What-if", (await leader.GetAsync(server.Home + "/reports/tables")).Texts(".ascent-tabs a"));
        Assert.Equal("Without 1 pupil", (await server.ReadAsync(db => db.Set<Ascent.Reports.WhatIfs.WhatIf>().SingleAsync())).Name);
    }

    [Fact]
    public async Task Get_ViewOfSomebodyElse_IsNotThere()
    {
        await using var server = await SchoolServer.StartAsync();
        await FillAsync(server);
        var view = await SaveAsync(server, await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, WholeSchool)), "Select Ada Cedar");
        var colleague = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, WholeSchool));

        foreach (var path in (string[])[view.Path, view.Path + "/change", view.Path + "/delete", view.Path + "?handler=File&format=csv"])
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await colleague.GetAsync(path)).Status));
        Assert.DoesNotContain("Without 1 pupil", (await colleague.GetAsync(server.Home + Index)).Texts(".ascent-person"));
    }

    [Fact]
    public async Task Get_PupilDeletedSince_FallsOutAndThatIsSaid()
    {
        await using var server = await SchoolServer.StartAsync();
        var (ash, _, _) = await FillAsync(server);
        var leader = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, WholeSchool));
        var view = await SaveAsync(server, leader, "Select Ada Ash", "Select Ada Cedar");

        await server.Factory.Get<DeletePupils>().ExecuteAsync(new([ash]), 1, server.Setup.Actor, CancellationToken.None);
        await server.Factory.Get<BuildCohorts>().BuildAsync(server.School.Id, CancellationToken.None);
        view = await leader.GetAsync(view.Path);

        Assert.Equal(["Cedar, Ada"], view.Texts(".ascent-whatif__names a"));
        Assert.Contains("1 pupil who was left out is not in this view any more", view.Words(), StringComparison.Ordinal);
        Assert.Equal(["17.0", "25.0"], view.Texts(".ascent-whatif__figure").Take(2));
    }

    [Fact]
    public async Task Get_WithoutResults_SaysSo()
    {
        await using var server = await SchoolServer.StartAsync();
        var leader = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, WholeSchool));

        Assert.Contains("No results for Multiplication tables check yet", (await leader.GetAsync(server.Home + Index)).Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await leader.GetAsync(server.Home + "/reports/school/what-if")).Status);
    }

    private static async Task<Page> SaveAsync(SchoolServer server, Browser browser, params string[] boxes)
    {
        var form = (await browser.GetAsync(server.Home + Index)).Form("ViewName");
        foreach (var box in boxes)
            form.Tick(box);
        return await (await form.SubmitAsync("Save and compare")).FollowAsync();
    }

    /// <summary>Ash and Cedar are disadvantaged.</summary>
    private static async Task<(Guid Ash, Guid Birch, Guid Cedar)> FillAsync(SchoolServer server)
    {
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        var pupils = (await AddAsync("Ash", "Y", "17"), await AddAsync("Birch", "N", "25"), await AddAsync("Cedar", "Y", "9"));
        await server.Factory.Get<BuildCohorts>().BuildAsync(server.School.Id, CancellationToken.None);
        return pupils;

        async Task<Guid> AddAsync(string surname, string disadvantaged, string mark)
        {
            var id = await server.Data.AddPupilAsync(server.Setup, (PupilField.Surname, surname), (PupilField.Year, "5"), (PupilField.Disadvantaged, disadvantaged));
            await server.Data.AddRecordsAsync(server.School.Id, (id, TestData.InFile([TestData.TablesCheck(mark)], [])));
            return id;
        }
    }

    private static async Task TeachAsync(SchoolServer server, TestMember person, params Guid[] pupils)
    {
        var its = await server.Data.AddClassAsync(server.Setup, "5A", year: "5");
        await server.Data.PutInClassAsync(server.Setup, its, pupils);
        _ = (await server.Factory.Get<ChooseTeachers>().ExecuteAsync(new(its, [person.MembershipId], 2), server.Setup.Actor, CancellationToken.None)).Value;
    }
}
