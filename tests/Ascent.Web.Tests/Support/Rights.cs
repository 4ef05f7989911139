using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Support;

/// <summary>Changes what somebody holds while they are signed in, straight in the database.</summary>
public static class Rights
{
    public static PermissionSet All { get; } = PermissionSet.Of([.. PermissionCatalogue.All.Select(info => info.Permission)]);

    public static Task GiveAsync(this AscentFactory factory, TestMember person, PermissionSet set) =>
        ChangeAsync(factory, person, membership => membership.Permissions = set);

    public static Task EndOnAsync(this AscentFactory factory, TestMember person, DateOnly day) =>
        ChangeAsync(factory, person, membership => membership.EndsOn = day);

    private static async Task ChangeAsync(AscentFactory factory, TestMember person, Action<Membership> change)
    {
        await factory.Get<Database>().WriteAsync(OrganisationScope.Server, async db =>
        {
            change(await db.Set<Membership>().SingleAsync(m => m.Id == person.MembershipId));
            return await db.SaveChangesAsync();
        }, CancellationToken.None);
    }
}
