using System.Globalization;
using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Shared;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    /// <summary>A school of five to eleven year olds, with Pupil Tracking, and with its seats.</summary>
    public Task<School> AddPrimaryAsync(string? name = null, FactorRule factorRule = FactorRule.Offered) => AddSchoolAsync(SchoolPhase.Primary, 5, 11, name, factorRule: factorRule);

    /// <summary>A school of eleven to sixteen year olds, without Pupil Tracking, and with its seats.</summary>
    public Task<School> AddSecondaryAsync(string? name = null) => AddSchoolAsync(SchoolPhase.Secondary, 11, 16, name);

    /// <param name="factorRule">Nobody has to have a second factor unless a test says so: most are about other things.</param>
    /// <param name="withSeats">False for a school as a load leaves it before its seats are opened.</param>
    public async Task<School> AddSchoolAsync(SchoolPhase phase, int? lowAge, int? highAge, string? name = null, bool withSeats = true, FactorRule factorRule = FactorRule.Offered)
    {
        var n = Next();
        var school = new School
        {
            Id = Clock.NewId(), Code = (910000 + n).ToString(CultureInfo.InvariantCulture), DfeNumber = $"998/{2000 + n}",
            LocalAuthorityCode = "998", LocalAuthorityName = "Testshire", Phase = phase, LowAge = lowAge, HighAge = highAge, Town = "Testtown", FactorRule = factorRule,
        };
        school.Rename(name ?? $"Test School {n}");
        school.WorkOutPrimary();
        await SaveAsync(db =>
        {
            db.Add(school);
            return Task.CompletedTask;
        });
        if (withSeats)
            await Get<OpenSeats>().ExecuteAsync(Actor.System, CancellationToken.None);
        return school;
    }
}
