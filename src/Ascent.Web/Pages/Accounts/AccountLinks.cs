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

    public static string PendingUsersAfterCreation(string urn, Guid membershipId) => $"{PendingUsers(urn)}?created={membershipId:N}";

    public static string PendingUsersAfterResend(string urn, Guid membershipId, bool newCode) => $"{PendingUsers(urn)}?resent={membershipId:N}{(newCode ? "&newcode=1" : "")}";

    public static string PendingUsersAfterDeletion(string urn) => $"{PendingUsers(urn)}?deleted=1";

    public static string DeletePendingUser(string urn, Guid membershipId) => $"/schools/{urn}/users/pending/{membershipId:N}/delete";

    public static string Slip(string urn, Guid membershipId) => $"/schools/{urn}/users/pending/{membershipId:N}/slip";

    public static string ResetCodes(string urn) => $"/schools/{urn}/users/reset-codes";

    public static string SignUp(string token) => $"/sign-up/{token}";
}
