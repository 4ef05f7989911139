using Ascent.Reference;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SchoolData.Results;

/// <summary>
/// A row about a pupil that imports bring. What a later one replaced stays, under the id of the change that did it, so that this change can be
/// undone to the letter.
/// </summary>
internal interface IPupilRecord : IReportSource
{
    Guid PupilId { get; }

    /// <summary>What brought it: one id for everything that an import changes.</summary>
    Guid ChangeId { get; }

    /// <summary>The change that put another row in its place; empty for the row that holds.</summary>
    Guid ReplacedById { get; }
}

/// <summary>
/// A result of a pupil, as it came and as it is understood. Of number, grade and outcome it is one, or it is not understood: there is no
/// number that may be missing.
/// </summary>
public sealed class PupilResult : IPupilRecord
{
    /// <summary>Stage, subject, component, method, qualifier; in UTF-16 units.</summary>
    internal const int LongestCode = 60;

    internal const int LongestValue = 60;

    public Guid OrganisationId { get; init; }

    public Guid PupilId { get; init; }

    /// <summary>EYF, KS1 to KS5.</summary>
    public required string Stage { get; init; }

    public required string Subject { get; init; }

    public required string Component { get; init; }

    public required string Method { get; init; }

    /// <summary>What sort of value the file said it is; empty when it said nothing.</summary>
    public required string Qualifier { get; init; }

    /// <summary>The calendar year in which the school year of the assessment starts: <see cref="AcademicYear.StartYear"/>.</summary>
    public int AcademicYear { get; init; }

    public Guid ReplacedById { get; init; }

    public Guid ChangeId { get; private set; }

    /// <summary>As it came.</summary>
    public string Value { get; private set; } = "";

    public ResultKind Kind { get; private set; }

    /// <summary>Of a <see cref="ResultKind.Number"/>, and then always.</summary>
    public int? Number { get; private set; }

    /// <summary>Of a grade or an outcome, and then always: its code in the list.</summary>
    public string? Code { get; private set; }

    public Assessment Assessment => new(Stage, Subject, Component, Method);

    public AcademicYear Year => new(AcademicYear);

    /// <summary>Takes a value in, by the list of its assessment and year.</summary>
    internal void Set(string value, ResultValue read, Guid changeId)
    {
        (Value, Kind, Number, ChangeId) = (value, read.Kind, read.Number, changeId);
        Code = read.Kind is ResultKind.Grade or ResultKind.Outcome ? read.Code : null;
    }

    internal bool Is(string value, ResultValue read) => Value == value && Kind == read.Kind && Number == read.Number && Code == (read.Kind is ResultKind.Grade or ResultKind.Outcome ? read.Code : null);

    /// <summary>The same row, put away for good under the change that replaces it.</summary>
    internal PupilResult PutAway(Guid changeId) => new()
    {
        OrganisationId = OrganisationId, PupilId = PupilId, Stage = Stage, Subject = Subject, Component = Component, Method = Method, Qualifier = Qualifier, AcademicYear = AcademicYear,
        ReplacedById = changeId, ChangeId = ChangeId, Value = Value, Kind = Kind, Number = Number, Code = Code,
    };
}

internal sealed class PupilResultMap : IEntityTypeConfiguration<PupilResult>
{
    public void Configure(EntityTypeBuilder<PupilResult> builder)
    {
        builder.ToTable("results");
        builder.HasKey(r => new { r.OrganisationId, r.PupilId, r.Stage, r.Subject, r.Component, r.Method, r.Qualifier, r.AcademicYear, r.ReplacedById });
        foreach (var name in (string[])[nameof(PupilResult.Stage), nameof(PupilResult.Subject), nameof(PupilResult.Component), nameof(PupilResult.Method), nameof(PupilResult.Qualifier), nameof(PupilResult.Code)])
            builder.Property(name).HasMaxLength(PupilResult.LongestCode);
        builder.Property(r => r.Value).HasMaxLength(PupilResult.LongestValue);
        builder.Property(r => r.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Ignore(r => r.Assessment).Ignore(r => r.Year);
        builder.HasOne<Pupil>().WithMany().HasForeignKey(r => new { r.OrganisationId, r.PupilId }).OnDelete(DeleteBehavior.Cascade);
    }
}
