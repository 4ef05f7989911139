using Ascent.Accounts;
using Ascent.Shared.Text;

namespace Ascent.Web.Pages.Accounts.ManageUsers;

/// <summary>How somebody stands, in a tag where it needs a look.</summary>
/// <param name="TagClass">Null for plain words.</param>
public sealed record UserStatusWords(string Words, string? TagClass, string? Line)
{
    public static UserStatusWords Of(UserRow row) => row switch
    {
        { Status: UserStatus.Deactivated } => new("Deactivated", "govuk-tag--grey", $"on {InWords.Date(row.StatusSince)}"),
        { Status: UserStatus.Ended } => new("Ended", "govuk-tag--grey", row.EndsOn is { } ended ? $"after {InWords.Date(ended)}" : null),
        { EndsSoon: true, EndsOn: { } ends } => new($"Ends {InWords.Date(ends)}", "govuk-tag--yellow", null),
        { IsDormant: true } => new("Dormant", "govuk-tag--grey", row.EndsOn is { } last ? $"Ends {InWords.Date(last)}" : null),
        { EndsOn: { } later } => new("Active", null, $"Ends {InWords.Date(later)}"),
        _ => new("Active", null, null),
    };
}
