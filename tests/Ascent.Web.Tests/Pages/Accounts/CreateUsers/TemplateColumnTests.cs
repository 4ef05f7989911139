using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Ascent.Shared.Permissions;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUsers;

/// <summary>The column "Template" of a list: the template gives the set, and what the row says wins over it.</summary>
public sealed class TemplateColumnTests
{
    private const string Heading = "Forename,Surname,Email,Job role,Template,Reports,Pupil names,Marks";

    private static readonly PermissionSet Tutor = PermissionSet.Of(Permission.SchoolReports, Permission.TrackingMarks).With(Permission.PupilReports, PupilScope.OwnClasses);

    [Fact]
    public async Task Confirm_RowsWithATemplate_GetItsSetWithWhatTheRowSaysAndItIsNoted()
    {
        await using var server = await SchoolServer.StartAsync();
        var id = await server.Data.AddTemplateAsync(server.Setup, "Tutor", Tutor);
        var rows = await GiveAsync(server, "Ann,A,a@school.example,Teacher,tutor,,,", "Bob,B,b@school.example,Teacher,Tutor,,Y,N", "Cat,C,c@school.example,Teacher,,Y,,");
        Assert.Equal(["Template “Tutor”", "Template “Tutor”, and what the row says"], rows.Texts("tbody .ascent-state .ascent-person__line").Where(l => l.StartsWith("Template", StringComparison.Ordinal)));

        await (await rows.Form("Confirm and create").SubmitAsync("Confirm and create")).ArriveAsync();

        var made = await server.ReadAsync(db => db.Set<Membership>().Where(m => m.State == MembershipState.Pending).OrderBy(m => m.NameKey).ToListAsync());
        Assert.Equal(
            [(Tutor, id), (PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports), id), (PermissionSet.Of(Permission.SchoolReports), (Guid?)null)],
            made.Select(m => (m.Permissions, m.TemplateId)));
    }

    [Fact]
    public async Task Rows_UnknownTemplate_AreToMendWithTheNamesNearItAndTheFormOffersThem()
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Data.AddTemplateAsync(server.Setup, "Class teacher", Tutor);
        await server.Data.AddTemplateAsync(server.Setup, "Governor", PermissionSet.Of(Permission.SchoolReports));
        var stranger = await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await server.Data.AddTemplateAsync(stranger, "Clas techer", Tutor);

        var rows = await GiveAsync(server, "Ann,A,a@school.example,Teacher,Clas techer,,,");
        Assert.Equal("“Clas techer” is no template of this school: “Class teacher”?", rows.Text("tbody .ascent-state strong"));
        var mend = await rows.ClickAsync("Mend the row");
        Refused.At(mend, "Template", "“Clas techer” is no template of this school");
        rows = await (await mend.Form("Forename").Fill("Template", "Class teacher").Fill("Given[TrackingMarks]", "N").SubmitAsync("Save the row")).ArriveAsync();
        await (await rows.Form("Confirm and create").SubmitAsync("Confirm and create")).ArriveAsync();

        Assert.Equal(Tutor.Without(Permission.TrackingMarks), (await server.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.State == MembershipState.Pending))).Permissions);
    }

    [Fact]
    public async Task Confirm_TemplateChangedSinceThePage_CreatesNobodyAndShowsWhatItWouldBeNow()
    {
        await using var server = await SchoolServer.StartAsync();
        var id = await server.Data.AddTemplateAsync(server.Setup, "Tutor", Tutor);
        var rows = await GiveAsync(server, "Ann,A,a@school.example,Teacher,Tutor,,,");
        await server.Factory.Get<ChangeTemplate>().ExecuteAsync(new(id, 0, "Tutor", PermissionSet.Of(Permission.ManageData), []), server.Setup.Actor, CancellationToken.None);

        var page = await rows.Form("Confirm and create").SubmitAsync("Confirm and create");

        Assert.StartsWith("Nobody was created: a template that rows name has been changed meanwhile", Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Equal(0, await server.ReadAsync(db => db.Set<Membership>().CountAsync(m => m.State == MembershipState.Pending)));
        Assert.Contains("Manage data", page.Texts("tbody .ascent-access-tags, tbody td").Aggregate("", (a, b) => a + b), StringComparison.Ordinal);
        await page.Form("Confirm and create").SubmitAsync("Confirm and create");
        Assert.Equal(PermissionSet.Of(Permission.ManageData), (await server.ReadAsync(db => db.Set<Membership>().SingleAsync(m => m.State == MembershipState.Pending))).Permissions);
    }

    private static async Task<Page> GiveAsync(SchoolServer server, params string[] rows) =>
        await (await (await server.Browser.GetAsync($"{server.Home}/users/create-multiple")).Form("Pasted").Fill("Pasted", string.Join('\n', rows.Prepend(Heading))).SubmitAsync("Next: check the rows")).ArriveAsync();
}
