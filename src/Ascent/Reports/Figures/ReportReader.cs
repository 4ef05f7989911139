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
