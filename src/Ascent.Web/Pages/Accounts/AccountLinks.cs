using Ascent.Shared.Permissions;
using Ascent.Web.Pages.Accounts.ManageUsers;
using Ascent.Web.Pages.Accounts.PendingUsers;

namespace Ascent.Web.Pages.Accounts;

/// <summary>
/// The addresses of this module's pages; a test resolves them all. Each begins with the home of the organisation: a school's, an authority's or
/// trust's, or that of a school under the authority or trust through which somebody came.
/// </summary>
public static class AccountLinks
{
    public static string Users(string home) => $"{home}/users";

    /// <param name="change">Came from the last page to change one answer, and goes back there.</param>
    public static string CreateUser(string home, string step, Guid? journey = null, bool change = false) =>
        $"{home}/users/create/{step}{(journey is null ? "" : $"?j={journey:N}{(change ? "&change=1" : "")}")}";

    public static string CreateUserAnew(string home) => $"{home}/users/create/about?expired=1";

    public static string CreateUsers(string home) => $"{home}/users/create-multiple";

    /// <param name="format">csv or xlsx.</param>
    public static string StaffListTemplate(string home, string format) => $"{CreateUsers(home)}?handler=template&format={format}";

    /// <param name="page">rows, done or slips.</param>
    public static string CreateUsers(string home, string page, Guid list) => $"{CreateUsers(home)}/{page}?j={list:N}";

    public static string MendRow(string home, Guid list, int row) => $"{CreateUsers(home, "mend", list)}&row={row}";

    public static string PendingUsers(string home) => $"{home}/users/pending";

    /// <summary>Those who hold, or will hold, a limited permission.</summary>
    public static string PendingUsersWith(string home, Permission permission) =>
        new PendingUsersView { Access = permission == Permission.SchoolSetup ? Ascent.Accounts.PendingAccess.SchoolSetup : Ascent.Accounts.PendingAccess.ManageData }.In(PendingUsers(home));

    /// <summary>Pending users whose names or address begin so.</summary>
    public static string PendingUsersNamed(string home, string search) => new PendingUsersView { Search = search }.In(PendingUsers(home));

    public static string PendingUsersAfterCreation(string home, Guid membershipId) => $"{PendingUsers(home)}?created={membershipId:N}";

    public static string PendingUsersAfterResend(string home, Guid membershipId, bool newCode) => $"{PendingUsers(home)}?resent={membershipId:N}{(newCode ? "&newcode=1" : "")}";

    public static string PendingUsersAfterNewCode(string home, Guid membershipId) => $"{PendingUsers(home)}?renewed={membershipId:N}";

    public static string PendingUsersAfterChange(string home, Guid membershipId) => $"{PendingUsers(home)}?changed={membershipId:N}";

    public static string PendingUsersAfterDeletion(string home) => $"{PendingUsers(home)}?deleted=1";

    /// <param name="leftOut">How many of those chosen were not pending any more.</param>
    public static string PendingUsersAfterDeletions(string home, int done, int leftOut) => $"{PendingUsers(home)}?deleted={done}{LeftOut(leftOut)}";

    public static string PendingUsersAfterResends(string home, int done, int leftOut) => $"{PendingUsers(home)}?resentto={done}{LeftOut(leftOut)}";

    public static string EditPendingUser(string home, Guid membershipId) => $"{PendingUsers(home)}/{membershipId:N}/edit";

    public static string DeletePendingUser(string home, Guid membershipId) => $"{PendingUsers(home)}/{membershipId:N}/delete";

    public static string DeletePendingUsers(string home, IEnumerable<Guid> membershipIds) => $"{PendingUsers(home)}/delete{Ids(membershipIds)}";

    public static string ResendInvitations(string home, IEnumerable<Guid> membershipIds) => $"{PendingUsers(home)}/resend{Ids(membershipIds)}";

    public static string Slip(string home, Guid membershipId) => $"{PendingUsers(home)}/{membershipId:N}/slip";

    public static string ManageUsers(string home) => $"{home}/users/manage";

    /// <summary>Those who hold a limited permission.</summary>
    public static string ManageUsersWith(string home, Permission permission) =>
        new UsersView { Access = permission == Permission.SchoolSetup ? Ascent.Accounts.UsersAccess.SchoolSetup : Ascent.Accounts.UsersAccess.ManageData }.In(ManageUsers(home));

    /// <param name="what">What was done for the person: changed, deactivated, signedout.</param>
    public static string ManageUsersAfter(string home, string what, Guid membershipId) => $"{ManageUsers(home)}?{what}={membershipId:N}";

    public static string ManageUsersAfterDeletion(string home) => $"{ManageUsers(home)}?deleted=1";

    /// <param name="what">What was done for several: deactivatedmany, enddates.</param>
    public static string ManageUsersAfterMany(string home, string what, int done, int leftOut) => $"{ManageUsers(home)}?{what}={done}{LeftOut(leftOut)}";

    public static string EditUser(string home, Guid membershipId) => $"{ManageUsers(home)}/{membershipId:N}";

    /// <param name="deed">deactivate, reactivate, reset, end-sessions, reset-second-factor or delete.</param>
    public static string UserDeed(string home, Guid membershipId, string deed) => $"{EditUser(home, membershipId)}/{deed}";

    public static string DeactivateUsers(string home, IEnumerable<Guid> membershipIds) => $"{ManageUsers(home)}/deactivate{Ids(membershipIds)}";

    public static string SetEndDates(string home, IEnumerable<Guid> membershipIds) => $"{ManageUsers(home)}/end-date{Ids(membershipIds)}";

    /// <summary>My profile, with the way back to one's own row.</summary>
    public static string OwnProfile(string home, Guid membershipId) => $"/profile?back={Uri.EscapeDataString(EditUser(home, membershipId))}";

    public static string Templates(string home) => $"{home}/users/templates";

    public static string TemplatesAfterDeletion(string home) => $"{Templates(home)}?deleted=1";

    public static string AddTemplate(string home) => $"{Templates(home)}/add";

    public static string Template(string home, Guid templateId) => $"{Templates(home)}/{templateId:N}";

    public static string TemplateAfterAdding(string home, Guid templateId) => $"{Template(home, templateId)}?added=1";

    /// <param name="given">How many people were given it with the change.</param>
    public static string TemplateAfterChange(string home, Guid templateId, int given) => $"{Template(home, templateId)}?changed={given}";

    public static string ChangeTemplate(string home, Guid templateId) => $"{Template(home, templateId)}/change";

    /// <summary>The template as it is, with the people to whom it can be given.</summary>
    public static string GiveTemplate(string home, Guid templateId) => $"{ChangeTemplate(home, templateId)}?give=1";

    public static string DeleteTemplate(string home, Guid templateId) => $"{Template(home, templateId)}/delete";

    /// <param name="door">The path of a page below the school.</param>
    /// <param name="membershipId">Whose access is explained; everybody's when left out.</param>
    public static string Explain(string home, string door, Guid? membershipId = null) =>
        $"{home}/users/explain?page={Uri.EscapeDataString(door)}{(membershipId is { } id ? $"&person={id:N}" : "")}";

    public static string AccessReview(string home) => $"{home}/users/review";

    /// <param name="what">What was done for the person: changed or deactivated.</param>
    public static string AccessReviewAfter(string home, string what, Guid membershipId) => $"{AccessReview(home)}?{what}={membershipId:N}";

    /// <summary>Those whom nobody has confirmed, although the review asked for it long ago.</summary>
    public static string ManageUsersUnconfirmed(string home) => new UsersView { Attention = Ascent.Accounts.UsersAttention.Unconfirmed }.In(ManageUsers(home));

    public static string ResetCodes(string home) => $"{home}/users/reset-codes";

    /// <summary>After somebody's second factor was reset: its code stands there.</summary>
    public static string ResetCodesAfterFactorReset(string home, Guid membershipId) => $"{ResetCodes(home)}?reset={membershipId:N}";

    public static string OurOrganisation(string home) => $"{home}/our-organisation";

    public static string EndReach(string home, Guid linkId) => $"{OurOrganisation(home)}/{linkId:N}/end";

    public static string SignInRules(string home) => $"{home}/users/sign-in-rules";

    public static string Log(string home) => $"{home}/log";

    public static string SignUp(string token) => $"/sign-up/{token}";

    private static string Ids(IEnumerable<Guid> ids) => $"?{string.Join('&', ids.Select(id => $"id={id:N}"))}";

    private static string LeftOut(int leftOut) => leftOut > 0 ? $"&leftout={leftOut}" : "";
}
