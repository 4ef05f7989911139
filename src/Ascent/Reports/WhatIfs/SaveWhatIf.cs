using Ascent.Persistence;
using Ascent.Reports.Cohorts;
using Ascent.Reports.Figures;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Reports.WhatIfs;

/// <param name="Id">The view that is changed; null for a new one.</param>
/// <param name="Year">Of the cohort; a view keeps the year that it was made for.</param>
/// <param name="Name">Empty for the name by default.</param>
/// <param name="PupilIds">Who is left out. Those whom the reader does not know, or who are not in the cohort, are passed over. A new view leaves out somebody; in one that is there everybody can be put back.</param>
public sealed record SaveWhatIfRequest(Guid? Id, CohortStage Stage, AcademicYear Year, string? Name, IReadOnlyCollection<Guid> PupilIds);

/// <summary>Keeps a view for its reader. No record and no figure of the school changes by it, so the log does not tell of it.</summary>
public sealed class SaveWhatIf(Database database, ReadReport readReport, TimeProvider clock)
{
    /// <returns>The id of the view.</returns>
    public async Task<Result<Guid>> ExecuteAsync(SaveWhatIfRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || actor.AccountId is not { } accountId || !actor.Holds(Permission.PupilReports, organisationId, SchoolServices.Reports))
            return new NotAllowed(Permission.PupilReports);
        var name = WhatIfRules.ReadName(request.Name);
        if (!name.Succeeded)
            return Result.Refuse<Guid>(name.Refusals);
        var report = await readReport.ExecuteAsync(request.Stage, actor, cancellationToken);
        if (!report.Succeeded)
            return Result.Refuse<Guid>(report.Refusals);
        if (report.Value is not { } its || its.Years.ToList().IndexOf(request.Year) is not (>= 0 and var place))
            return new NotFound("year");
        var (cohort, known) = its.KnownOf(place);
        Guid[] chosen = [.. known.Select(p => cohort.PupilIds[p]).Intersect(request.PupilIds)];
        return await database.ChangeAsync(OrganisationScope.Of(organisationId), db => TryAsync(db, request, name.Value, chosen, organisationId, accountId, cancellationToken), cancellationToken);
    }

    private async Task<Result<Guid>> TryAsync(AppDb db, SaveWhatIfRequest request, string name, Guid[] chosen, Guid organisationId, Guid accountId, CancellationToken cancellationToken)
    {
        // A cohort may be a moment older than the records.
        var ids = await db.Pupils().Where(p => chosen.Contains(p.Id)).Select(p => p.Id).ToListAsync(cancellationToken);
        var now = clock.Now();
        WhatIf? view;
        if (request.Id is { } id)
        {
            view = await db.Set<WhatIf>().SingleOrDefaultAsync(w => w.Id == id && w.AccountId == accountId && w.Stage == request.Stage && w.AcademicYear == request.Year, cancellationToken);
            if (view is null)
                return new NotFound("view");
            // A name that counts counts anew.
            if (name.Length == 0 || name == WhatIfRules.DefaultName(view.LeftOut))
                name = WhatIfRules.DefaultName(ids.Count);
            view.Name = name;
            view.Version++;
        }
        else
        {
            if (ids.Count == 0)
                return new NobodyLeftOut();
            var used = await db.Set<WhatIf>().Where(w => w.AccountId == accountId).Select(w => w.Number).ToListAsync(cancellationToken);
            if (Enumerable.Range(1, WhatIf.Most).Except(used).FirstOrDefault() is not (> 0 and var number))
                return new TooManyWhatIfs();
            view = new WhatIf
            {
                OrganisationId = organisationId, Id = clock.NewId(), AccountId = accountId, Number = number, Stage = request.Stage, AcademicYear = request.Year,
                Name = name.Length == 0 ? WhatIfRules.DefaultName(ids.Count) : name, CreatedAt = now,
            };
            db.Add(view);
        }
        (view.LeftOut, view.ChangedAt) = (ids.Count, now);
        var before = await db.Set<WhatIfPupil>().Where(p => p.WhatIfId == view.Id).ToListAsync(cancellationToken);
        db.RemoveRange(before.Where(p => !ids.Contains(p.PupilId)));
        db.AddRange(ids.Except(before.Select(p => p.PupilId)).Select(p => new WhatIfPupil { OrganisationId = organisationId, WhatIfId = view.Id, PupilId = p }));
        await db.SaveChangesAsync(cancellationToken);
        return view.Id;
    }
}
