using Ascent.Shared.Permissions;
using Ascent.Web.Pages.Accounts.ManageUsers;
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

    public static string CreateUsers(string urn) => $"/schools/{urn}/users/create-multiple";

    /// <param name="format">csv or xlsx.</param>
    public static string StaffListTemplate(string urn, string format) => $"{CreateUsers(urn)}?handler=template&format={format}";

    /// <param name="page">rows, done or slips.</param>
    public static string CreateUsers(string urn, string page, Guid list) => $"{CreateUsers(urn)}/{page}?j={list:N}";

    public static string MendRow(string urn, Guid list, int row) => $"{CreateUsers(urn, "mend", list)}&row={row}";

    public static string PendingUsers(string urn) => $"/schools/{urn}/users/pending";

    /// <summary>Those who hold, or will hold, a limited permission.</summary>
    public static string PendingUsersWith(string urn, Permission permission) =>
        new PendingUsersView { Access = permission == Permission.SchoolSetup ? Ascent.Accounts.PendingAccess.SchoolSetup : Ascent.Accounts.PendingAccess.ManageData }.In(PendingUsers(urn));

    /// <summary>Pending users whose names or address begin so.</summary>
    public static string PendingUsersNamed(string urn, string search) => new PendingUsersView { Search = search }.In(PendingUsers(urn));

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

    public static string ManageUsers(string urn) => $"/schools/{urn}/users/manage";

    /// <summary>Those who hold a limited permission.</summary>
    public static string ManageUsersWith(string urn, Permission permission) =>
        new UsersView { Access = permission == Permission.SchoolSetup ? Ascent.Accounts.UsersAccess.SchoolSetup : Ascent.Accounts.UsersAccess.ManageData }.In(ManageUsers(urn));

    /// <param name="what">What was done for the person: changed, deactivated, signedout.</param>
    public static string ManageUsersAfter(string urn, string what, Guid membershipId) => $"{ManageUsers(urn)}?{what}={membershipId:N}";

    public static string ManageUsersAfterDeletion(string urn) => $"{ManageUsers(urn)}?deleted=1";

    /// <param name="what">What was done for several: deactivatedmany, enddates.</param>
    public static string ManageUsersAfterMany(string urn, string what, int done, int leftOut) => $"{ManageUsers(urn)}?{what}={done}{LeftOut(leftOut)}";

    public static string EditUser(string urn, Guid membershipId) => $"{ManageUsers(urn)}/{membershipId:N}";

    /// <param name="deed">deactivate, reactivate, reset, end-sessions, reset-second-factor or delete.</param>
    public static string UserDeed(string urn, Guid membershipId, string deed) => $"{EditUser(urn, membershipId)}/{deed}";

    public static string DeactivateUsers(string urn, IEnumerable<Guid> membershipIds) => $"{ManageUsers(urn)}/deactivate{Ids(membershipIds)}";

    public static string SetEndDates(string urn, IEnumerable<Guid> membershipIds) => $"{ManageUsers(urn)}/end-date{Ids(membershipIds)}";

    /// <summary>My profile, with the way back to one's own row.</summary>
    public static string OwnProfile(string urn, Guid membershipId) => $"/profile?back={Uri.EscapeDataString(EditUser(urn, membershipId))}";

    public static string Templates(string urn) => $"/schools/{urn}/users/templates";

    public static string TemplatesAfterDeletion(string urn) => $"{Templates(urn)}?deleted=1";

    public static string AddTemplate(string urn) => $"{Templates(urn)}/add";

    public static string Template(string urn, Guid templateId) => $"{Templates(urn)}/{templateId:N}";

    public static string TemplateAfterAdding(string urn, Guid templateId) => $"{Template(urn, templateId)}?added=1";

    /// <param name="given">How many people were given it with the change.</param>
    public static string TemplateAfterChange(string urn, Guid templateId, int given) => $"{Template(urn, templateId)}?changed={given}";

    public static string ChangeTemplate(string urn, Guid templateId) => $"{Template(urn, templateId)}/change";

    /// <summary>The template as it is, with the people to whom it can be given.</summary>
    public static string GiveTemplate(string urn, Guid templateId) => $"{ChangeTemplate(urn, templateId)}?give=1";

    public static string DeleteTemplate(string urn, Guid templateId) => $"{Template(urn, templateId)}/delete";

    /// <param name="door">The path of a page below the school.</param>
    /// <param name="membershipId">Whose access is explained; everybody's when left out.</param>
    public static string Explain(string urn, string door, Guid? membershipId = null) =>
        $"/schools/{urn}/users/explain?page={Uri.EscapeDataString(door)}{(membershipId is { } id ? $"&person={id:N}" : "")}";

    public static string AccessReview(string urn) => $"/schools/{urn}/users/review";

    /// <param name="what">What was done for the person: changed or deactivated.</param>
    public static string AccessReviewAfter(string urn, string what, Guid membershipId) => $"{AccessReview(urn)}?{what}={membershipId:N}";

    /// <summary>Those whom nobody has confirmed, although the review asked for it long ago.</summary>
    public static string ManageUsersUnconfirmed(string urn) => new UsersView { Attention = Ascent.Accounts.UsersAttention.Unconfirmed }.In(ManageUsers(urn));

    public static string ResetCodes(string urn) => $"/schools/{urn}/users/reset-codes";

    /// <summary>After somebody's second factor was reset: its code stands there.</summary>
    public static string ResetCodesAfterFactorReset(string urn, Guid membershipId) => $"{ResetCodes(urn)}?reset={membershipId:N}";

    public static string OurOrganisation(string urn) => $"/schools/{urn}/our-organisation";

    public static string EndReach(string urn, Guid linkId) => $"{OurOrganisation(urn)}/{linkId:N}/end";

    public static string SignInRules(string urn) => $"/schools/{urn}/users/sign-in-rules";

    public static string Log(string urn) => $"/schools/{urn}/log";

    public static string SignUp(string token) => $"/sign-up/{token}";

    private static string Ids(IEnumerable<Guid> ids) => $"?{string.Join('&', ids.Select(id => $"id={id:N}"))}";

    private static string LeftOut(int leftOut) => leftOut > 0 ? $"&leftout={leftOut}" : "";
}
