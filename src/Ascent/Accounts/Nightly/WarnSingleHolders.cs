using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts.Nightly;

/// <summary>When a school's only holder of School setup was last told that there should be two.</summary>
public sealed class SingleHolderWarning : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public DateTime At { get; set; }
}

internal sealed class SingleHolderWarningMap : IEntityTypeConfiguration<SingleHolderWarning>
{
    public void Configure(EntityTypeBuilder<SingleHolderWarning> builder)
    {
        builder.ToTable("single_holder_warnings");
        builder.HasKey(w => w.OrganisationId);
    }
}

/// <summary>Tells the only administrator of a school, every 90 days, that a second one keeps the school from being locked out.</summary>
public sealed class WarnSingleHolders(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(90);

    /// <returns>How many were told.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var single = await database.ReadAsync(OrganisationScope.Server, db =>
            (from seat in db.Set<Seat>()
             where seat.Permission == Permission.SchoolSetup
             join membership in db.Set<Membership>() on new { seat.OrganisationId, Id = seat.HolderId!.Value } equals new { membership.OrganisationId, membership.Id }
             where membership.State == MembershipState.Active && (membership.EndsOn == null || membership.EndsOn >= today)
             group membership by membership.OrganisationId into holders
             where holders.Count() == 1
             select holders.Key).ToListAsync(cancellationToken));
        var told = 0;
        foreach (var organisation in single)
            told += await database.ChangeAsync(OrganisationScope.Of(organisation), db => TellAsync(db, organisation, today, cancellationToken), cancellationToken);
        return told;
    }

    private async Task<int> TellAsync(AppDb db, Guid organisationId, DateOnly today, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var warning = await db.Set<SingleHolderWarning>().SingleOrDefaultAsync(cancellationToken);
        if (warning?.At > now - Every || await db.HoldersAsync(today, cancellationToken) is not [var only])
            return 0;
        if (warning is null)
            db.Add(warning = new SingleHolderWarning { OrganisationId = organisationId });
        warning.At = now;
        var school = await db.Set<Organisation>().Where(o => o.Id == organisationId).Select(o => o.Name).SingleAsync(cancellationToken);
        db.Add(OutboxMail.Create(clock.NewId(), organisationId, SingleHolderMail.TemplateName, only.Email, only.FullName, new SingleHolderMail.Values(only.Forename, school), now));
        await db.SaveChangesAsync(cancellationToken);
        return 1;
    }
}
