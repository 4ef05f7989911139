using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts.Operators;

public enum OperatorNoticeKind
{
    /// <summary>The only administrator of a school made another one.</summary>
    HolderMade,

    /// <summary>The only administrator of a school changed their own access.</summary>
    OwnAccessChanged,

    /// <summary>The last administrator of a school has not opened it for 13 months, and is left because there is nobody else.</summary>
    LastHolderDormant,
}

/// <summary>What the other administrators of a school would be mailed, where there is none: it shows to whoever runs the server, without names.</summary>
public sealed class OperatorNotice
{
    public Guid Id { get; init; }

    public Guid OrganisationId { get; init; }

    public OperatorNoticeKind Kind { get; init; }

    public DateTime At { get; init; }

    public DateTime? SeenAt { get; set; }
}

internal sealed class OperatorNoticeMap : IEntityTypeConfiguration<OperatorNotice>
{
    public void Configure(EntityTypeBuilder<OperatorNotice> builder)
    {
        builder.ToTable("operator_notices");
        builder.Property(n => n.Kind).HasConversion<string>().HasMaxLength(40);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(n => n.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(n => new { n.At, n.Id }).HasFilter("seen_at IS NULL");
    }
}

public sealed record NoticeForOperator(Guid Id, string School, string Urn, OperatorNoticeKind Kind, DateTime At);

/// <summary>Notices that nobody has put away yet, the newest first.</summary>
public sealed class ListOperatorNotices(Database database)
{
    private const int Most = 50;

    public Task<IReadOnlyList<NoticeForOperator>> ExecuteAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<NoticeForOperator>>(OrganisationScope.Server, async db =>
            await (from notice in db.Set<OperatorNotice>()
                   where notice.SeenAt == null
                   join organisation in db.Set<Organisation>() on notice.OrganisationId equals organisation.Id
                   orderby notice.At descending, notice.Id descending
                   select new NoticeForOperator(notice.Id, organisation.Name, organisation.Code, notice.Kind, notice.At)).Take(Most).ToListAsync(cancellationToken));
}

/// <summary>An operator has seen a notice; it goes from the page.</summary>
public sealed class PutNoticeAway(Database database, TimeProvider clock)
{
    public Task<int> ExecuteAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        return database.WriteAsync(OrganisationScope.Server, db =>
            db.Set<OperatorNotice>().Where(n => n.Id == id && n.SeenAt == null).ExecuteUpdateAsync(n => n.SetProperty(x => x.SeenAt, now), cancellationToken), cancellationToken);
    }
}
