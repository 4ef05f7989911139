using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Persistence;

/// <summary>
/// Word that a school's data changed, written in the transaction that changed it: its cohorts are built anew, and then the word is taken away.
/// Rows are only added and taken away, so changes at the same time never wait for each other here.
/// </summary>
public sealed class ReportDue : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }
}

internal sealed class ReportDueMap : IEntityTypeConfiguration<ReportDue>
{
    public void Configure(EntityTypeBuilder<ReportDue> builder)
    {
        builder.ToTable("reports_due");
        builder.HasKey(d => new { d.OrganisationId, d.Id });
    }
}
