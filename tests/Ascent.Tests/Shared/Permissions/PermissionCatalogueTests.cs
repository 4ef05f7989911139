using Ascent.Shared.Permissions;

namespace Ascent.Tests.Shared.Permissions;

public sealed class PermissionCatalogueTests
{
    // Code, label, limit, needs, primary only, scope: as the accounts pages have them.
    public static TheoryData<Permission, string, int?, Permission?, bool, bool> Expected => new()
    {
        { Permission.SchoolSetup, "School setup & Pupil Tracking", 4, null, false, false },
        { Permission.ManageData, "Manage data", 6, null, false, false },
        { Permission.SchoolReports, "View school-level reports", null, null, false, false },
        { Permission.PupilReports, "View pupil-level data & suppressed and sensitive items", null, Permission.SchoolReports, false, true },
        { Permission.AllCollaborateGroups, "View any Collaborate groups", null, Permission.SchoolReports, false, false },
        { Permission.TrackingSchoolReports, "View school/class-level reports", null, null, true, false },
        { Permission.TrackingPupilReports, "View pupil-level reports", null, null, true, true },
        { Permission.TrackingAssessments, "Create and edit assessments (and create custom School Groups)", null, null, true, false },
        { Permission.TrackingMarks, "Add pupil assessment data", null, null, true, false },
    };

    [Theory, MemberData(nameof(Expected))]
    public void Of_EachPermission_IsAsSpecified(Permission permission, string label, int? limit, Permission? needs, bool trackingOnly, bool hasScope)
    {
        var info = PermissionCatalogue.Of(permission);

        Assert.Equal((permission, label, limit, needs, trackingOnly, hasScope), (info.Permission, info.Label, info.Limit, info.Needs, info.TrackingOnly, info.HasScope));
    }

    [Fact]
    public void All_Counted_AreNineAndEveryCodeOnce()
    {
        Assert.Equal(9, PermissionCatalogue.All.Count);
        Assert.Equal(5, PermissionCatalogue.Body.Count);
        Assert.Equal(Enum.GetValues<Permission>(), PermissionCatalogue.Everywhere.Select(info => info.Permission).Order());
        Assert.All(Enum.GetValues<Permission>(), p => Assert.Equal((p, PermissionCatalogue.All.Any(i => i.Permission == p), PermissionCatalogue.Body.Any(i => i.Permission == p)),
            (p, PermissionCatalogue.IsIn(p, true), PermissionCatalogue.IsIn(p, Place.Trust))));
    }

    [Fact]
    public void All_Texts_AreThere() =>
        Assert.All(PermissionCatalogue.All.Concat(PermissionCatalogue.Body), info => Assert.All([info.Label, info.Tag, info.Hint, info.Can], text => Assert.False(string.IsNullOrWhiteSpace(text))));

    // The numbers are bits in every stored row: changing one would change who may do what.
    [Theory]
    [InlineData(Permission.SchoolSetup, 0)]
    [InlineData(Permission.ManageData, 1)]
    [InlineData(Permission.SchoolReports, 2)]
    [InlineData(Permission.PupilReports, 3)]
    [InlineData(Permission.AllCollaborateGroups, 4)]
    [InlineData(Permission.TrackingSchoolReports, 5)]
    [InlineData(Permission.TrackingPupilReports, 6)]
    [InlineData(Permission.TrackingAssessments, 7)]
    [InlineData(Permission.TrackingMarks, 8)]
    [InlineData(Permission.LaSetup, 9)]
    [InlineData(Permission.LaReports, 10)]
    public void Of_StoredBit_NeverChanges(Permission permission, int bit) => Assert.Equal(1L << bit, PermissionSet.Of(permission).Bits);

    [Fact]
    public void Limited_Counted_AreSchoolSetupAndManageData() =>
        Assert.Equal([Permission.SchoolSetup, Permission.ManageData], PermissionCatalogue.Limited.Select(info => info.Permission));

    [Fact]
    public void In_SchoolWithoutTracking_LeavesTheFourTrackingPermissionsOut()
    {
        Assert.Equal(9, PermissionCatalogue.In(true).Count());
        Assert.Equal(5, PermissionCatalogue.In(false).Count());
    }

    [Fact]
    public void Label_SchoolWithoutTracking_DoesNotSpeakOfTracking()
    {
        Assert.Equal("School setup", PermissionCatalogue.Label(Permission.SchoolSetup, false));
        Assert.Equal(("LA setup", "Trust setup"), (PermissionCatalogue.Label(Permission.LaSetup, Place.LocalAuthority), PermissionCatalogue.Label(Permission.LaSetup, Place.Trust)));
        Assert.Equal("School setup & Pupil Tracking", PermissionCatalogue.Label(Permission.SchoolSetup, true));
        Assert.DoesNotContain("Tracking", PermissionCatalogue.Hint(Permission.SchoolSetup, false), StringComparison.Ordinal);
    }
}
