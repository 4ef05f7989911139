using System.Net;
using System.Text;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.SchoolData;

public sealed class ImportsTests
{
    [Fact]
    public async Task Give_WholeRoll_IsReviewedConfirmedAndUndone()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddPupilAsync(server.Setup, (PupilField.Upn, server.Data.NextUpn()));
        var review = await GiveAsync(server, Roll($"{server.Data.NextUpn()},Haq,Yusuf,04/03/2018,M,4"), "all");
        Assert.Equal(["1To add", "0To change", "1To removenot in the file", "0No change"], review.Texts(".ascent-counts a").Select(t => t.Replace(" ", "", StringComparison.Ordinal)).Select(t => t.Replace("To", "To ", StringComparison.Ordinal).Replace("Nochange", "No change", StringComparison.Ordinal).Replace("notinthefile", "not in the file", StringComparison.Ordinal)));
        Assert.Contains("On confirm: 1 pupil added, 0 changed, 1 marked as left.", review.Words(), StringComparison.Ordinal);
        Assert.Equal(1, await server.CountAsync<Pupil>());

        var confirmed = await (await review.Form("Confirm the import").SubmitAsync("Confirm the import")).ArriveAsync();

        Assert.Equal("Confirmed. 1 pupil added, 0 changed, 1 marked as left", confirmed.Text(".govuk-notification-banner__heading"));
        Assert.Equal(2, await server.CountAsync<Pupil>());
        var undone = await (await (await confirmed.ClickAsync("Undo this import")).Form("Undo the import").SubmitAsync("Undo the import")).ArriveAsync();
        Assert.Equal("Undone. The roll is as it was before this import", undone.Text(".govuk-notification-banner__heading"));
        Assert.Equal([(null, "Benson")], (await server.ReadAsync(db => db.Set<Pupil>().ToListAsync())).Select(p => (p.LeftOn, p.Surname)));
    }

    [Fact]
    public async Task Home_ImportsThatWait_StandUnderToFinishForWhoeverManagesDataAlone()
    {
        await using var server = await SchoolServer.StartAsync();
        for (var i = 0; i < 4; i++)
            await GiveAsync(server, Roll($"{server.Data.NextUpn()},Haq,Yusuf,04/03/2018,M,4"), "some");
        var manager = await server.Data.AddMemberAsync(server.School, Permission.ManageData);
        var teacher = await server.Data.AddMemberAsync(server.School, Permission.SchoolReports);

        foreach (var member in (TestMember[])[server.Setup, manager])
        {
            var home = await (await server.Factory.SignInAsync(member)).GetAsync(server.Home);
            Assert.Equal(3, home.Texts(".ascent-task__title").Count(t => t.EndsWith("waits for your review", StringComparison.Ordinal)));
            Assert.Contains("1 more import waits", home.Words(), StringComparison.Ordinal);
            var review = await home.ClickAsync("Review");
            Assert.Contains("On confirm: 1 pupil added", review.Words(), StringComparison.Ordinal);
        }
        Assert.DoesNotContain("waits for your review", (await (await server.Factory.SignInAsync(teacher)).GetAsync(server.Home)).Words(), StringComparison.Ordinal);
    }

    // What was cleared a moment ago was not in what the page said: it is counted and shown before anything is done.
    [Fact]
    public async Task Confirm_TickClearedOnTheWay_ShowsTheNewEffectFirst()
    {
        await using var server = await SchoolServer.StartAsync();
        var review = await GiveAsync(server, Roll($"{server.Data.NextUpn()},Haq,Yusuf,04/03/2018,M,4", $"{server.Data.NextUpn()},Price,Llew,04/03/2018,M,4"), "some");

        var again = await (await review.Form("Confirm the import").Untick("rows").SubmitAsync("Confirm the import")).ArriveAsync();

        Assert.Equal(0, await server.CountAsync<Pupil>());
        Assert.Contains("On confirm: 1 pupil added", again.Words(), StringComparison.Ordinal);
        await again.Form("Confirm the import").SubmitAsync("Confirm the import");
        Assert.Equal(1, await server.CountAsync<Pupil>());
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("A title in a joined cell,,,\r\nSurname,Forename\r\n", "The first row has to name the columns, one in each cell: surname, forename, date of birth, sex and what else there is. Take out titles and joined cells above it")]
    [InlineData("PK\u0003\u0004 not a workbook", "The ending of the file’s name says something else than what is in it. Save it anew as XML (a Common Transfer File), XLSX or CSV")]
    public async Task Give_WhatIsNoList_IsRefusedAtTheFieldAndNotKept(string text, string reason)
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await GiveAsync(server, text, "some");

        Assert.Equal([reason], page.Texts(".govuk-error-summary__list a"));
        Assert.Equal(0, await server.CountAsync<Import>());
    }

    [Fact]
    public async Task Give_SameFileTwice_SaysSoAndTakesTheTick()
    {
        await using var server = await SchoolServer.StartAsync();
        var text = Roll($"{server.Data.NextUpn()},Haq,Yusuf,04/03/2018,M,4");
        await GiveAsync(server, text, "some");

        var page = await GiveAsync(server, text, "some");

        Assert.Contains("This very file was sent on 23 November 2026, and waits for your review", page.Text(".govuk-error-summary__list"), StringComparison.Ordinal);
        Assert.True(page.Form("Upload").Has("Again"));
    }

    [Fact]
    public async Task Give_HeadingsOfTheSchoolsOwn_AsksWhatTheyAre()
    {
        await using var server = await SchoolServer.StartAsync();
        var columns = await GiveAsync(server, $"Number,Family,Forename,DOB,Sex\r\n{server.Data.NextUpn()},Haq,Yusuf,04/03/2018,M", "some");
        Assert.Equal("What are the columns?", columns.Heading);

        var refused = await columns.Form("c0").Fill("c0", "Upn").SubmitAsync("Check the file");
        Assert.Equal(["Say which column holds the surname. Without it no pupil can be told from another"], refused.Texts(".govuk-error-summary__list li"));
        Assert.Equal("Upn", refused.Form("c0").Value("c0"));
        var checking = await (await refused.Form("c0").Fill("c1", "Surname").SubmitAsync("Check the file")).ArriveAsync();
        // Unless the worker has been faster: then it is checked already.
        Assert.Equal(checking.Heading == "The file is being checked" ? (checking.Heading, "2") : ("Review what will change", null), (checking.Heading, checking.Header("Refresh")));
    }

    [Fact]
    public async Task Review_TypedByHandAndDecisions_AreSavedByTheirButtons()
    {
        await using var server = await SchoolServer.StartAsync();
        var upn = server.Data.NextUpn();
        await server.Data.AddPupilAsync(server.Setup, (PupilField.Upn, upn));
        await server.Data.AddPupilAsync(server.Setup, (PupilField.Forename, "Bo"));
        var review = await GiveAsync(server, Roll($"{upn},Clarke,Ada,04/03/2018,F,4", $"{server.Data.NextUpn()},Benson,Bo,04/03/2018,F,4"), "some");

        Assert.Equal("Review what will change", review.Heading); // first what waits for a decision
        var decided = await (await review.Form("Confirm the import").Tick("The same child: change that pupil").SubmitAsync("Save")).ArriveAsync();
        Assert.Contains("On confirm: 0 pupils added, 1 changed", decided.Words(), StringComparison.Ordinal);
        var change = await server.Browser.GetAsync($"{review.Path}?show=Change");
        var taken = await (await change.Form("Confirm the import").Tick("Take “Clarke” for Clarke, Ada").SubmitAsync("Save these choices")).ArriveAsync();
        await taken.Form("Confirm the import").SubmitAsync("Confirm the import");

        Assert.Equal(["Benson", "Clarke"], (await server.ReadAsync(db => db.Set<Pupil>().Select(p => p.Surname).ToListAsync())).Order());
    }

    [Fact]
    public async Task Download_Errors_SaysAtEachRowWhatToDo()
    {
        await using var server = await SchoolServer.StartAsync();
        var review = await GiveAsync(server, Roll("X,=Kerr,Ian,31/02/2018,M,4"), "some");

        var file = await server.Browser.GetAsync(review.Link("Download"));

        Assert.Contains("2,,\"'=Kerr, Ian\",Date of birth: “31/02/2018”,,,The date of birth: February 2018 has no day 31.", file.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_ByOthers_AreRefused()
    {
        await using var server = await SchoolServer.StartAsync();
        var import = await server.Data.ImportAsync(server.Setup, Roll($"{server.Data.NextUpn()},Haq,Yusuf,04/03/2018,M,4"));
        var teacher = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, Permission.PupilReports, Permission.SchoolReports));
        var elsewhere = await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync(), Permission.ManageData);
        var other = await server.Factory.SignInAsync(elsewhere);

        foreach (var path in (string[])["/data/imports", "/data/imports/new", $"/data/imports/{import.Id:N}", $"/data/imports/{import.Id:N}/undo"])
        {
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await teacher.GetAsync(server.Home + path)).Status));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await other.GetAsync(server.Home + path)).Status));
            if (path.Contains(import.Id.ToString("N"), StringComparison.Ordinal))
                Assert.Equal((path, HttpStatusCode.NotFound), (path, (await other.GetAsync($"/schools/{elsewhere.School.Code}{path}")).Status));
        }
        Assert.DoesNotContain("Data", (await teacher.GetAsync(server.Home)).Texts("nav a"));
    }

    private static string Roll(params string[] rows) => string.Join("\r\n", (string[])[TestData.RollHeading, .. rows]);

    /// <summary>Gives a file by the form; the page after it has been checked.</summary>
    private static async Task<Page> GiveAsync(SchoolServer server, string text, string holds)
    {
        var form = (await server.Browser.GetAsync(server.Home + "/data/imports/new")).Form("Upload").Tick(holds == "all" ? "The whole roll" : "Some pupils");
        var answer = await form.SubmitFileAsync("Upload", "roll.csv", Encoding.UTF8.GetBytes(text));
        if (!answer.IsRedirect || answer.Location.EndsWith("/columns", StringComparison.Ordinal))
            return answer.IsRedirect ? await answer.FollowAsync() : answer;
        await server.Factory.Get<CheckDueImports>().ExecuteAsync(CancellationToken.None);
        for (var patience = 0; patience < 200; patience++)
        {
            var page = await server.Browser.GetAsync(answer.Location);
            if (page.Header("Refresh") is null)
                return page;
            await Task.Delay(50);
        }
        throw new InvalidOperationException("The file was not checked.");
    }
}
