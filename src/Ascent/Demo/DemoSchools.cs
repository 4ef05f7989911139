using Ascent.Organisations;
using Ascent.Shared;

namespace Ascent.Demo;

/// <summary>Northmoor, Compass, six schools with pupils, and one that is locked. All invented; the numbers lie outside the ranges in use. Nobody has to have a second factor in them.</summary>
internal static class DemoSchools
{
    // The register's codes for types of establishment.
    private const string Community = "1";
    private const string Academy = "34";

    public static IEnumerable<Organisation> Create(TimeProvider clock)
    {
        var northmoor = new LocalAuthority { Id = clock.NewId(), Code = "999", FactorRule = FactorRule.Offered };
        northmoor.Rename("Northmoor");
        var compass = new Trust { Id = clock.NewId(), Code = "99001", FactorRule = FactorRule.Offered };
        compass.Rename("Compass Learning Trust");
        return
        [
            northmoor, compass,
            School(clock, "900001", "999/2001", "Larkfield Primary School", SchoolPhase.Primary, 3, 11, Community),
            School(clock, "900002", "999/4001", "Harbour Academy", SchoolPhase.Secondary, 11, 18, Academy, "99001"),
            School(clock, "900003", "999/4002", "Beacon All-through School", SchoolPhase.AllThrough, 3, 16, Academy, "99001"),
            School(clock, "900004", "999/2002", "Ashby Infant School", SchoolPhase.Primary, 4, 7, Community),
            School(clock, "900005", "999/7001", "Millbrook Special School", SchoolPhase.NotApplicable, 4, 16, "7"),
            School(clock, "900006", "999/8001", "Quayside Sixth Form", SchoolPhase.SixteenPlus, 16, 19, "18"),
            School(clock, DemoPeople.Saltmarsh, "999/1001", "Saltmarsh Nursery School", SchoolPhase.Nursery, 2, 5, "15"),
        ];
    }

    private static School School(TimeProvider clock, string urn, string dfeNumber, string name, SchoolPhase phase, int lowAge, int highAge, string type, string? trust = null)
    {
        var school = new School
        {
            Id = clock.NewId(), Code = urn, DfeNumber = dfeNumber, LocalAuthorityCode = "999", LocalAuthorityName = "Northmoor", TrustCode = trust, TypeCode = type,
            Phase = phase, LowAge = lowAge, HighAge = highAge, Town = "Northmoor",
            FactorRule = FactorRule.Offered,
        };
        school.Rename(name);
        school.WorkOutPrimary();
        return school;
    }
}
