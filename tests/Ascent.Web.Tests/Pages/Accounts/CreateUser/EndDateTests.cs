using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUser;

public sealed class EndDateTests
{
    [Fact]
    public async Task Post_Day_StandsOnTheConfirmPageAndCanBeTakenBack()
    {
        await using var server = await SchoolServer.StartAsync();

        var confirm = await (await FillAsync(await OpenAsync(server), "31", "8", "2027")).FollowAsync();
        Assert.Contains("After 31 August 2027", confirm.Words(), StringComparison.Ordinal);
        var again = await confirm.ClickAsync("Change end date");
        Assert.Equal(("31", "8", "2027"), (again.Form("Day").Value("Day"), again.Form("Day").Value("Month"), again.Form("Day").Value("Year")));

        Assert.Contains("No end date", (await (await FillAsync(again, "", "", "")).FollowAsync()).Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("22", "11", "2026", "must be today, 23 November 2026, or later")]
    [InlineData("24", "11", "2036", "within the next 10 years")]
    [InlineData("31", "2", "2027", "Enter a day that exists")]
    [InlineData("31", "", "", "Enter a day that exists")]
    [InlineData("x", "8", "2027", "Enter a day that exists")]
    [InlineData("1", "8", "27", "Enter a day that exists")]
    [InlineData("99999999999", "8", "2027", "Enter a day that exists")]
    public async Task Post_DayUnsound_IsRefusedAtTheFirstBoxAndStays(string day, string month, string year, string words)
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await FillAsync(await OpenAsync(server), day, month, year);

        Refused.Only(page, ("EndsOn-day", words));
        Assert.Equal((day, month, year), (page.Form("Day").Value("Day"), page.Form("Day").Value("Month"), page.Form("Day").Value("Year")));
    }

    private static async Task<Page> OpenAsync(SchoolServer server) =>
        await (await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync()).ClickAsync("Change end date");

    private static Task<Page> FillAsync(Page page, string day, string month, string year) =>
        page.Form("Day").Fill("Day", day).Fill("Month", month).Fill("Year", year).SubmitAsync();
}
