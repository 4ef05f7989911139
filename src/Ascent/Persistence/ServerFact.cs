using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Persistence;

/// <summary>A fact about this database as a whole, such as that it holds the demonstration.</summary>
public sealed class ServerFact
{
    public const string Demonstration = "demonstration";

    /// <summary>How far the pupils of the demonstration are there.</summary>
    public const string DemonstrationPupils = "demonstration-pupils";

    /// <summary>How far the first-run set-up has come.</summary>
    public const string FirstRun = "first-run";

    /// <summary>The day whose heads of the log were written to a file last, or who is about to write them.</summary>
    public const string Heads = "heads";

    /// <summary>The file of heads that this database was last held against.</summary>
    public const string HeadsHeld = "heads-held";

    /// <summary>Begins the names of the files of heads that knew of more than this database.</summary>
    public const string Restored = "restored";

    public required string Name { get; init; }

    public required string Value { get; set; }
}

internal sealed class ServerFactMap : IEntityTypeConfiguration<ServerFact>
{
    public void Configure(EntityTypeBuilder<ServerFact> builder)
    {
        builder.ToTable("server_facts");
        builder.HasKey(f => f.Name);
        builder.Property(f => f.Name).HasMaxLength(60);
    }
}
