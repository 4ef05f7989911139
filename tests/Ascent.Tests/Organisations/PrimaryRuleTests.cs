using Ascent.Organisations;
using Xunit;

namespace Ascent.Tests.Organisations;

public class PrimaryRuleTests
{
    [Theory]
    [InlineData(SchoolPhase.Nursery, null, true)]
    [InlineData(SchoolPhase.Nursery, 2, true)]
    [InlineData(SchoolPhase.Primary, null, true)]
    [InlineData(SchoolPhase.Primary, 3, true)]
    [InlineData(SchoolPhase.MiddleDeemedPrimary, 9, true)]
    [InlineData(SchoolPhase.MiddleDeemedSecondary, 9, true)]
    [InlineData(SchoolPhase.MiddleDeemedSecondary, 11, true)]
    [InlineData(SchoolPhase.AllThrough, null, true)]
    [InlineData(SchoolPhase.AllThrough, 11, true)]
    [InlineData(SchoolPhase.SixteenPlus, null, false)]
    [InlineData(SchoolPhase.SixteenPlus, 3, false)]
    [InlineData(SchoolPhase.SixteenPlus, 16, false)]
    [InlineData(SchoolPhase.Secondary, null, false)]
    [InlineData(SchoolPhase.Secondary, 11, false)]
    [InlineData(SchoolPhase.Secondary, 10, true)]
    [InlineData(SchoolPhase.Secondary, 7, true)]
    [InlineData(SchoolPhase.NotApplicable, null, false)]
    [InlineData(SchoolPhase.NotApplicable, 0, true)]
    [InlineData(SchoolPhase.NotApplicable, 10, true)]
    [InlineData(SchoolPhase.NotApplicable, 11, false)]
    [InlineData(SchoolPhase.NotApplicable, 16, false)]
    public void IsPrimary_PhaseAndLowAge_FollowsTheRule(SchoolPhase phase, int? lowAge, bool expected) =>
        Assert.Equal(expected, PrimaryRule.IsPrimary(phase, lowAge));

    [Theory]
    [InlineData(SchoolPhase.AllThrough, 11, "the phase is All-through")]
    [InlineData(SchoolPhase.SixteenPlus, 10, "the phase is 16 plus")]
    [InlineData(SchoolPhase.Secondary, 10, "it begins at age 10, which is 10 or under")]
    [InlineData(SchoolPhase.Secondary, 11, "it begins at age 11, later than 10")]
    [InlineData(SchoolPhase.NotApplicable, null, "the phase is Not applicable and the lowest age is not known")]
    public void Reason_PhaseAndLowAge_SaysWhatDecided(SchoolPhase phase, int? lowAge, string expected) =>
        Assert.Equal(expected, PrimaryRule.Reason(phase, lowAge));

    [Theory]
    [InlineData(SchoolPhase.Primary, false)]
    [InlineData(SchoolPhase.Secondary, true)]
    public void OverridePrimary_AgainstTheRegister_StandsUntilGivenBack(SchoolPhase phase, bool decision)
    {
        var school = new School { Code = "900001", Phase = phase, LowAge = 11 };
        school.WorkOutPrimary();
        Assert.Equal(!decision, school.IsPrimary);

        school.OverridePrimary(decision);
        school.WorkOutPrimary();
        Assert.Equal(decision, school.IsPrimary);
        Assert.StartsWith("an operator decided so; by the register ", school.PrimaryReason, StringComparison.Ordinal);

        school.OverridePrimary(null);
        Assert.Equal(!decision, school.IsPrimary);
    }
}
