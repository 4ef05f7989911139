using Ascent.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    /// <summary>Brings a membership that is Active into another state, by the use cases where there are any.</summary>
    public async Task BringAsync(TestMember member, MembershipState state, TestMember administrator)
    {
        switch (state)
        {
            case MembershipState.Active:
                return;
            case MembershipState.Pending:
                _ = (await Get<ResetSignUp>().ExecuteAsync(member.MembershipId, administrator.Actor, CancellationToken.None)).Value;
                return;
            case MembershipState.Deactivated:
                _ = (await Get<DeactivateUser>().ExecuteAsync(member.MembershipId, administrator.Actor, CancellationToken.None)).Value;
                return;
            case MembershipState.Deleted:
                _ = (await Get<DeleteUser>().ExecuteAsync(new(member.MembershipId, member.FullName), administrator.Actor, CancellationToken.None)).Value;
                return;
            case MembershipState.Ended:
                // What the nightly work writes down.
                await SaveAsync(async db =>
                {
                    var yesterday = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime).AddDays(-1);
                    await db.Set<Membership>().Where(m => m.Id == member.MembershipId)
                        .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MembershipState.Ended).SetProperty(x => x.EndsOn, yesterday).SetProperty(x => x.Version, x => x.Version + 1));
                    await db.Set<Seat>().Where(s => s.HolderId == member.MembershipId).ExecuteUpdateAsync(s => s.SetProperty(x => x.HolderId, (Guid?)null));
                });
                return;
            default:
                throw new ArgumentOutOfRangeException(nameof(state), state, null);
        }
    }
}
