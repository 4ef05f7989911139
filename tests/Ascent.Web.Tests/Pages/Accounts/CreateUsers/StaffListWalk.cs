using Ascent.Accounts.Many;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUsers;

/// <summary>Gives a list on the page, as pasted cells.</summary>
public static class StaffListWalk
{
    public const string Heading = "Forename,Surname,Email,Job role,School setup,Reports,Pupil names";

    public static async Task<Page> PasteAsync(Browser browser, string home, params IEnumerable<string> rows) =>
        await (await browser.GetAsync($"{home}/users/create-multiple")).Form("Pasted").Fill("Pasted", string.Join('\n', rows.Prepend(Heading))).SubmitAsync("Next: check the rows");

    /// <summary>As the whole staff.</summary>
    public static async Task<Page> PasteStaffAsync(Browser browser, string home, params IEnumerable<string> rows) =>
        await (await browser.GetAsync($"{home}/users/create-multiple")).Form("Pasted").Fill("Pasted", string.Join('\n', rows.Prepend(Heading))).Tick("Make this the staff list").SubmitAsync("Next: check the rows");

    public static async Task<Page> UploadAsync(Browser browser, string home, string name, byte[] file) =>
        await (await browser.GetAsync($"{home}/users/create-multiple")).Form("Upload").SubmitFileAsync("Upload", name, file);

    public static async Task<Guid> GiveAsync(SchoolServer server, params IEnumerable<string> rows) => Id(await PasteAsync(server.Browser, server.Home, rows));

    public static Guid Id(Page page) => Guid.ParseExact(page.Location.Split("j=")[1][..32], "N");

    public static IEnumerable<string> Teachers(int count) => Enumerable.Range(1, count).Select(i => $"Ann{i},Bell{i},ann{i}.bell@school.example,Teacher,N,Y,own classes");
}
