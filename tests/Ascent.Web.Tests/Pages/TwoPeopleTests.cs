using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages;

/// <summary>Nothing that one person's page was made of is kept for another's: two of two schools open the same pages in turn.</summary>
public sealed class TwoPeopleTests
{
    [Fact]
    [Asvs("14.2.2", "Nothing of one person’s page is kept for another’s.")]
    public async Task Get_TwoPeopleInTurn_EachPageIsMadeForTheOneWhoAsks()
    {
        await using var server = await SchoolServer.StartAsync(name: "Larch Primary");
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        await server.Data.InviteAsync(server.Setup, default, "Hannah", "Moss", "hannah@larch.example");
        var limited = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School, default, "Ben", "Limited", "ben@larch.example"));
        var willow = await server.Data.AddPrimaryAsync("Willow Primary");
        var there = await server.Data.AddMemberAsync(willow, Rights.All, "Zara", "Quill", "zara@willow.example");
        await server.Data.InviteAsync(there, default, "Otto", "Reed", "otto@willow.example");
        var stranger = await server.Factory.SignInAsync(there);
        string[] larch = ["Larch", "Amara", "Okafor", "Hannah", "Moss", "larch.example"];
        string[] willows = ["Willow", "Zara", "Quill", "Otto", "Reed", "willow.example"];

        foreach (var path in (string[])["", "/administration", "/users", "/users/pending", "/users/reset-codes", "/users/create/about", "/data", "/reports"])
            for (var turn = 0; turn < 2; turn++)
            {
                var (mine, theirs, less) = (await server.Browser.GetAsync(server.Home + path), await stranger.GetAsync($"/schools/{willow.Code}{path}"), await limited.GetAsync(server.Home + path));
                Holds(mine, "Amara Okafor", willows);
                Holds(theirs, "Zara Quill", larch);
                Holds(less, "Ben Limited", [.. willows, "Hannah"]);
                Assert.Equal((path, path.Length == 0 ? 200 : 403), (path, (int)less.Status));
            }
        foreach (var path in (string[])["/profile", "/profile/name", "/profile/email", "/confirm-password", "/terms", "/help", "/privacy", "/no/such/page"])
        {
            Holds(await server.Browser.GetAsync(path), "Amara Okafor", willows);
            Holds(await stranger.GetAsync(path), "Zara Quill", larch);
            var nobody = await server.Factory.OpenBrowser().OpenAsync(path);
            Assert.DoesNotContain([.. larch, .. willows], word => nobody.Body.Contains(word, StringComparison.Ordinal));
        }
    }

    private static void Holds(Page page, string own, string[] others)
    {
        Assert.Equal((page.Path, own), (page.Path, page.Text(".ascent-account strong")));
        foreach (var word in others)
            Assert.False(page.Body.Contains(word, StringComparison.Ordinal), $"{page.Path} of {own} holds {word}");
    }
}
