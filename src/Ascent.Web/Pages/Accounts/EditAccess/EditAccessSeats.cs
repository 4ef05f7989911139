using Ascent.Shared.Permissions;

namespace Ascent.Web.Pages.Accounts.EditAccess;

/// <summary>The seats under one limit, as the form shows them beneath the box.</summary>
/// <param name="Id">The beginning of the ids that the box is described by.</param>
public sealed record EditAccessSeats(EditAccessForm Form, Permission Permission, string Id);
