using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Classes;

/// <param name="MembershipIds">Everybody who teaches the class from now on.</param>
/// <param name="Version">Of the class as the one who ticks has seen it.</param>
public sealed record ChooseTeachersRequest(Guid ClassId, IReadOnlyCollection<Guid> MembershipIds, int Version);

public sealed record ClassTeachersChanged(Guid ClassId, IReadOnlyList<Guid> Added, IReadOnlyList<Guid> TakenOut) : AuditEvent("class-teachers-changed");

/// <summary>Says who teaches a class: members whose place is open or who have not signed up yet.</summary>
public sealed class ChooseTeachers(Database database, TimeProvider clock)
{
    /// <returns>Whether anybody came or went.</returns>
    public Task<Result<bool>> ExecuteAsync(ChooseTeachersRequest request, Actor actor, CancellationToken cancellationToken) =>
        database.OnClassAsync<bool>(request.ClassId, actor, clock.Today(), async (db, on) =>
        {
            var ids = request.MembershipIds.Distinct().ToList();
            var can = await db.CanTeach().ToListAsync(cancellationToken);
            if (ids.Except(can.Select(m => m.MembershipId)).Any())
                return new NoSuchTeacher();
            var chosen = can.Where(m => ids.Contains(m.MembershipId)).ToDictionary(m => m.AccountId);
            var rows = await db.Set<ClassTeacher>().Where(t => t.ClassId == on.Id).ToListAsync(cancellationToken);
            // Whoever has no place here at present was not shown; the row waits for them.
            var shown = rows.Where(r => can.Exists(m => m.AccountId == r.AccountId)).ToList();
            var gone = shown.Where(r => !chosen.ContainsKey(r.AccountId)).ToList();
            var come = chosen.Values.Where(m => !rows.Exists(r => r.AccountId == m.AccountId)).ToList();
            if (gone.Count + come.Count == 0)
                return false;
            if (on.Version != request.Version)
                return new ClassChangedMeanwhile(on.Name);
            db.RemoveRange(gone);
            db.AddRange(come.Select(m => new ClassTeacher { OrganisationId = on.OrganisationId, ClassId = on.Id, AccountId = m.AccountId }));
            on.Touch();
            var left = can.Where(m => gone.Exists(g => g.AccountId == m.AccountId)).ToList();
            db.AddAudit(clock.Now(), actor, on.OrganisationId, new ClassTeachersChanged(on.Id, [.. come.Select(m => m.MembershipId)], [.. left.Select(m => m.MembershipId)]),
                [.. come.Concat(left).Select(m => m.ForAudit())]);
            return true;
        }, cancellationToken);
}

/// <summary>Nobody of this school whose place is open or waits: one answer for all of them.</summary>
public sealed record NoSuchTeacher() : Refusal("no-such-teacher", "There is no such person here", RefusalKind.NotFound);

internal static class Teachers
{
    /// <summary>Active or pending in this school.</summary>
    public static IQueryable<Member> CanTeach(this AppDb db) => db.Named().Where(m => m.State == MembershipState.Active || m.State == MembershipState.Pending);
}
