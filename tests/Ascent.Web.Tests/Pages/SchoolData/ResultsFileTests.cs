using System.Text;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.SchoolData;

public sealed class ResultsFileTests
{
    [Fact]
    public async Task Give_ResultsWithoutAYear_AreAskedForItReviewedConfirmedAndUndone()
    {
        await using var server = await SchoolServer.StartAsync();
        var upn = server.Data.NextUpn();
        await server.Data.AddPupilAsync(server.Setup, (PupilField.Upn, upn));
        var columns = await GiveAsync(server, $"UPN,GCSE Maths,GCSE Combined Science\r\n{upn},7,65\r\nX,5,44");
        Assert.Equal("What are the columns?", columns.Heading);

        var refused = await columns.Form("Year").SubmitAsync("Check the file");
        Assert.Equal(["Say of which school year the results are. The file does not say it"], refused.Texts(".govuk-error-summary__list a"));
        Assert.Equal("KS4/CSC/GCSE/EX/", refused.Form("Year").Value("c2"));
        var review = await CheckAsync(server, await refused.Form("Year").Fill("Year", "2025/26").SubmitAsync("Check the file"));
        Assert.Contains("Results, 2025/26 (summer 2026), from results.csv", review.Words(), StringComparison.Ordinal);
        Assert.Contains("On confirm: 2 new results, in 1 row.", review.Words(), StringComparison.Ordinal);
        var rows = await server.Browser.GetAsync($"{review.Path}?show=Change");
        Assert.Equal(["Mathematics, GCSE, 2025/26", "Combined Science, GCSE, 2025/26"], rows.Texts(".ascent-changes__label"));
        var file = await server.Browser.GetAsync(rows.Link("Download"));
        Assert.Contains("\"Combined Science, GCSE, 2025/26\",,65,", file.Body, StringComparison.Ordinal);

        var confirmed = await (await rows.Form("Confirm the import").SubmitAsync("Confirm the import")).ArriveAsync();
        Assert.Equal("Confirmed. 2 new results", confirmed.Text(".govuk-notification-banner__heading"));
        Assert.Equal(["65", "7"], (await server.ReadAsync(db => db.Set<PupilResult>().Select(r => r.Value).ToListAsync())).Order(StringComparer.Ordinal));
        var list = await server.Browser.GetAsync(server.Home + "/data/imports");
        Assert.Contains("Results, 2025/26 (summer 2026)", list.Words(), StringComparison.Ordinal);
        Assert.Contains("2 new, 1 with errors", list.Words(), StringComparison.Ordinal);
        var log = await server.Browser.GetAsync(server.Home + "/log");
        Assert.Contains("A file of results confirmed: 2 results of 1 row", log.Words(), StringComparison.Ordinal);

        var undo = await confirmed.ClickAsync("Undo this import");
        Assert.Contains("2 results that it brought go.", undo.Words(), StringComparison.Ordinal);
        var undone = await (await undo.Form("Undo the import").SubmitAsync("Undo the import")).ArriveAsync();
        Assert.Equal("Undone. The results are as they were before this import", undone.Text(".govuk-notification-banner__heading"));
        Assert.Equal((1, 0), (await server.CountAsync<Pupil>(), await server.CountAsync<PupilResult>()));
    }

    [Fact]
    public async Task Review_WholeColumnOfSomethingElse_TellsItOnceAndLeadsBackToTheColumns()
    {
        await using var server = await SchoolServer.StartAsync();
        var upns = Enumerable.Range(0, 6).Select(_ => server.Data.NextUpn()).ToArray();
        foreach (var (i, upn) in upns.Index())
            await server.Data.AddPupilAsync(server.Setup, (PupilField.Upn, upn), (PupilField.Forename, $"Ada{(char)('a' + i)}"));
        var columns = await GiveAsync(server, "UPN,KS2 maths score\r\n" + string.Join("\r\n", upns.Select(u => $"{u},EXS")));
        var review = await CheckAsync(server, await columns.Form("Year").Fill("Year", "2025/26").SubmitAsync("Check the file"));

        Assert.Contains("Hardly any value of one column is understood.", review.Words(), StringComparison.Ordinal);
        Assert.Contains("Maths, test, 2025/26: none of 6 values is understood, such as “EXS”. Understood are 80 to 120, A, B, T, M, H, Q and N.", review.Words(), StringComparison.Ordinal);
        Assert.Empty(review.Texts(".ascent-state--warm"));
        var again = await (await review.Form("Confirm the import").SubmitAsync("Say anew what the columns are")).ArriveAsync();
        Assert.Equal(("What are the columns?", "KS2/MAT/MAT/TT/"), (again.Heading, again.Form("Year").Value("c1")));
        var mended = await CheckAsync(server, await again.Form("Year").Fill("c1", "KS2/ENG/WRI/TA/").Fill("Year", "2025/26").SubmitAsync("Check the file"));
        Assert.DoesNotContain("Hardly any value", mended.Words(), StringComparison.Ordinal);
        Assert.Contains("EXS (expected standard)", mended.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_ChildWhoMayBeSomebody_AsksWhoseResultsTheyAre()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddPupilAsync(server.Setup, (PupilField.Forename, "Bo"));
        var review = await CheckAsync(server, await GiveRawAsync(server, "Surname,Forename,DOB,Qualification,Subject,Year,Grade\r\nBenson,Bo,04/03/2018,GCSE,Maths,2025/26,7\r\nBenson,Bo,04/03/2018,GCSE,French,2025/26,5"));

        Assert.Contains("2 rows wait for your decision", review.Words(), StringComparison.Ordinal);
        var decided = await (await review.Form("Confirm the import").Tick("The same child: these are that pupil’s results").SubmitAsync("Save")).ArriveAsync();

        Assert.Contains("On confirm: 2 new results, in 2 rows.", decided.Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("results by pupil (CSV)", true)]
    [InlineData("single results (CSV)", false)]
    public async Task Template_GivenBack_IsUnderstoodByItself(string link, bool needsYear)
    {
        await using var server = await SchoolServer.StartAsync();
        var page = await server.Browser.GetAsync(server.Home + "/data/imports/new");
        var template = await server.Browser.GetAsync(page.Link(link));

        var checking = await GiveAsync(server, template.Body);

        Assert.Equal(needsYear, checking.Heading == "What are the columns?");
        Assert.DoesNotContain("Not known yet", checking.Words(), StringComparison.Ordinal);
        Assert.Equal(ImportFormat.Results, (await server.ReadAsync(db => db.Set<Import>().SingleAsync())).Format);
    }

    [Fact]
    public async Task Give_TransferFileAsResults_IsRefused()
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await server.Browser.GetAsync(server.Home + "/data/imports/new")).Form("Upload").Tick("Results");

        var page = await form.SubmitFileAsync("Upload", "results.xml", Encoding.UTF8.GetBytes(CtfWriter.Text(1)));

        Assert.StartsWith("This is a Common Transfer File: it brings pupils together with their results.", page.Text(".govuk-error-summary__list"), StringComparison.Ordinal);
        Assert.Equal(0, await server.CountAsync<Import>());
    }

    private static async Task<Page> GiveRawAsync(SchoolServer server, string text) =>
        await (await server.Browser.GetAsync(server.Home + "/data/imports/new")).Form("Upload").Tick("Results").SubmitFileAsync("Upload", "results.csv", Encoding.UTF8.GetBytes(text));

    private static async Task<Page> GiveAsync(SchoolServer server, string text) => await (await GiveRawAsync(server, text)).FollowAsync();

    /// <summary>The review of an import, once it has been checked.</summary>
    private static async Task<Page> CheckAsync(SchoolServer server, Page answer)
    {
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
