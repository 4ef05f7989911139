using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts.Operators;

public enum OperatorNoticeKind
{
    /// <summary>The only administrator of an organisation made another one.</summary>
    HolderMade,

    /// <summary>The only administrator of an organisation changed their own access.</summary>
    OwnAccessChanged,

    /// <summary>Somebody of an authority or trust made, changed or closed an administrator of a school that has no other one.</summary>
    HolderFromAbove,

    /// <summary>The last administrator of an organisation has not opened it for 13 months, and is left because there is nobody else.</summary>
    LastHolderDormant,
}

/// <summary>What the other administrators of a school, authority or trust would be mailed, where there is none: it shows to whoever runs the server, without names.</summary>
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

/// <param name="Place">As in addresses and commands: the URN of a school, <see cref="BodyAddress"/> of a body.</param>
public sealed record NoticeForOperator(Guid Id, OrganisationKind Organisation, string Name, string Place, OperatorNoticeKind Kind, DateTime At);

/// <summary>Notices that nobody has put away yet, the newest first.</summary>
public sealed class ListOperatorNotices(Database database)
{
    private const int Most = 50;

    public Task<IReadOnlyList<NoticeForOperator>> ExecuteAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<NoticeForOperator>>(OrganisationScope.Server, async db =>
        {
            var rows = await (from notice in db.Set<OperatorNotice>()
                              where notice.SeenAt == null
                              join organisation in db.Set<Organisation>() on notice.OrganisationId equals organisation.Id
                              orderby notice.At descending, notice.Id descending
                              select new { notice.Id, Sort = organisation.Kind, organisation.Name, organisation.Code, notice.Kind, notice.At }).Take(Most).ToListAsync(cancellationToken);
            return rows.ConvertAll(r => new NoticeForOperator(r.Id, r.Sort, r.Name, r.Sort == OrganisationKind.School ? r.Code : BodyAddress.Of(r.Sort, r.Code), r.Kind, r.At));
        });
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
