using Ascent.Reference;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    /// <summary>A pupil as a file has it, with these beside its own fields.</summary>
    public static PupilInFile InFile(IReadOnlyList<ResultInFile>? results = null, IReadOnlyList<AttendanceInFile>? attendance = null, IReadOnlyList<FormerSchoolInFile>? schools = null) =>
        new(1, new Dictionary<PupilField, string>()) { Results = results ?? [], Attendance = attendance ?? [], FormerSchools = schools ?? [] };

    /// <summary>The result of a multiplication tables check.</summary>
    public static ResultInFile TablesCheck(string value, int endYear = 2026) => new(new Assessment("KS2", "MAT", "MTC", "TT"), AcademicYear.EndingIn(endYear), "MT", value);

    /// <summary>Takes in what a file has of pupils, as an import does.</summary>
    /// <returns>The id of the change.</returns>
    public async Task<Guid> AddRecordsAsync(Guid organisationId, params (Guid PupilId, PupilInFile InFile)[] pupils)
    {
        var changeId = Clock.NewId();
        await SaveAsync(db => PupilRecords.ApplyAsync(db, organisationId, pupils, changeId, CancellationToken.None));
        return changeId;
    }
}
