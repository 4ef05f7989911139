using System.Security.Cryptography;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Text;

namespace Ascent.Accounts;

/// <summary>A code that is handed over by a person: checked against a keyed HMAC, and kept encrypted because a page has to show it.</summary>
public interface IGuardedCode
{
    byte[] CodeMac { get; set; }

    string CodeCipher { get; set; }

    int WrongTries { get; set; }

    DateTime? NextTryAt { get; set; }

    int Version { get; set; }
}

/// <param name="HasCounted">The row was changed: the wrong try has to be saved.</param>
/// <param name="WasReplaced">It was the last try that this code bears; there is a new one.</param>
public readonly record struct CodeCheck(Refusal? Refusal, bool HasCounted, bool WasReplaced);

/// <summary>Makes, shows and checks activation codes and reset codes. Guessing slows down from the fifth wrong try, and the tenth replaces the code.</summary>
public sealed class GuardedCodes(Secrets secrets)
{
    private const string Purpose = "activation code";
    private const int TriesBeforeDelay = 5;
    private const int TriesBeforeNewCode = 10;

    /// <summary>A new code; the old one stops working with the save.</summary>
    internal void Renew(IGuardedCode guarded)
    {
        var code = ActivationCode.Create();
        guarded.CodeMac = MacOf(code);
        guarded.CodeCipher = secrets.Protect(Purpose, code);
        guarded.WrongTries = 0;
        guarded.NextTryAt = null;
        guarded.Version++;
    }

    /// <summary>The code in clear, or null when the key that kept it is lost.</summary>
    internal string? Read(IGuardedCode guarded) => secrets.Unprotect(Purpose, guarded.CodeCipher);

    /// <summary>Compares what was typed and counts a wrong try on the row. No refusal means that it is the code.</summary>
    internal CodeCheck Check(IGuardedCode guarded, string? typed, DateTime now)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return new(new CodeMissing(), false, false);
        if (guarded.NextTryAt > now)
            return new(new TooManyTries(guarded.NextTryAt.Value - now), false, false);
        if (ActivationCode.Read(typed) is { } code && CryptographicOperations.FixedTimeEquals(MacOf(code), guarded.CodeMac))
            return default;
        guarded.WrongTries++;
        guarded.Version++;
        if (guarded.WrongTries >= TriesBeforeNewCode)
        {
            Renew(guarded);
            return new(new CodeWasReplaced(), true, true);
        }
        if (guarded.WrongTries >= TriesBeforeDelay)
            guarded.NextTryAt = now + TimeSpan.FromSeconds(5 * (1 << (guarded.WrongTries - TriesBeforeDelay)));
        return new(new WrongCode(TriesBeforeNewCode - guarded.WrongTries), true, false);
    }

    private byte[] MacOf(string code) => secrets.Mac(Purpose, code);
}

public sealed record CodeMissing() : Refusal("code-missing", "Enter the code", RefusalKind.Field, "Code");

public sealed record WrongCode(int TriesLeft)
    : Refusal("code-wrong", $"This is not the code. Check it with the person who gave it to you; after {InWords.Count(TriesLeft, "more wrong try", "more wrong tries")} the code is replaced", RefusalKind.Field, "Code");

/// <param name="HasLink">It is a sign-up: the link lives, and that is worth saying.</param>
public sealed record CodeWasReplaced(bool HasLink = false)
    : Refusal("code-replaced", $"That was the tenth wrong try, so the code has been replaced. {(HasLink ? "Your link still works: ask" : "Ask")} your administrator for the new code", RefusalKind.Field, "Code");

public sealed record TooManyTries(TimeSpan Wait)
    : Refusal("too-many-tries", $"There have been several wrong tries. Wait {InWords.Count((long)Math.Ceiling(Wait.TotalSeconds), "second", "seconds")}, then try again", RefusalKind.Field, "Code");
