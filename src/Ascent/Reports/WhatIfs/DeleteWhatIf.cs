using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Reports.WhatIfs;

/// <summary>Takes one of the reader's own views away; nothing else changes by that.</summary>
public sealed class DeleteWhatIf(Database database)
{
    /// <returns>Its name, for the notice.</returns>
    public async Task<Result<string>> ExecuteAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.PupilReports, organisationId, SchoolServices.Reports))
            return new NotAllowed(Permission.PupilReports);
        return await database.ChangeAsync<Result<string>>(OrganisationScope.Of(organisationId), async db =>
        {
            if (await db.Set<WhatIf>().SingleOrDefaultAsync(w => w.Id == id && w.AccountId == actor.AccountId, cancellationToken) is not { } view)
                return new NotFound("view");
            db.Remove(view);
            await db.SaveChangesAsync(cancellationToken);
            return Result.Of(view.Name);
        }, cancellationToken);
    }
}
