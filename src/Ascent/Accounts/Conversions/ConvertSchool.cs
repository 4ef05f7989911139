using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Conversions;

/// <param name="Mark">Of the preview that was looked at.</param>
public sealed record ConvertSchoolRequest(string PredecessorUrn, string SuccessorUrn, string? Mark);

/// <summary>A conversion as whoever runs the server sees it.</summary>
public sealed record ConversionDone(Guid Id, string Predecessor, string PredecessorUrn, string Successor, string SuccessorUrn, ConversionState State);

/// <summary>In the chains of the school, of the row that keeps the old number, and of the server.</summary>
public sealed record SchoolConverted(Guid ConversionId, string PredecessorUrn, string SuccessorUrn, int People, int Pupils) : AuditEvent("school-converted");

/// <summary>
/// A school becomes another: it goes on under the number and name of its successor with everybody and everything in it, and the old number stays with
/// its name, for whoever looks for it. All of it is one save; until it is committed it can be undone without losing anything.
/// </summary>
public sealed class ConvertSchool(Database database, HolderMails mails, TimeProvider clock)
{
    public async Task<Result<ConversionDone>> ExecuteAsync(ConvertSchoolRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        if (!actor.IsFresh)
            return new ConfirmItIsYou();
        return await database.ChangeManyAsync<Result<ConversionDone>>(OrganisationScope.Server, async db =>
        {
            var asked = new ConversionRequest(request.PredecessorUrn, request.SuccessorUrn);
            var found = await ConversionPair.FindAsync(db, asked, cancellationToken);
            if (!found.Succeeded)
                return Result.Refuse<ConversionDone>(found.Refusals);
            // Whatever has begun in one of the two is there from here on, and is counted; whatever has not waits, and then finds the school as it is then.
            await db.HoldAloneAsync([found.Value.Predecessor.Id, found.Value.Successor.Id], cancellationToken);
            db.ChangeTracker.Clear();
            found = await ConversionPair.FindAsync(db, asked, cancellationToken);
            if (!found.Succeeded)
                return Result.Refuse<ConversionDone>(found.Refusals);
            var (predecessor, successor) = found.Value;
            var preview = await new LookAtConversion(db, predecessor, successor).ExecuteAsync(cancellationToken);
            if (preview.Obstacles.Count > 0)
                return Result.Refuse<ConversionDone>([.. preview.Obstacles.Select(o => new ConversionObstacle(o))]);
            if (request.Mark?.Trim().ToUpperInvariant() != preview.Mark)
                return new PreviewChanged(string.IsNullOrWhiteSpace(request.Mark));
            return await ConvertAsync(db, preview, predecessor, successor, actor, cancellationToken);
        }, cancellationToken);
    }

    private async Task<ConversionDone> ConvertAsync(AppDb db, ConversionPreview preview, School school, School former, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await ConversionSwap.ExecuteAsync(db, school, former, cancellationToken);
        former.BecameId = school.Id;
        var conversion = new Conversion { Id = clock.NewId(), SchoolId = school.Id, FormerId = former.Id, PredecessorUrn = former.Code, SuccessorUrn = school.Code, DoneAt = now, DoneById = actor.AccountId };
        db.Add(conversion);
        int Count(string table) => preview.Carried.SingleOrDefault(c => c.Table == table)?.Count ?? 0;
        var happened = new SchoolConverted(conversion.Id, former.Code, school.Code, Count(ConversionTables.People), Count("pupils"));
        foreach (var chain in (Guid[])[school.Id, former.Id, AuditTrail.Server])
            db.AddAudit(now, actor, chain, happened);
        await mails.TellConversionAsync(db, school, former.Name, isUndone: false, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return conversion.Describe(school, former);
    }
}

/// <summary>What both directions have in common.</summary>
internal static class ConversionSwap
{
    /// <summary>Two schools change places in the register, and so do the links that hang on it.</summary>
    public static async Task ExecuteAsync(AppDb db, School one, School other, CancellationToken cancellationToken)
    {
        await RegisterEntry.ChangePlacesAsync(db, one, other, cancellationToken);
        foreach (var table in ConversionTables.All.Where(t => t.Decision == OnConversion.ChangesPlaces))
            await ConversionRows.ChangePlacesAsync(db, table.Table, one.Id, other.Id, cancellationToken);
        var chosen = await db.Set<Above.MembershipSchool>().Where(s => s.SchoolId == one.Id || s.SchoolId == other.Id).ToListAsync(cancellationToken);
        await ConversionRows.PutAsync(db, chosen.ConvertAll(s => ConversionRows.Take(db, s, nameof(Above.MembershipSchool.SchoolId), s.SchoolId == one.Id ? other.Id : one.Id)), cancellationToken);
        // Reports compare with the nation by what the register says of the school.
        db.NoteReportsDue(one.Id);
    }

    /// <param name="school">The row that goes on.</param>
    public static ConversionDone Describe(this Conversion conversion, School school, School former)
    {
        var (predecessor, successor) = conversion.State == ConversionState.Undone ? (school, former) : (former, school);
        return new(conversion.Id, predecessor.Name, conversion.PredecessorUrn, successor.Name, conversion.SuccessorUrn, conversion.State);
    }
}

/// <summary>Why a conversion cannot be done as things stand.</summary>
public sealed record ConversionObstacle(string Message) : Refusal("conversion-obstacle", Message, RefusalKind.Refused);

/// <param name="WasMissing">Nothing was named at all.</param>
public sealed record PreviewChanged(bool WasMissing) : Refusal("preview-changed",
    WasMissing ? "Look at the preview first, and confirm with the mark that it ends with" : "Something has changed since that preview: look at it again, and confirm with the mark that it ends with now. Nothing was done", RefusalKind.Conflict);
