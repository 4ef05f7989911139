using Ascent.Shared.Permissions;
using Ascent.Web.Pages.Accounts.PendingUsers;

namespace Ascent.Web.Pages.Accounts;

/// <summary>The addresses of this module's pages. A test resolves them all.</summary>
public static class AccountLinks
{
    public static string Users(string urn) => $"/schools/{urn}/users";

    /// <param name="change">Came from the last page to change one answer, and goes back there.</param>
    public static string CreateUser(string urn, string step, Guid? journey = null, bool change = false) =>
        $"/schools/{urn}/users/create/{step}{(journey is null ? "" : $"?j={journey:N}{(change ? "&change=1" : "")}")}";

    public static string CreateUserAnew(string urn) => $"/schools/{urn}/users/create/about?expired=1";

    public static string PendingUsers(string urn) => $"/schools/{urn}/users/pending";

    /// <summary>Those who hold, or will hold, a limited permission.</summary>
    public static string PendingUsersWith(string urn, Permission permission) =>
        new PendingUsersView { Access = permission == Permission.SchoolSetup ? Ascent.Accounts.PendingAccess.SchoolSetup : Ascent.Accounts.PendingAccess.ManageData }.In(PendingUsers(urn));

    public static string PendingUsersAfterCreation(string urn, Guid membershipId) => $"{PendingUsers(urn)}?created={membershipId:N}";

    public static string PendingUsersAfterResend(string urn, Guid membershipId, bool newCode) => $"{PendingUsers(urn)}?resent={membershipId:N}{(newCode ? "&newcode=1" : "")}";

    public static string PendingUsersAfterNewCode(string urn, Guid membershipId) => $"{PendingUsers(urn)}?renewed={membershipId:N}";

    public static string PendingUsersAfterChange(string urn, Guid membershipId) => $"{PendingUsers(urn)}?changed={membershipId:N}";

    public static string PendingUsersAfterDeletion(string urn) => $"{PendingUsers(urn)}?deleted=1";

    /// <param name="leftOut">How many of those chosen were not pending any more.</param>
    public static string PendingUsersAfterDeletions(string urn, int done, int leftOut) => $"{PendingUsers(urn)}?deleted={done}{LeftOut(leftOut)}";

    public static string PendingUsersAfterResends(string urn, int done, int leftOut) => $"{PendingUsers(urn)}?resentto={done}{LeftOut(leftOut)}";

    public static string EditPendingUser(string urn, Guid membershipId) => $"{PendingUsers(urn)}/{membershipId:N}/edit";

    public static string DeletePendingUser(string urn, Guid membershipId) => $"{PendingUsers(urn)}/{membershipId:N}/delete";

    public static string DeletePendingUsers(string urn, IEnumerable<Guid> membershipIds) => $"{PendingUsers(urn)}/delete{Ids(membershipIds)}";

    public static string ResendInvitations(string urn, IEnumerable<Guid> membershipIds) => $"{PendingUsers(urn)}/resend{Ids(membershipIds)}";

    public static string Slip(string urn, Guid membershipId) => $"{PendingUsers(urn)}/{membershipId:N}/slip";

    public static string ResetCodes(string urn) => $"/schools/{urn}/users/reset-codes";

    public static string SignUp(string token) => $"/sign-up/{token}";

    private static string Ids(IEnumerable<Guid> ids) => $"?{string.Join('&', ids.Select(id => $"id={id:N}"))}";

    private static string LeftOut(int leftOut) => leftOut > 0 ? $"&leftout={leftOut}" : "";
}
