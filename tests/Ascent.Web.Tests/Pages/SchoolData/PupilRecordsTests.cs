using Ascent.Reference;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.SchoolData;

public sealed class PupilRecordsTests
{
    [Fact]
    public async Task Show_PupilWithoutRecords_SaysWhereTheyComeFrom()
    {
        await using var server = await SchoolServer.StartAsync();
        var pupil = await server.Data.AddPupilAsync(server.Setup);

        var page = await server.Browser.GetAsync($"{server.Home}/data/pupils/{pupil:N}");

        foreach (var words in (string[])["No results yet", "No attendance yet", "None known"])
            Assert.Contains(words, page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_PupilWithRecords_ReadsThemInWordsAndMarksWhatIsNotUnderstood()
    {
        await using var server = await SchoolServer.StartAsync();
        var pupil = await server.Data.AddPupilAsync(server.Setup);
        await server.Data.AddRecordsAsync(server.Setup.School.Id, (pupil, TestData.InFile(
            [
                TestData.TablesCheck("17"), TestData.TablesCheck("A", 2025), new(new Assessment("KS2", "ENG", "WRI", "TA"), AcademicYear.StartingIn(2025), "", "GDS"),
                new(new Assessment("KS1", "PHO", "PHO", "TA"), AcademicYear.StartingIn(2023), "", "<b>"),
            ],
            [new(AcademicYear.StartingIn(2025), 380, 365, 10, 5)],
            [new("9992999", "Elm Infants", new(2020, 9, 1), new(2024, 7, 12)), new("9992998", "", null, null)])));

        var page = await server.Browser.GetAsync($"{server.Home}/data/pupils/{pupil:N}");

        Assert.Equal(["Key stage 1", "Key stage 2"], page.Texts("h3"));
        Assert.Equal(["Phonics screening check", "Writing, teacher assessment", "Multiplication tables check", "Multiplication tables check"], page.Texts("tbody th"));
        Assert.Equal(
            ["2023/24", "<b> Not understood In no list for this assessment and year. Kept as it came; counts as nothing.", "2025/26", "GDS Greater depth within the expected standard", "2025/26", "17 Mark", "2024/25", "A Absent"],
            page.Texts("tbody td"));
        Assert.Contains("2025/26: there for 365 sessions of 380 (96.1%) Absent with leave 10, without leave 5", page.Words(), StringComparison.Ordinal);
        Assert.Contains("Elm Infants 999/2999, 1 September 2020 to 12 July 2024", page.Words(), StringComparison.Ordinal);
        Assert.Contains("School 999/2998 Days not known", page.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_EarlyLearningGoals_StandInTheirOwnOrder()
    {
        await using var server = await SchoolServer.StartAsync();
        var pupil = await server.Data.AddPupilAsync(server.Setup);
        await server.Data.AddRecordsAsync(server.Setup.School.Id, (pupil, TestData.InFile([Goal("EAD", "E16"), Goal("MAT", "E11"), Goal("PSE", "E03"), Goal("PHY", "E06"), Goal("COM", "E01")])));

        var page = await server.Browser.GetAsync($"{server.Home}/data/pupils/{pupil:N}");

        Assert.Equal(["(E01)", "(E03)", "(E06)", "(E11)", "(E16)"], page.Texts("tbody th").Select(t => t[t.IndexOf('(', StringComparison.Ordinal)..][..5]));

        static ResultInFile Goal(string area, string number) => new(new Assessment("EYF", area, number, "FA"), AcademicYear.StartingIn(2025), "FD", "2");
    }

    [Theory]
    [InlineData("N", "None")]
    [InlineData("K", "Not known")]
    [InlineData("", "Not known")]
    public async Task Show_NoSenNeed_SaysWhetherThereIsNoneOrNobodyKnows(string provision, string need)
    {
        await using var server = await SchoolServer.StartAsync();
        var pupil = await server.Data.AddPupilAsync(server.Setup, (PupilField.SenProvision, provision));

        var page = await server.Browser.GetAsync($"{server.Home}/data/pupils/{pupil:N}");

        Assert.Contains($"Primary SEN need {need}", page.Words(), StringComparison.Ordinal);
    }
}
