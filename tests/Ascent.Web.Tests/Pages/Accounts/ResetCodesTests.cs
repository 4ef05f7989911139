using System.Net;
using Ascent.Audit;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts;

/// <summary>Where administrators show the codes of people who reset their password.</summary>
public sealed class ResetCodesTests
{
    [Fact]
    public async Task Post_ShowCode_IsInTheAnswerOnlyAndInTheLog()
    {
        await using var server = await SchoolServer.StartAsync();
        Assert.Contains("Nobody asked for a reset code", (await server.Browser.GetAsync(Path(server))).Words(), StringComparison.Ordinal);
        var asking = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.ManageData), "Tom", "<i>Field</i>");
        await server.ResetAsync(asking);
        var code = await server.ResetCodeOfAsync(asking);

        var list = await server.Browser.GetAsync(Path(server));
        Assert.Equal("Tom <i>Field</i>", list.Text("tbody .ascent-person"));
        Assert.DoesNotContain(code, list.Body, StringComparison.Ordinal);
        var shown = await list.Form("Show code").SubmitAsync("Show code");

        Assert.Contains(code, shown.Text(".ascent-code"), StringComparison.Ordinal);
        Assert.DoesNotContain(code, shown.Path, StringComparison.Ordinal);
        Assert.DoesNotContain(code, (await server.Browser.GetAsync(Path(server))).Body, StringComparison.Ordinal);
        Assert.Equal(1, await ShownAsync(server));
    }

    [Fact]
    public async Task Post_OwnOrAnotherSchoolsOrNobodys_ShowsNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var elsewhere = await server.Data.AddMemberAsync(await server.Data.AddPrimaryAsync(), Permission.ManageData);
        await server.ResetAsync(elsewhere);
        var mine = await server.Data.AddMemberAsync(server.School, Permission.ManageData);
        await server.ResetAsync(mine);
        await server.Browser.GetAsync(server.Home); // being here is written down once an hour
        var before = await Tables.DumpAsync(server.Factory);

        foreach (var id in (string[])[$"{elsewhere.MembershipId}", $"{elsewhere.AccountId}", $"{server.Setup.MembershipId}", $"{Guid.Empty}", "all", "' OR 1=1--", ""])
        {
            var page = await server.Browser.PostAsync(Path(server), ("id", id), ("OrganisationId", $"{elsewhere.School.Id}"), ("urn", elsewhere.School.Code));
            Assert.Equal((id, HttpStatusCode.NotFound), (id, page.Status));
            Assert.DoesNotContain(await server.ResetCodeOfAsync(elsewhere), page.Body, StringComparison.Ordinal);
        }

        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
    }

    [Fact]
    public async Task Post_WithoutTheRightOrLongAfterSigningIn_ShowsNothing()
    {
        await using var server = await SchoolServer.StartAsync();
        var asking = await server.Data.AddMemberAsync(server.School, Permission.ManageData);
        await server.ResetAsync(asking);
        var form = (await server.Browser.GetAsync(Path(server))).Form("Show code");

        server.Factory.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal($"/confirm-password?back={Uri.EscapeDataString(Path(server))}", (await form.SubmitAsync("Show code")).Location);
        await server.Factory.GiveAsync(server.Setup, PermissionSet.Of(Permission.ManageData));

        Assert.Equal(HttpStatusCode.Forbidden, (await form.SubmitAsync("Show code")).Status);
        Assert.Equal(0, await ShownAsync(server));
    }

    [Fact]
    public async Task Post_RanOutMeanwhile_SaysWhatToDo()
    {
        await using var server = await SchoolServer.StartAsync();
        var asking = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.ManageData), "Tom");
        await server.ResetAsync(asking);
        server.Factory.Clock.Advance(Ascent.Accounts.ResetCode.Life);
        await server.SignInAgainAsync();

        var page = await server.Browser.PostAsync(Path(server), ("id", $"{asking.MembershipId}"));

        Assert.StartsWith("The code for Tom has run out.", page.Errors.Single(), StringComparison.Ordinal);
        Assert.DoesNotContain(page.Document.QuerySelectorAll("main button"), b => b.TextContent.StartsWith("Show code", StringComparison.Ordinal));
        Assert.Equal(0, await ShownAsync(server));
    }

    private static string Path(SchoolServer server) => server.Home + "/users/reset-codes";

    private static Task<int> ShownAsync(SchoolServer server) => server.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "reset-code-shown"));
}
