using System.Security.Cryptography;
using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SignIn.Factors;

/// <summary>What a passkey is asked to do.</summary>
public enum PasskeyTask
{
    /// <summary>Come to an account.</summary>
    Add,

    /// <summary>Sign somebody in of whom nothing is known yet.</summary>
    SignIn,

    /// <summary>Show that somebody known is who they are.</summary>
    Prove,
}

/// <summary>
/// A question put to a passkey: random bytes that it signs. It is answered once, within minutes, by the browser that asked, and for what
/// it was asked.
/// </summary>
public sealed class PasskeyChallenge
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>The hash of the cookie or link that asked; a newer question replaces an older one.</summary>
    public required byte[] BoundTo { get; init; }

    public PasskeyTask Task { get; init; }

    public required byte[] Challenge { get; init; }

    public DateTime ExpiresAt { get; init; }
}

internal sealed class PasskeyChallengeMap : IEntityTypeConfiguration<PasskeyChallenge>
{
    public void Configure(EntityTypeBuilder<PasskeyChallenge> builder)
    {
        builder.ToTable("passkey_challenges");
        builder.HasKey(c => c.BoundTo);
        builder.Property(c => c.BoundTo).HasMaxLength(32);
        builder.Property(c => c.Task).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.Challenge).HasMaxLength(32);
        builder.HasIndex(c => c.ExpiresAt);
    }
}

/// <summary>Makes questions for passkeys, and takes them back when they are answered.</summary>
public sealed class PasskeyChallenges(Database database, TimeProvider clock)
{
    /// <returns>The random bytes; null when there is nothing to bind them to.</returns>
    internal async Task<byte[]?> BeginAsync(string? bound, PasskeyTask task, CancellationToken cancellationToken)
    {
        if (LinkToken.Hash(bound) is not { } hash)
            return null;
        var challenge = RandomNumberGenerator.GetBytes(32);
        await database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            await db.Set<PasskeyChallenge>().Where(c => c.BoundTo == hash).ExecuteDeleteAsync(cancellationToken);
            db.Add(new PasskeyChallenge { BoundTo = hash, Task = task, Challenge = challenge, ExpiresAt = clock.Now() + PasskeyChallenge.Life });
            return await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return challenge;
    }

    /// <summary>The question that this browser was put. It is gone with this, whatever the answer is worth: of two answers one finds it.</summary>
    /// <returns>Null when there is none that may still be answered.</returns>
    internal async Task<byte[]?> TakeAsync(string? bound, PasskeyTask task, CancellationToken cancellationToken)
    {
        if (LinkToken.Hash(bound) is not { } hash)
            return null;
        return await database.WriteAsync(OrganisationScope.Server, async db =>
        {
            if (await db.Set<PasskeyChallenge>().AsNoTracking().SingleOrDefaultAsync(c => c.BoundTo == hash, cancellationToken) is not { } found)
                return null;
            var taken = await db.Set<PasskeyChallenge>().Where(c => c.BoundTo == hash && c.Challenge == found.Challenge).ExecuteDeleteAsync(cancellationToken) == 1;
            return taken && found.Task == task && found.ExpiresAt > clock.Now() ? found.Challenge : null;
        }, cancellationToken);
    }
}
