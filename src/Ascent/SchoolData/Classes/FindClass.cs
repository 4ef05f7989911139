using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Classes;

public sealed record ClassMember(Guid PupilId, string Surname, string Forename, string? Upn, NcYear Year, DateOnly? LeftOn, bool IsOnRoll);

public sealed record ClassTeacherRow(Guid MembershipId, string Name, bool IsPending);

/// <param name="IsOver">The academic year is: the class is read, and not changed any more.</param>
public sealed record ClassPage(
    Guid Id, AcademicYear AcademicYear, bool IsOver, ClassDetails Details, IReadOnlyList<ClassMember> Pupils, IReadOnlyList<ClassTeacherRow> Teachers, int Version)
{
    public int OnRoll => Pupils.Count(p => p.IsOnRoll);
}

/// <param name="IsChosen">Teaches the class now.</param>
public sealed record TeacherChoice(Guid MembershipId, string Name, string JobRole, bool IsPending, bool IsChosen);

/// <summary>One class with its pupils and teachers, each by surname.</summary>
public sealed class FindClass(Database database, TimeProvider clock)
{
    /// <returns>Null for a class of another school, one that was deleted, or an id of nothing.</returns>
    public Task<ClassPage?> ExecuteAsync(Guid classId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var today = clock.Today();
            if (await db.Classes().SingleOrDefaultAsync(c => c.Id == classId, cancellationToken) is not { } found)
                return null;
            var pupils = await (from row in db.Set<ClassPupil>()
                                where row.ClassId == classId
                                join pupil in db.Pupils() on row.PupilId equals pupil.Id
                                orderby pupil.SurnameKey, pupil.Id
                                select pupil).ToListAsync(cancellationToken);
            var teachers = await (from row in db.Set<ClassTeacher>()
                                  where row.ClassId == classId
                                  join member in db.CanTeach() on row.AccountId equals member.AccountId
                                  select member).ToListAsync(cancellationToken);
            return new ClassPage(
                found.Id, found.AcademicYear, found.AcademicYear < AcademicYear.Of(today), found.Details,
                [.. pupils.Select(p => new ClassMember(p.Id, p.CalledSurname, p.CalledForename, p.Upn, p.Year, p.LeftOn, p.LeftOn is null || p.LeftOn >= today))],
                [.. teachers.OrderBy(t => t.Surname, StringComparer.CurrentCultureIgnoreCase).Select(t => new ClassTeacherRow(t.MembershipId, t.FullName, t.State == MembershipState.Pending))],
                found.Version);
        });

    /// <summary>Everybody who may teach it: those who do first, then the others, each by surname.</summary>
    public Task<IReadOnlyList<TeacherChoice>> TeachersAsync(Guid classId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<TeacherChoice>>(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var chosen = await db.Set<ClassTeacher>().Where(t => t.ClassId == classId).Select(t => t.AccountId).ToListAsync(cancellationToken);
            var found = await (from member in db.CanTeach()
                               join membership in db.Set<Membership>() on member.MembershipId equals membership.Id
                               select new { member, membership.JobRole, membership.OtherRole }).ToListAsync(cancellationToken);
            return [.. found.Select(f => (f.member.Surname, Choice: new TeacherChoice(f.member.MembershipId, f.member.FullName, JobRoles.Label(f.JobRole, f.OtherRole), f.member.State == MembershipState.Pending, chosen.Contains(f.member.AccountId))))
                .OrderByDescending(f => f.Choice.IsChosen).ThenBy(f => f.Surname, StringComparer.CurrentCultureIgnoreCase).Select(f => f.Choice)];
        });
}

/// <param name="IsThisYear">Of the academic year that is on.</param>
public sealed record PupilClass(Guid Id, string Name, ClassKind Kind, AcademicYear AcademicYear, bool IsThisYear);

/// <summary>The classes of one pupil: newest year first, registration before teaching.</summary>
public sealed class ListClassesOfPupil(Database database, TimeProvider clock)
{
    public Task<IReadOnlyList<PupilClass>> ExecuteAsync(Guid pupilId, Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PupilClass>>(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var now = AcademicYear.Of(clock.Today());
            var found = await (from row in db.Set<ClassPupil>()
                               where row.PupilId == pupilId
                               join its in db.Classes() on row.ClassId equals its.Id
                               select its).ToListAsync(cancellationToken);
            return [.. found.OrderByDescending(c => c.AcademicYear).ThenBy(c => c.Kind).ThenBy(c => c.NameKey, NaturalOrder.Instance).Select(c => new PupilClass(c.Id, c.Name, c.Kind, c.AcademicYear, c.AcademicYear == now))];
        });
}
