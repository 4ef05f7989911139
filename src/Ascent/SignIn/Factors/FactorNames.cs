using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SignIn.Factors;

/// <summary>What people call their second factors.</summary>
internal static class FactorNames
{
    /// <param name="otherwise">Its name when none was typed.</param>
    public static Result<string> Read(string? typed, string otherwise)
    {
        var called = PlainText.Tidy(typed);
        if (PlainText.HasForbiddenCharacter(called))
            return new DetailRefusal("factor-name-characters", "The name has a hidden or control character in it: type it again by hand", "Name");
        if (PlainText.Length(called) > Factor.LongestName || called.Length > 4 * Factor.LongestName)
            return new DetailRefusal("factor-name-long", $"The name must be {Factor.LongestName} characters or fewer", "Name");
        return called.Length == 0 ? otherwise : called;
    }
}
