using System.Text.Json;
using Ascent.Organisations;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.SchoolData.Imports;

public enum ImportState
{
    /// <summary>Kept as it came. A table whose columns are not all known waits here until somebody says what they are.</summary>
    Received,

    /// <summary>Being read and compared with the roll, in the background.</summary>
    Checking,

    /// <summary>Every row says what it would do. Nothing has changed on the roll.</summary>
    Ready,

    /// <summary>Confirmed, but for rows that wait for somebody's decision.</summary>
    PartlyProcessed,

    Confirmed,

    /// <summary>The file as a whole cannot be taken; <see cref="Import.WhyRefused"/> says why.</summary>
    Refused,

    Withdrawn,

    /// <summary>Confirmed, and taken back: the roll is as it was before.</summary>
    Undone,
}

/// <summary>
/// A file on its way to the roll: kept as it came, read into rows that each say what they would change, reviewed, and confirmed as a whole.
/// Nothing changes on the roll before that.
/// </summary>
public sealed class Import : IBeginsInOrganisation
{
    internal const int LongestFileName = 200;
    internal const int LongestReason = 1_000;

    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }

    public required string FileName { get; set; }

    public ImportFormat Format { get; init; }

    /// <summary>In bytes.</summary>
    public long Size { get; init; }

    /// <summary>SHA-256 of the file: the same file twice is recognised.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>It names everybody on the roll: whoever is not in it has left.</summary>
    public bool IsWholeRoll { get; init; }

    /// <summary>The day on which the file was true: changes hold from it, and leavers left the day before.</summary>
    public DateOnly AsAt { get; init; }

    /// <summary>A CTF for another school, taken all the same.</summary>
    public bool TakesAnyDestination { get; init; }

    /// <summary>What each column of a table is, by its place: the name of a column, or nothing. Null until it is known.</summary>
    public string? Columns { get; private set; }

    /// <summary>The calendar year in which the school year of all its results starts; null where each result says its own.</summary>
    public int? ResultsYear { get; private set; }

    /// <summary>JSON of <see cref="ColumnFault"/>s; null until all values were looked at.</summary>
    public string? ColumnFaults { get; private set; }

    public AcademicYear? YearOfResults => ResultsYear is { } year ? new AcademicYear(year) : null;

    public ImportState State { get; private set; }

    public string? WhyRefused { get; private set; }

    /// <summary>Who gave the file; null for the command line of the server.</summary>
    public Guid? ReceivedById { get; init; }

    public DateTime ReceivedAt { get; init; }

    /// <summary>The last row of the file that is staged; checking goes on after it.</summary>
    public int CheckedTo { get; private set; }

    public int CheckedRows { get; private set; }

    /// <summary>How many bytes of the file are behind the last staged row, for the progress.</summary>
    public long CheckedBytes { get; private set; }

    /// <summary>Who checks it at the moment, and until when the others leave it alone.</summary>
    public Guid? LeaseId { get; private set; }

    public DateTime? LeasedUntil { get; private set; }

    public Guid? ConfirmedById { get; private set; }

    public DateTime? ConfirmedAt { get; private set; }

    /// <summary>JSON of what putting pupils in classes has replaced; null when it has put nobody in any.</summary>
    public string? Placement { get; private set; }
    /// <summary>
    /// Since when some of its rows are gone, with what was there before: a pupil was erased, or the time for which they are kept is over. It
    /// cannot be undone any more.
    /// </summary>
    public DateTime? RowsGoneAt { get; private set; }

    public int Version { get; private set; }

    public bool IsOpen => State is ImportState.Received or ImportState.Checking or ImportState.Ready or ImportState.PartlyProcessed;

    /// <summary>About how many rows there are, from what the rows so far have taken of the file; null before the first.</summary>
    public int? EstimatedRows => CheckedBytes == 0 || CheckedRows == 0 ? null : (int)Math.Min(int.MaxValue, Math.Max(CheckedRows, CheckedRows * ((double)Size / CheckedBytes)));

    internal void SetColumns(string columns, AcademicYear? resultsYear)
    {
        (Columns, ResultsYear) = (columns, resultsYear?.StartYear);
        Version++;
    }

    internal IReadOnlyList<ColumnFault> ReadFaults() => ColumnFaults is null ? [] : JsonSerializer.Deserialize<List<ColumnFault>>(ColumnFaults, ImportJson.Options)!;

    internal void NoteFaults(string faults, DateTime leasedUntil)
    {
        (ColumnFaults, LeasedUntil) = (faults, leasedUntil);
        Version++;
    }

    /// <summary>It waits for its columns once more, as when it came.</summary>
    internal void AskAgain()
    {
        (State, Columns, ResultsYear, ColumnFaults, LeaseId, LeasedUntil) = (ImportState.Received, null, null, null, null, null);
        (CheckedTo, CheckedRows, CheckedBytes) = (0, 0, 0);
        Version++;
    }

    internal void Lease(Guid leaseId, DateTime until)
    {
        (State, LeaseId, LeasedUntil) = (ImportState.Checking, leaseId, until);
        Version++;
    }

    internal void Progress(int to, int rows, long bytes, DateTime leasedUntil)
    {
        (CheckedTo, CheckedRows, CheckedBytes, LeasedUntil) = (to, rows, bytes, leasedUntil);
        Version++;
    }

    internal void Ready()
    {
        (State, LeaseId, LeasedUntil) = (ImportState.Ready, null, null);
        Version++;
    }

    internal void Refuse(string why)
    {
        (State, WhyRefused, LeaseId, LeasedUntil) = (ImportState.Refused, why.Length > LongestReason ? why[..LongestReason] : why, null, null);
        Version++;
    }

    internal void Withdraw()
    {
        (State, LeaseId, LeasedUntil) = (ImportState.Withdrawn, null, null);
        Version++;
    }

    internal void Confirm(bool someWait, Guid? by, DateTime at)
    {
        (State, ConfirmedById, ConfirmedAt) = (someWait ? ImportState.PartlyProcessed : ImportState.Confirmed, by, at);
        Version++;
    }

    internal void Place(string placement) => Placement = placement;

    internal void Undo()
    {
        State = ImportState.Undone;
        Version++;
    }

    /// <summary>Rows of it were erased with their pupil.</summary>
    /// <param name="cannotBeUndone">Some of them were applied.</param>
    internal void LoseRows(DateTime at, bool cannotBeUndone)
    {
        if (cannotBeUndone)
            RowsGoneAt ??= at;
        Version++;
    }

    /// <summary>It was named after a pupil who was erased.</summary>
    internal void ForgetFileName()
    {
        FileName = "name deleted";
        Version++;
    }

    /// <summary>The time is over for which the file and its rows are kept. What waits until then is not done any more.</summary>
    internal void Empty(DateTime at)
    {
        if (State is ImportState.Received or ImportState.Checking or ImportState.Ready)
            Refuse("Nobody confirmed it in time: the file and what was read from it were deleted. Send the file again.");
        if (State == ImportState.PartlyProcessed)
            State = ImportState.Confirmed;
        RowsGoneAt ??= at;
        Version++;
    }

    /// <summary>Something of the review has changed: whoever confirms has to have seen it.</summary>
    internal void Touch() => Version++;
}

internal sealed class ImportMap : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.ToTable("imports");
        builder.HasKey(i => new { i.OrganisationId, i.Id });
        builder.Property(i => i.FileName).HasMaxLength(Import.LongestFileName);
        builder.Property(i => i.WhyRefused).HasMaxLength(Import.LongestReason);
        builder.Property(i => i.Hash).HasMaxLength(32);
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.Ignore(i => i.IsOpen).Ignore(i => i.EstimatedRows).Ignore(i => i.YearOfResults);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(i => i.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(i => new { i.OrganisationId, i.ReceivedAt, i.Id });
        builder.HasIndex(i => new { i.State, i.LeasedUntil });
    }
}

/// <summary>A part of the file as it came. In the database, so that every node finds it and a backup holds it.</summary>
public sealed class ImportChunk : IOrganisationOwned
{
    internal const int Size = 256 * 1024;

    public Guid OrganisationId { get; init; }

    public Guid ImportId { get; init; }

    public int Number { get; init; }

    public required byte[] Bytes { get; init; }
}

internal sealed class ImportChunkMap : IEntityTypeConfiguration<ImportChunk>
{
    public void Configure(EntityTypeBuilder<ImportChunk> builder)
    {
        builder.ToTable("import_chunks");
        builder.HasKey(c => new { c.OrganisationId, c.ImportId, c.Number });
        builder.HasOne<Import>().WithMany().HasForeignKey(c => new { c.OrganisationId, c.ImportId }).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>
/// One row for each school that has confirmed an import. Whoever confirms or undoes takes it first, so that two do so one after the other, and
/// the second sees what the first has done.
/// </summary>
public sealed class SchoolRoll : IOrganisationOwned
{
    public Guid OrganisationId { get; init; }

    public int Turns { get; private set; }
}

internal sealed class SchoolRollMap : IEntityTypeConfiguration<SchoolRoll>
{
    public void Configure(EntityTypeBuilder<SchoolRoll> builder)
    {
        builder.ToTable("school_rolls");
        builder.HasKey(r => r.OrganisationId);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(r => r.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
