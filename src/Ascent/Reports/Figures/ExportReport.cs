using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Reports.Cohorts;
using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.Reports.Figures;

/// <param name="Page">Which dashboard.</param>
/// <param name="Figures">How many figures are in the file.</param>
public sealed record ExportReportRequest(CohortStage Stage, string Page, int Figures);

/// <summary>What was on a dashboard went out as a file.</summary>
public sealed record ReportExported(string Stage, string Page, int Figures) : AuditEvent("report-exported");

/// <summary>Writes down that a file of a dashboard goes out, before its first byte. What is in the file is what the page shows.</summary>
public sealed class ExportReport(Database database, TimeProvider clock)
{
    public async Task<Result<bool>> ExecuteAsync(ExportReportRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.SchoolReports, organisationId, SchoolServices.Reports))
            return new NotAllowed(Permission.SchoolReports);
        return await database.ChangeAsync<Result<bool>>(OrganisationScope.Of(organisationId), async db =>
        {
            db.AddAudit(clock.Now(), actor, organisationId, new ReportExported(request.Stage.Code(), request.Page, request.Figures));
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
    }
}
