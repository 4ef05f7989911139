using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using OtpNet;

namespace Ascent.SignIn.Factors;

/// <summary>The secret that an authenticator app and the server share (TOTP, RFC 6238: SHA-1, six digits, half minutes, as every app knows it).</summary>
public static class AppSecret
{
    public const int Digits = 6;

    // 160 bits, as RFC 4226 advises.
    private const int Bytes = 20;

    // One half minute before and after, for clocks that go wrong a little and for slow hands.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>A new secret in base 32, as it is typed into an app.</summary>
    public static string Create() => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(Bytes)).TrimEnd('=');

    /// <summary>The address that a QR code carries to the app.</summary>
    /// <param name="account">What the app shows beside the code.</param>
    public static string Address(string secret, string account, string issuer) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={secret}&issuer={Uri.EscapeDataString(issuer)}&digits={Digits}&period=30";

    /// <summary>The half minute, counted from 1970, of which this is the code; null when it is none of the present ones.</summary>
    public static long? StepOf(string secret, string code, DateTime now) =>
        new Totp(Base32Encoding.ToBytes(secret)).VerifyTotp(now, code, out var step, Window) ? step : null;

    /// <summary>The six digits in what was typed; blanks may stand anywhere. Null when it is something else.</summary>
    [SuppressMessage("Globalization", "CA1307", Justification = "Characters have no culture.")]
    public static string? ReadCode(string? typed)
    {
        if (typed is null || typed.Length > 4 * Digits)
            return null;
        var code = string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c != '-'));
        return code.Length == Digits && code.All(char.IsAsciiDigit) ? code : null;
    }
}
