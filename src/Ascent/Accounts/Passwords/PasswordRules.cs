using System.Text;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.Accounts.Passwords;

public sealed record PasswordRefused(string Code, string Message) : Refusal(Code, Message, RefusalKind.Field, "Password");

/// <summary>
/// What a new password has to be: long, not common, not made of names that stand on the page. No composition rules and no expiry
/// (NIST SP 800-63B-4, OWASP ASVS 5.0 6.2).
/// </summary>
public static class PasswordRules
{
    public const int Shortest = 15;
    public const int Longest = 128;

    // What is left of a password without the names has to be something still.
    private const int LeastOfItsOwn = 8;

    /// <param name="names">Names that must not make up the password: the person's, the school's, the product's.</param>
    /// <returns>Null when the password may be used.</returns>
    public static PasswordRefused? Check(string? password, IEnumerable<string> names)
    {
        if (string.IsNullOrEmpty(password))
            return new("password-missing", "Choose a password");
        if (!IsText(password))
            return new("password-characters", "The password has a control character in it: type it again");
        var length = PlainText.Length(password);
        if (length < Shortest)
            return new("password-short", $"The password must have {Shortest} characters or more: this one has {length}. Three or four words together are easy to keep in mind");
        if (length > Longest || password.Length > 4 * Longest)
            return new("password-long", $"The password must have {Longest} characters or fewer");
        var key = Key(password);
        if (CommonPasswords.Contains(key))
            return new("password-common", "This password is on the list of common ones, which are tried first: choose another");
        return IsMadeOf(key, names)
            ? new("password-names", "This password is made of your name, the school’s or Ascent’s: choose one that has nothing to do with them")
            : null;
    }

    /// <summary>Letters and digits only, lower case: common passwords are the same with other punctuation.</summary>
    internal static string Key(string password)
    {
        var key = new StringBuilder(password.Length);
        foreach (var rune in password.Normalize(NormalizationForm.FormKC).EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune))
                key.Append(Rune.ToLowerInvariant(rune).ToString());
        return key.ToString();
    }

    private static bool IsMadeOf(string key, IEnumerable<string> names)
    {
        // Counted by what is cut away: a password without any name keeps its length and passes.
        var rest = key;
        foreach (var word in names.SelectMany(name => name.Split([' ', '@', '.', '-', '+', '_'])).Append("ascent").Select(Key).Where(w => w.Length >= 3).OrderByDescending(w => w.Length))
            rest = rest.Replace(word, "", StringComparison.Ordinal);
        return rest.Length < LeastOfItsOwn && rest.Length < key.Length;
    }

    private static bool IsText(string password)
    {
        for (var i = 0; i < password.Length; i++)
        {
            if (char.IsControl(password[i]))
                return false;
            if (!char.IsSurrogate(password[i]))
                continue;
            if (!char.IsHighSurrogate(password[i]) || i + 1 == password.Length || !char.IsLowSurrogate(password[++i]))
                return false;
        }
        return true;
    }
}
