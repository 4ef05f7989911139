using Ascent.Accounts;

namespace Ascent.Web.Pages.Bodies.CreateUser;

/// <summary>Somebody with the address is there already.</summary>
/// <param name="Home">Where the pages of that organisation's people begin.</param>
public sealed record ThereAlready(AlreadyHere? Who, string Home);
