using System.Globalization;
using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Subjects;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    /// <summary>A class of the year that is on, made by the use case itself.</summary>
    public async Task<Guid> AddClassAsync(TestMember manager, string name = "7B", ClassKind kind = ClassKind.Registration, string? year = "7", AcademicYear? academicYear = null) =>
        (await Get<AddClass>().ExecuteAsync(new(academicYear ?? AcademicYear.Of(Get<TimeProvider>().Today()), new(name, kind, year)), manager.Actor, CancellationToken.None)).Value;

    public async Task PutInClassAsync(TestMember manager, Guid classId, params Guid[] pupils) =>
        _ = (await Get<PutInClass>().ExecuteAsync(classId, pupils, manager.Actor, CancellationToken.None)).Value;

    public async Task OfferAsync(TestMember manager, NcYear year, params string[] codes) =>
        _ = (await Get<OfferSubjects>().ExecuteAsync(new(year, codes, []), manager.Actor, CancellationToken.None)).Value;

    public async Task AssignAsync(TestMember manager, Guid pupil, params string[] codes) =>
        _ = (await Get<SaveSubjects>().ExecuteAsync(new([pupil], [.. codes.Select(c => new SubjectCell(pupil, c, true))]), manager.Actor, CancellationToken.None)).Value;

    /// <summary>Many pupils at once, each with a name of its own: "Abara000, Ada", "Abara001, Ada", …; in one save, as no form can.</summary>
    public async Task<IReadOnlyList<Guid>> AddPupilsAsync(TestMember manager, int count, NcYear year)
    {
        var clock = Get<TimeProvider>();
        return await Get<Database>().ChangeAsync<IReadOnlyList<Guid>>(OrganisationScope.Of(manager.School.Id), async db =>
        {
            var ids = new List<Guid>();
            for (var i = 0; i < count; i++)
            {
                var surname = string.Create(CultureInfo.InvariantCulture, $"Abara{i:0000}");
                ids.Add(clock.NewId());
                var pupil = db.Add(new Pupil { OrganisationId = manager.School.Id, Id = ids[i], CreatedAt = clock.Now() });
                pupil.CurrentValues.SetValues(new
                {
                    Surname = surname, Forename = "Ada", BornOn = new DateOnly(2015, 3, 4), Upn = NextUpn(), NcYearNumber = year.Number, EnrolledOn = new DateOnly(2022, 9, 1),
                    SurnameKey = PlainText.SearchKey($"{surname} Ada"), NameKey = PlainText.SearchKey($"Ada {surname}"), Version = 1,
                });
            }
            await db.SaveChangesAsync();
            return ids;
        }, CancellationToken.None);
    }
}
