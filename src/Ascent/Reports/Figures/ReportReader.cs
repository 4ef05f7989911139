using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Reports.Figures;

/// <summary>How far a reader of reports may see into the pupils behind a figure.</summary>
public abstract record ReportReader
{
    private ReportReader()
    {
    }

    /// <summary>School-level reports alone: the closed family of figures, those that are not withheld.</summary>
    public sealed record SchoolLevel : ReportReader;

    /// <summary>
    /// Pupil-level for the pupils of the own classes. In figures of the whole school what is withheld from the others is withheld here too, and what
    /// would follow for the pupils who are not the reader's own as well.
    /// </summary>
    public sealed record OwnClasses(IReadOnlySet<Guid> Pupils) : ReportReader;

    /// <summary>Pupil-level for the whole school: nothing is withheld.</summary>
    public sealed record WholeSchool : ReportReader;

    /// <summary>May see this pupil by name.</summary>
    public bool Knows(Guid pupilId) => this switch { WholeSchool => true, OwnClasses own => own.Pupils.Contains(pupilId), _ => false };
}

internal static class ReportReaders
{
    /// <summary>How far somebody may see by the permissions of this moment, and by the classes that they teach now.</summary>
    public static async Task<ReportReader> ReportReaderAsync(this AppDb db, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.Permissions.Has(Permission.PupilReports))
            return new ReportReader.SchoolLevel();
        if (actor.Permissions.ScopeOf(Permission.PupilReports) == PupilScope.WholeSchool)
            return new ReportReader.WholeSchool();
        var taught = db.Set<ClassTeacher>().Where(t => t.AccountId == actor.AccountId).Select(t => t.ClassId);
        return new ReportReader.OwnClasses((await db.Set<ClassPupil>().Where(c => taught.Contains(c.ClassId)).Select(c => c.PupilId).Distinct().ToListAsync(cancellationToken)).ToHashSet());
    }
}
