using Ascent.Reference;
using Ascent.SchoolData.Imports;

namespace Ascent.SchoolData.Results;

/// <summary>What makes a result of a pupil the same in the next file.</summary>
internal readonly record struct ResultKey(Assessment Assessment, string Qualifier, int Year)
{
    public static ResultKey Of(ResultInFile file) => new(file.Assessment, file.Qualifier, file.Year.StartYear);

    public static ResultKey Of(PupilResult row) => new(row.Assessment, row.Qualifier, row.AcademicYear);

    public PupilResult NewRow(Guid organisationId, Guid pupilId) => new()
    {
        OrganisationId = organisationId, PupilId = pupilId, Stage = Assessment.Stage, Subject = Assessment.Subject, Component = Assessment.Component, Method = Assessment.Method,
        Qualifier = Qualifier, AcademicYear = Year,
    };
}
