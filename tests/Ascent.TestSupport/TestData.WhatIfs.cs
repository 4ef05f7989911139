using Ascent.Reports.Cohorts;
using Ascent.Reports.WhatIfs;
using Ascent.Shared;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    /// <summary>A view as it is stored, of the tables check of 2025/26.</summary>
    public static WhatIf WhatIf(Guid organisationId, Guid accountId, DateTime now, string name, int number = 1) => new()
    {
        OrganisationId = organisationId, Id = Guid.CreateVersion7(new DateTimeOffset(now)), AccountId = accountId, Number = number, Stage = CohortStage.TablesCheck, AcademicYear = AcademicYear.StartingIn(2025),
        Name = name, LeftOut = 1, CreatedAt = now, ChangedAt = now,
    };
}
