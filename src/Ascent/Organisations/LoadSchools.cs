using Ascent.Audit;
using Ascent.Organisations.Gias;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Organisations;

/// <summary>How far a load has come.</summary>
/// <param name="Rows">Read so far, refused ones included.</param>
/// <param name="Fraction">Of the file, 0 to 1.</param>
public readonly record struct LoadProgress(int Rows, double Fraction);

/// <param name="Closed">Schools among the loaded rows that the register has as closed.</param>
/// <param name="RefusedCount">All rows that were left out.</param>
/// <param name="Refused">The first of them, at most <see cref="LoadSchools.MostRefusedKept"/>.</param>
/// <param name="MissingColumns">Columns that the file lacks; what they would tell was left as it was known.</param>
/// <param name="GaveUp">The rest of the file was not read, because too many rows could not be told apart.</param>
public sealed record SchoolsLoad(
    int Added, int Updated, int Unchanged, int Closed, BodiesLoad LocalAuthorities, BodiesLoad Trusts,
    int RefusedCount, IReadOnlyList<RefusedRow> Refused, IReadOnlyList<string> MissingColumns, bool GaveUp)
{
    /// <summary>Links between schools and bodies that it started and ended.</summary>
    public ReachLoad Reach { get; init; }

    public int Loaded => Added + Updated + Unchanged;
}

/// <summary>Written before the first row is changed, so that a load that is cut off shows.</summary>
/// <param name="FileSha256">Which file it was, in hexadecimal.</param>
public sealed record SchoolsLoadBegun(Guid LoadId, string FileSha256, long FileLength) : AuditEvent("schools-load-begun");

public sealed record SchoolsLoaded(
    Guid LoadId, int Added, int Updated, int Unchanged, int Refused, int LocalAuthoritiesAdded, int LocalAuthoritiesRenamed, int TrustsAdded, int TrustsRenamed)
    : AuditEvent("schools-loaded");

/// <summary>
/// Loads the register of schools (GIAS): adds what is new, updates what changed, and leaves out rows that cannot be taken, each with its
/// reason. Schools keep their ids, seats and an operator's decision about "primary"; a school that is not in the file stays as it is.
/// </summary>
public sealed class LoadSchools(Database database, TimeProvider clock)
{
    /// <summary>How many refused rows are kept for showing; all are counted.</summary>
    public const int MostRefusedKept = 1_000;

    private const int Batch = 500;

    /// <param name="file">Read from its beginning. It must be able to go back, and stays open.</param>
    /// <returns>The counts, or why the file as a whole cannot be taken; then nothing has changed.</returns>
    public async Task<Result<SchoolsLoad>> ExecuteAsync(Stream file, Actor actor, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        if (actor.Kind == ActorKind.Person)
            return new OperatorsOnly();
        var opened = GiasFile.Open(file);
        if (!opened.Succeeded)
            return Result.Refuse<SchoolsLoad>(opened.Refusals);
        using var register = opened.Value;
        var loadId = clock.NewId();
        await RecordAsync(actor, new SchoolsLoadBegun(loadId, Convert.ToHexStringLower(register.Source.Sha256), register.Source.Length), cancellationToken);

        var total = SchoolBatchCounts.None;
        var refused = new List<RefusedRow>();
        var refusedCount = 0;
        var rows = 0;
        var settled = new HashSet<(OrganisationKind, string)>();
        foreach (var lines in register.Read().Chunk(Batch))
        {
            var batch = new SchoolBatch([.. lines.Select(l => l.School).OfType<GiasRow>()], register, settled, clock);
            total += await database.ChangeAsync(OrganisationScope.Server, db => batch.SaveAsync(db, cancellationToken), cancellationToken);
            settled.UnionWith(batch.Bodies);
            foreach (var row in lines.Select(l => l.Refused).OfType<RefusedRow>())
                if (refusedCount++ < MostRefusedKept)
                    refused.Add(row);
            rows += lines.Length;
            progress?.Report(new(rows, (double)file.Position / register.Source.Length));
        }
        if (total.Reach != default)
            await RecordAsync(actor, new ReachLoaded(loadId, total.Reach.Started, total.Reach.Ended), cancellationToken);
        await RecordAsync(actor, new SchoolsLoaded(loadId, total.Added, total.Updated, total.Unchanged, refusedCount,
            total.LocalAuthorities.Added, total.LocalAuthorities.Renamed, total.Trusts.Added, total.Trusts.Renamed), cancellationToken);
        return new SchoolsLoad(total.Added, total.Updated, total.Unchanged, total.Closed, total.LocalAuthorities, total.Trusts,
            refusedCount, refused, register.MissingColumns, register.GaveUp) { Reach = total.Reach };
    }

    private Task<int> RecordAsync(Actor actor, AuditEvent happened, CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Server, db =>
        {
            db.AddAudit(clock.Now(), actor, AuditTrail.Server, happened);
            return db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
}
