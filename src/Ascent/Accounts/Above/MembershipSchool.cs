using Ascent.Organisations;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Accounts.Above;

/// <summary>
/// A school that was chosen for a body's membership with "selected schools". It is chosen for one series of links: when that is over the school
/// drops out, and a later link does not bring it back.
/// </summary>
public sealed class MembershipSchool : IOrganisationOwned
{
    /// <summary>The body.</summary>
    public Guid OrganisationId { get; init; }

    public Guid MembershipId { get; init; }

    public Guid SchoolId { get; init; }

    /// <summary>Of <see cref="Organisations.Reach.ReachLink.SeriesId"/>.</summary>
    public Guid SeriesId { get; set; }
}

internal sealed class MembershipSchoolMap : IEntityTypeConfiguration<MembershipSchool>
{
    public void Configure(EntityTypeBuilder<MembershipSchool> builder)
    {
        builder.ToTable("membership_schools");
        builder.HasKey(s => new { s.OrganisationId, s.MembershipId, s.SchoolId });
        builder.HasOne<Membership>().WithMany().HasForeignKey(s => new { s.OrganisationId, s.MembershipId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(s => s.SchoolId).OnDelete(DeleteBehavior.Restrict);
    }
}
