using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Operators;

/// <summary>The school was changed after the page was shown, so nothing was done.</summary>
public sealed record SchoolChangedMeanwhile() : Refusal("changed-meanwhile", "This was changed meanwhile, so nothing was done. Look at it as it is now", RefusalKind.Conflict);

/// <summary>What whoever runs the server decides about one school: in the school's chain and the server's, in one save.</summary>
internal static class OperatorDeeds
{
    /// <param name="version">The school as it was shown; null at the command line.</param>
    public static async Task<Result<School>> SchoolToChangeAsync(this AppDb db, string urn, int? version, CancellationToken cancellationToken)
    {
        if (await db.Set<School>().SingleOrDefaultAsync(s => s.Code == urn, cancellationToken) is not { } school)
            return new NotFound($"school with URN {urn}");
        return version is { } shown && shown != school.Version ? new SchoolChangedMeanwhile() : school;
    }

    public static void NoteDecision(this AppDb db, DateTime now, Actor actor, School school, AuditEvent happened)
    {
        db.AddAudit(now, actor, school.Id, happened);
        db.AddAudit(now, actor, AuditTrail.Server, happened, new AuditPerson(school.Id, new Dictionary<string, string> { ["Organisation"] = school.Name }));
    }
}
