using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Pupils;

/// <param name="Typed">The fields as typed; those that are missing count as empty.</param>
/// <param name="AcceptsNamesake">The one who types has seen the pupil of the same name and birthday, and means another.</param>
public sealed record AddPupilRequest(IReadOnlyDictionary<PupilField, string?> Typed, bool AcceptsNamesake = false);

/// <summary>The log names a pupil by its id alone.</summary>
public sealed record PupilAdded(Guid PupilId) : AuditEvent("pupil-added");

/// <summary>Puts one pupil on the roll by hand. Every field counts as typed by hand, so that an import asks before it changes one.</summary>
public sealed class AddPupil(Database database, TimeProvider clock)
{
    public Task<Result<Guid>> ExecuteAsync(AddPupilRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return Task.FromResult<Result<Guid>>(new NotAllowed(Permission.ManageData));
        var details = PupilDetails.Read(new(request.Typed, clock.Today()));
        if (!details.Succeeded)
            return Task.FromResult(Result.Refuse<Guid>(details.Refusals));
        return database.ChangeAsync(OrganisationScope.Of(organisationId), db => TryAsync(db, details.Value, request.AcceptsNamesake, actor, organisationId, cancellationToken), cancellationToken);
    }

    private async Task<Result<Guid>> TryAsync(AppDb db, PupilDetails details, bool acceptsNamesake, Actor actor, Guid organisationId, CancellationToken cancellationToken)
    {
        if (await db.WhoHasUpnAsync(details.Upn, except: null, cancellationToken) is { } taken)
            return taken;
        if (!acceptsNamesake && await db.FindNamesakeAsync(details, except: null, cancellationToken) is { } namesake)
            return namesake;
        var now = clock.Now();
        var pupil = new Pupil { OrganisationId = organisationId, Id = clock.NewId(), CreatedAt = now };
        pupil.Set(details);
        pupil.MarkTypedByHand(Enum.GetValues<PupilField>().Where(f => details.TextOf(f).Length > 0));
        db.Add(pupil);
        db.AddAudit(now, actor, organisationId, new PupilAdded(pupil.Id));
        await db.SaveChangesAsync(cancellationToken);
        return pupil.Id;
    }
}

/// <summary>The UPN is another pupil's of this school, now or formerly.</summary>
public sealed record UpnTaken(Guid PupilId, string Name, bool IsFormer)
    : Refusal("upn-taken", IsFormer ? $"{Name} had this UPN before. Is it the same pupil?" : $"{Name} has this UPN already", RefusalKind.Conflict, nameof(PupilField.Upn));

/// <summary>Somebody of this name and birthday is here: the same child, or a namesake. A tick says that it is another.</summary>
public sealed record NamesakeHere(Guid PupilId, string Name, DateOnly BornOn, DateOnly? LeftOn)
    : Refusal("namesake", $"{Name}, born {InWords.Date(BornOn)}, {(LeftOn is { } day ? $"left on {InWords.Date(day)}: re-admit the pupil, or" : "is on the roll already:")} tick the box if this is another pupil", RefusalKind.Field, "AcceptsNamesake");

internal static class PupilLookups
{
    /// <summary>Pupils who have not been deleted, on the roll or not.</summary>
    public static IQueryable<Pupil> Pupils(this AppDb db) => db.Set<Pupil>().Where(p => p.DeletedAt == null);

    public static async Task<UpnTaken?> WhoHasUpnAsync(this AppDb db, string? upn, Guid? except, CancellationToken cancellationToken)
    {
        if (upn is null)
            return null;
        if (await db.Pupils().FirstOrDefaultAsync(p => p.Upn == upn && p.Id != except, cancellationToken) is { } holder)
            return new(holder.Id, holder.FullName, IsFormer: false);
        var former = await (from old in db.Set<FormerUpn>()
                            where old.Upn == upn && old.PupilId != except
                            join pupil in db.Pupils() on old.PupilId equals pupil.Id
                            select pupil).FirstOrDefaultAsync(cancellationToken);
        return former is null ? null : new(former.Id, former.FullName, IsFormer: true);
    }

    public static async Task<NamesakeHere?> FindNamesakeAsync(this AppDb db, PupilDetails details, Guid? except, CancellationToken cancellationToken)
    {
        var born = details.BornOn;
        var legal = (PlainText.SearchKey(details.Surname), PlainText.SearchKey(details.Forename));
        // Few are born on one day: the names are compared here, without accents and capitals.
        var same = await db.Pupils().Where(p => p.BornOn == born && p.Id != except).ToListAsync(cancellationToken);
        var found = same.Find(p => (PlainText.SearchKey(p.Surname), PlainText.SearchKey(p.Forename)) == legal);
        return found is null ? null : new(found.Id, found.FullName, found.BornOn, found.LeftOn);
    }
}
