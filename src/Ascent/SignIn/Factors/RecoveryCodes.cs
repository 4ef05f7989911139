using System.Security.Cryptography;
using System.Text;
using Ascent.Accounts.Factors;
using Ascent.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SignIn.Factors;

/// <summary>
/// Codes for whoever does not have their device: 24 characters of Crockford's base 32, 120 random bits. That many need no slow hash and no
/// key, so they still work after a master key was lost.
/// </summary>
public static class RecoveryCodes
{
    public const int Count = 10;

    /// <summary>So few left are worth a word.</summary>
    public const int Few = 2;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 24;
    private const int Group = 4;

    /// <summary>Written in groups of four.</summary>
    public static string Create() => Write(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>Reads what was typed as activation codes are read; null when it cannot be a recovery code.</summary>
    public static string? Read(string? typed)
    {
        if (typed is null || typed.Length > 4 * Length)
            return null;
        var code = new StringBuilder(Length);
        foreach (var c in typed.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '‐' or '‑' or '–' or '—' or '−')))
        {
            var letter = char.ToUpperInvariant(c) switch
            {
                'O' => '0',
                'I' or 'L' => '1',
                var other => other,
            };
            if (!Alphabet.Contains(letter, StringComparison.Ordinal))
                return null;
            code.Append(letter);
        }
        return code.Length == Length ? Write(code.ToString()) : null;
    }

    // With the account, so that one list of hashes tells nothing of two accounts.
    internal static byte[] Hash(Guid accountId, string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{accountId:N} {code}"));

    /// <summary>Ten new codes in the place of all that there were.</summary>
    /// <param name="limitedBy">The limited factor in whose session they are made.</param>
    internal static async Task<IReadOnlyList<string>> RenewAsync(AppDb db, Guid accountId, Guid? limitedBy, DateTime now, CancellationToken cancellationToken)
    {
        var present = await db.Set<RecoveryCode>().Where(c => c.AccountId == accountId).ToListAsync(cancellationToken);
        db.RemoveRange(present);
        // The numbers go on, because a row cannot be taken out and put in again in one save.
        var last = present.Count == 0 ? 0 : present.Max(c => c.Number);
        var codes = Enumerable.Range(1, Count).Select(_ => Create()).ToList();
        for (var i = 0; i < Count; i++)
            db.Add(new RecoveryCode { AccountId = accountId, Number = last + 1 + i, Hash = Hash(accountId, codes[i]), MadeAt = now, LimitedBy = limitedBy });
        return codes;
    }

    internal static Task<int> LeftAsync(AppDb db, Guid accountId, CancellationToken cancellationToken) =>
        db.Set<RecoveryCode>().CountAsync(c => c.AccountId == accountId && c.UsedAt == null, cancellationToken);

    private static string Write(string code) => string.Join('-', Enumerable.Range(0, Length / Group).Select(i => code.Substring(i * Group, Group)));
}
