using Ascent.Shared.Permissions;

namespace Ascent.Web.Pages.Bodies.CreateUser;

/// <summary>One permission as a box to tick, in the words of the place where it acts. Nothing is limited here, and nobody has classes.</summary>
public sealed record BodyBox(Permission Permission, Place Place, bool IsTicked);
