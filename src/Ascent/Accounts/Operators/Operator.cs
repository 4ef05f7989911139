using Ascent.Accounts.Factors;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts.Operators;

/// <summary>
/// An account that runs the server. It opens /operator and no organisation: no account is an operator and a member at once
/// (docs/adr/0011-operator-accounts.md).
/// </summary>
public sealed class Operator
{
    public Guid AccountId { get; init; }

    public DateTime AddedAt { get; init; }

    /// <summary>Null until the person has signed up with link and code.</summary>
    public DateTime? ActivatedAt { get; set; }

    public int Version { get; set; }
}

/// <summary>The two halves of an operator's sign-up. Gone once it is used.</summary>
public sealed class OperatorInvitation : IGuardedCode
{
    public Guid AccountId { get; init; }

    public required string Forename { get; set; }

    public required string Surname { get; set; }

    public byte[] LinkHash { get; set; } = [];

    /// <summary>The end of the link, and of the code with it.</summary>
    public DateTime ExpiresAt { get; set; }

    public byte[] CodeMac { get; set; } = [];

    public string CodeCipher { get; set; } = "";

    public int WrongTries { get; set; }

    public DateTime? NextTryAt { get; set; }

    public int Version { get; set; }

    public bool HasExpired(DateTime now) => now >= ExpiresAt;
}

internal sealed class OperatorMap : IEntityTypeConfiguration<Operator>
{
    public void Configure(EntityTypeBuilder<Operator> builder)
    {
        builder.ToTable("operators");
        builder.HasKey(o => o.AccountId);
        builder.Property(o => o.Version).IsConcurrencyToken();
        builder.HasOne<Account>().WithOne().HasForeignKey<Operator>(o => o.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OperatorInvitationMap : IEntityTypeConfiguration<OperatorInvitation>
{
    public void Configure(EntityTypeBuilder<OperatorInvitation> builder)
    {
        builder.ToTable("operator_invitations");
        builder.HasKey(i => i.AccountId);
        builder.Property(i => i.Forename).HasMaxLength(400);
        builder.Property(i => i.Surname).HasMaxLength(400);
        builder.Property(i => i.LinkHash).HasMaxLength(32);
        builder.Property(i => i.CodeMac).HasMaxLength(32);
        builder.Property(i => i.CodeCipher).HasMaxLength(1000);
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.HasIndex(i => i.LinkHash).IsUnique();
        builder.HasOne<Operator>().WithOne().HasForeignKey<OperatorInvitation>(i => i.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Somebody who may open /operator, as read for this request.</summary>
/// <param name="HasFactor">An operator has to have a second factor; without one only the page that enrols it opens.</param>
public sealed record OperatorAccess(Guid AccountId, bool HasFactor)
{
    /// <summary>Acts on the server as a whole and in no organisation.</summary>
    public Actor Actor => Actor.Operator with { AccountId = AccountId };
}

/// <summary>Reads, for every request anew, whether an account runs the server.</summary>
public sealed class ReadOperator(Database database)
{
    public Task<OperatorAccess?> ExecuteAsync(Guid accountId, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db =>
            await db.IsOperatorAsync(accountId, cancellationToken) ? new OperatorAccess(accountId, await db.HasFactorAsync(accountId, cancellationToken)) : null);
}

internal static class OpenAccounts
{
    /// <summary>An operator who has signed up.</summary>
    public static Task<bool> IsOperatorAsync(this AppDb db, Guid accountId, CancellationToken cancellationToken) =>
        db.Set<Operator>().AnyAsync(o => o.AccountId == accountId && o.ActivatedAt != null, cancellationToken);

    /// <summary>Signing in works while this is true: an open membership, or a place as operator. One question for every account, known or not.</summary>
    public static async Task<bool> IsOpenAsync(this AppDb db, Guid accountId, DateOnly today, CancellationToken cancellationToken) =>
        await db.Set<Membership>().Where(m => m.AccountId == accountId && m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today)).Select(m => m.AccountId)
            .Union(db.Set<Operator>().Where(o => o.AccountId == accountId && o.ActivatedAt != null).Select(o => o.AccountId))
            .AnyAsync(cancellationToken);
}
