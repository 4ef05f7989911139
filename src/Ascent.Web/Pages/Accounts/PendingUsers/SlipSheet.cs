using Ascent.Accounts;
using Ascent.SignIn;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

/// <summary>What stands on a hand-over slip, printed singly or with many.</summary>
public sealed record SlipSheet(ShownCode Code, string School, SignedInPerson PrintedBy, DateTime Now);
