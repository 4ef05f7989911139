using Ascent.Accounts;
using Ascent.Shared.Permissions;
using CsCheck;

namespace Ascent.Tests.Accounts;

public sealed class AccessChoiceTests
{
    private static readonly AccessChoice Nothing = new(JobRole.Teacher, null, PermissionSet.None, null);

    private static readonly Gen<PermissionSet> Sets = Gen.Long.Select(bits => new PermissionSet(bits).GivenIn(true));

    [Fact]
    public void DifferenceTo_Everything_SaysWhatWasAndWhatBecomes()
    {
        var before = Nothing with { Permissions = PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses) };
        var after = new AccessChoice(JobRole.Other, "Librarian", PermissionSet.Of(Permission.SchoolSetup, Permission.SchoolReports, Permission.PupilReports), new DateOnly(2027, 8, 31));

        Assert.Equal(
            [
                new("Job role", "Teacher", "Librarian", false),
                new("School setup", "no", "yes", true),
                new("Manage data", "no", "yes, with School setup", true),
                new("View pupil-level data & suppressed and sensitive items", "own classes", "whole school", true),
                new("End date", "none", "31 August 2027", false),
            ],
            before.DifferenceTo(after, false));
        Assert.All(after.DifferenceTo(before, false), change => Assert.False(change.IsWider));
    }

    [Fact]
    public void DifferenceTo_OwnManageDataForSchoolSetup_IsNoLossOfManageData()
    {
        var before = Nothing with { Permissions = PermissionSet.Of(Permission.ManageData) };

        Assert.Equal("School setup & Pupil Tracking", Assert.Single(before.DifferenceTo(Nothing with { Permissions = PermissionSet.Of(Permission.SchoolSetup) }, true)).Label);
    }

    [Fact]
    public void DifferenceTo_AnyTwoSets_IsEmptyExactlyWhenTheyAreStoredAlike() =>
        Gen.Select(Sets, Sets, Gen.Bool).Sample((a, b, tracking) =>
        {
            var (before, after) = (a.Without(a.Inert(tracking)), b.Without(b.Inert(tracking)));
            var changes = (Nothing with { Permissions = before }).DifferenceTo(Nothing with { Permissions = after }, tracking);
            Assert.Equal(before == after, changes.Count == 0);
        });

    [Fact]
    public void Inert_AnySet_IsTheRestOfWhatWorks() =>
        Gen.Select(Sets, Gen.Bool).Sample((set, tracking) =>
            Assert.Equal(set, set.Effective(tracking).Normalised().And(set.Inert(tracking))));
}

internal static class SetArithmetic
{
    public static PermissionSet Without(this PermissionSet set, PermissionSet others) => others.Held().Aggregate(set, (left, permission) => left.Without(permission));
}
