namespace Ascent.Persistence;

/// <summary>
/// Something was about to begin in a school that had become another in the same moment. Nothing was saved; whoever tries again comes to the
/// successor. It is thrown only where the two meet within a request, so it is no refusal that pages have words for.
/// </summary>
public sealed class BecameAnotherException() : Exception("This school has just become another one. Nothing was saved: go on under its new number.");
