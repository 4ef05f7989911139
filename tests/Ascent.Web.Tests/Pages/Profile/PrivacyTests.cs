using System.Text.Json;
using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport.Web;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Profile;

/// <summary>Your data: a copy of it, and the wish that it be erased.</summary>
public sealed class PrivacyTests
{
    [Fact]
    [Asvs("5.4.1", "Files are served as attachments under names that the product made.")]
    [Asvs("5.4.2", "Files are served as attachments under names that the product made.")]
    [Asvs("15.3.1", "A copy of one’s data holds nothing of others.")]
    public async Task Export_AsksForThePasswordAndGivesWhatIsHeldOnThisPersonOnly()
    {
        await using var server = await SchoolServer.StartAsync(name: "Larch Primary");
        await server.Data.InviteAsync(server.Setup, forename: "Hannah", surname: "Brooks");
        var template = await server.Data.AddTemplateAsync(server.Setup, "Office", PermissionSet.Of(Permission.ManageData));
        await server.ChangeAsync(async db => (await db.Set<Membership>().SingleAsync(m => m.Id == server.Setup.MembershipId)).GiveTemplate(template));
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        var page = await server.Browser.GetAsync("/profile/privacy");

        var asked = await page.Form("Download my data").SubmitAsync("Download my data");
        Assert.StartsWith("/confirm-password?back=", asked.Location, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(server, "own-data-exported"));
        var back = await (await (await asked.FollowAsync()).Form("CurrentPassword").Fill("CurrentPassword", server.Setup.Password).SubmitAsync()).ArriveAsync();
        var file = await back.Form("Download my data").SubmitAsync("Download my data");

        Assert.Equal("attachment; filename=my-data-2026-11-23.json; filename*=UTF-8''my-data-2026-11-23.json", file.Response.Content.Headers.ContentDisposition!.ToString());
        var data = JsonDocument.Parse(file.Body).RootElement;
        Assert.Equal((server.Setup.Email, "Amara"), (data.GetProperty("account").GetProperty("email").GetString(), data.GetProperty("account").GetProperty("forename").GetString()));
        var place = Assert.Single(data.GetProperty("places").EnumerateArray());
        Assert.Equal(("Larch Primary", "Office"), (place.GetProperty("organisation").GetString(), place.GetProperty("template").GetString()));
        Assert.Equal(1, data.GetProperty("sessions").GetArrayLength());
        Assert.Contains(data.GetProperty("logByYou").EnumerateArray(), e => e.GetProperty("kind").GetString() == "user-created");
        Assert.DoesNotContain("Hannah", file.Body, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(server, "own-data-exported"));
    }

    [Fact]
    public async Task Erase_Asked_TellsTheOtherAdministratorsOnceAndTheOperator()
    {
        await using var server = await SchoolServer.StartAsync();
        var other = await server.Data.AddMemberAsync(server.School, Permission.SchoolSetup);
        await server.Data.AddMemberAsync(server.School);
        await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var page = await server.Browser.GetAsync("/profile/privacy");

        for (var i = 0; i < 3; i++)
            Assert.Equal("/profile?saved=erasure", (await page.Form("Ask for my data").SubmitAsync("Ask for my data")).Location);

        Assert.Equal([other.Email], await server.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == ErasureAskedMail.TemplateName).Select(m => m.Recipient).ToListAsync()));
        Assert.Equal((server.Setup.Email, 1), (await server.Factory.Get<ListErasureWishes>().ExecuteAsync(default)).Select(w => (w.Email, w.Places)).Single());
        Assert.Contains("You have asked to be erased", (await server.Browser.GetAsync("/profile?saved=erasure")).Text("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_PasswordIsOld_IsAskedForFirst()
    {
        await using var server = await SchoolServer.StartAsync();
        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));

        var asked = await (await server.Browser.GetAsync("/profile/privacy")).Form("Ask for my data").SubmitAsync("Ask for my data");

        Assert.StartsWith("/confirm-password?back=", asked.Location, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(server, "erasure-asked"));
    }

    private static Task<int> CountAsync(SchoolServer server, string kind) => server.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == kind));
}
