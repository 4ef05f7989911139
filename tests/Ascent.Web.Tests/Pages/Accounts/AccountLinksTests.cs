using System.Net;
using System.Reflection;
using Ascent.Web.Pages.Accounts;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Accounts;

public sealed class AccountLinksTests
{
    [Fact]
    public async Task Links_All_LeadToAPage()
    {
        await using var server = await SchoolServer.StartAsync();
        var pending = await server.Data.InviteAsync(server.Setup);
        var active = await server.Data.AddMemberAsync(server.School);
        var journey = Guid.ParseExact(CreateUserWalk.Id(await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync()), "N");
        var list = await CreateUsers.StaffListWalk.GiveAsync(server, "Mo,Re,nowhere,Teacher");
        await server.Data.LinkAsync(server.School, await server.Data.AddAuthorityAsync(), Ascent.Organisations.Reach.ReachLevel.School);
        var reach = (await server.Factory.Get<Ascent.Accounts.Above.ListReach>().ExecuteAsync(server.Setup.Actor, default)).Value.Present[0];
        var values = new Dictionary<string, object?[]>
        {
            ["home"] = [server.Home], ["linkId"] = [reach.LinkId], ["membershipId"] = [pending.MembershipId], ["journey"] = [journey], ["change"] = [true, false], ["newCode"] = [true, false],
            ["membershipIds"] = [new[] { pending.MembershipId }], ["list"] = [list], ["page"] = ["rows"], ["row"] = [1], ["format"] = ["csv", "xlsx"], ["templateId"] = [await server.Data.AddTemplateAsync(server.Setup, "A", Ascent.Shared.Permissions.PermissionSet.Of(Ascent.Shared.Permissions.Permission.ManageData))], ["given"] = [0, 2], ["done"] = [2], ["leftOut"] = [0, 1],
            ["permission"] = [Ascent.Shared.Permissions.Permission.SchoolSetup], ["token"] = [await server.Data.TokenOfAsync(pending.MembershipId)], ["search"] = ["a"], ["door"] = ["reports"], ["what"] = ["changed", "deactivated", "signedout", "deactivatedmany", "enddates"], ["deed"] = ["deactivate", "reactivate", "reset", "end-sessions", "delete"],
            ["step"] = ["about", "role", "administration", "reports", "tracking", "confirm", "end-date"],
        };
        var methods = typeof(AccountLinks).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
        var links = methods.SelectMany(m => Combinations(m, values).Select(arguments => (m.Name, Address: (string)m.Invoke(null, arguments)!))).ToArray();

        Assert.True(methods.Length >= 9);
        foreach (var (name, link) in links)
        {
            // Some pages are about people who wait, others about people who have signed up.
            var address = name is nameof(AccountLinks.EditUser) or nameof(AccountLinks.UserDeed) or nameof(AccountLinks.OwnProfile) ? link.Replace($"{pending.MembershipId:N}", $"{active.MembershipId:N}", StringComparison.Ordinal) : link;
            var page = await server.Browser.GetAsync(address);
            // The slip is opened by a button only; its address leads back to the list.
            Assert.True(name == nameof(AccountLinks.Slip) ? page.Location.EndsWith("/users/pending", StringComparison.Ordinal) : page.Status == HttpStatusCode.OK, $"{name}: {address} answered {(int)page.Status}");
        }
    }

    // Every value of every parameter; one that this test does not know fails it.
    private static IEnumerable<object?[]> Combinations(MethodInfo method, Dictionary<string, object?[]> values) =>
        method.GetParameters().Aggregate<ParameterInfo, IEnumerable<object?[]>>([[]], (rows, parameter) => rows.SelectMany(row => values[parameter.Name!].Select(value => (object?[])[.. row, value])));
}
