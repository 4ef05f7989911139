using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUser;

public sealed class AdministrationTests
{
    [Fact]
    public async Task Get_SeatsPartlyTaken_TellsHowManyAndByWhom()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolSetup), "Graham", "Ellis");
        await server.Data.InviteAsync(server.Setup, PermissionSet.Of(Permission.SchoolSetup), "Priya", "Nair");

        var page = await new CreateUserWalk(server.Browser, server.School.Code).RoleAsync();

        Assert.Equal("3 of 4 used, 1 pending Hannah would take the last one.", page.Text("#SchoolSetup-count"));
        Assert.Equal(["Amara Okafor you", "Graham Ellis", "Priya Nair pending", "Hannah Moss if you go on"],
            page.Document.QuerySelectorAll("[aria-label='School setup seats'] .ascent-peg > span:last-child").Select(s => s.TextContent));
        Assert.Equal("0 of 6 used", page.Text("#ManageData-count"));
        Assert.Contains("SchoolSetup-count", page.Document.GetElementById("SchoolSetup")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Equal("School setup & Pupil Tracking", page.Text("label[for=SchoolSetup]"));
    }

    [Fact]
    public async Task Get_Secondary_SaysNothingOfPupilTracking()
    {
        await using var server = await SchoolServer.StartAsync(secondary: true);

        var page = await new CreateUserWalk(server.Browser, server.School.Code).RoleAsync();

        Assert.Equal("School setup", page.Text("label[for=SchoolSetup]"));
        Assert.DoesNotContain("Tracking", page.Words(), StringComparison.Ordinal);
        Assert.Equal("Step 3 of 5", page.Text(".ascent-steps__count"));
    }

    [Theory]
    [InlineData(Permission.SchoolSetup, 4, "SchoolSetup-reason", "School setup & Pupil Tracking")]
    [InlineData(Permission.ManageData, 6, "ManageData-reason", "Manage data")]
    public async Task Get_LimitReached_BoxIsOffWithTheReasonAndAWayOut(Permission permission, int limit, string reason, string label)
    {
        await using var server = await SchoolServer.StartAsync();
        await FillAsync(server, permission, limit);

        var page = await new CreateUserWalk(server.Browser, server.School.Code).RoleAsync("Data manager");

        var box = page.Document.GetElementById(permission.ToString())!;
        Assert.True(box.HasAttribute("disabled"));
        Assert.False(box.HasAttribute("checked")); // the role suggests Manage data; a suggestion asks for no seat that is not there
        Assert.Contains(reason, box.GetAttribute("aria-describedby")!.Split(' '));
        Assert.StartsWith($"All {limit} seats are taken", page.Text($"#{reason}"), StringComparison.Ordinal);
        Assert.Equal($"{server.Home}/users/manage?access={(permission == Permission.SchoolSetup ? "school-setup" : "manage-data")}", page.Document.QuerySelector($"#{reason} a")!.GetAttribute("href"));
        Assert.Equal(label, page.Text($"label[for={permission}]"));
        // The way on without it is open.
        Assert.Contains("/create/reports", (await page.Form("Next").SubmitAsync()).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Permission.SchoolSetup, 4, "All 4 School setup & Pupil Tracking seats are taken: Amara Okafor, ")]
    [InlineData(Permission.ManageData, 6, "All 6 Manage data seats are taken: ")]
    [Asvs("2.2.2", "A box that is off on the page is refused by the server too.")]
    public async Task Post_FullLimitAllTheSame_IsRefusedWithTheNames(Permission permission, int limit, string words)
    {
        await using var server = await SchoolServer.StartAsync();
        var holders = await FillAsync(server, permission, limit);
        var form = (await new CreateUserWalk(server.Browser, server.School.Code).RoleAsync()).Form("Next");

        var page = await form.Drop(permission.ToString()).Tamper(permission.ToString(), "true").SubmitAsync();

        Refused.Only(page, (permission.ToString(), words));
        Assert.All(holders, holder => Assert.Contains(holder.FullName, page.Errors[0], StringComparison.Ordinal));
        // It can be taken back: the box is not off while it is ticked.
        Assert.Contains("/create/reports", (await page.Form("Next").Untick(permission.ToString()).SubmitAsync()).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Both_SchoolSetupIncludesManageDataAndTakesOneSeat()
    {
        await using var server = await SchoolServer.StartAsync();
        var walk = new CreateUserWalk(server.Browser, server.School.Code);

        var confirm = await walk.ConfirmAsync("Teacher", "hannah.moss@school.example", "SchoolSetup", "ManageData");
        Assert.Contains("Includes Manage data", confirm.Words(), StringComparison.Ordinal);
        Assert.Contains("Takes seat 2 of 4.", confirm.Words(), StringComparison.Ordinal);
        await CreateUserWalk.PressConfirmAsync(confirm);

        var page = await new CreateUserWalk(server.Browser, server.School.Code).RoleAsync(email: "next@school.example");
        Assert.StartsWith("2 of 4 used, 1 pending", page.Text("#SchoolSetup-count"), StringComparison.Ordinal);
        Assert.StartsWith("0 of 6 used", page.Text("#ManageData-count"), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<TestMember>> FillAsync(SchoolServer server, Permission permission, int limit)
    {
        var holders = new List<TestMember>();
        while (holders.Count + (permission == Permission.SchoolSetup ? 1 : 0) < limit)
            holders.Add(await server.Data.AddMemberAsync(server.School, permission));
        return holders;
    }
}
