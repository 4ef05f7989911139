using Ascent.Organisations;
using Ascent.Shared.Permissions;

namespace Ascent.Tests.Shared.Permissions;

public sealed class SchoolServicesTests
{
    private static readonly SchoolServices[] EverySet = [.. Enumerable.Range(0, (int)SchoolServices.All + 1).Select(n => (SchoolServices)n)];

    [Fact]
    public void Served_EachSetOfServices_KeepsWhatOpensOneOfThem()
    {
        var all = PermissionSet.Everything(true);
        foreach (var on in EverySet)
            foreach (var info in PermissionCatalogue.All)
            {
                var opened = ServiceCatalogue.OpenedBy(info.Permission);
                Assert.Equal((on, info.Permission, opened == SchoolServices.None || (opened & on) != SchoolServices.None), (on, info.Permission, all.Served(on).Has(info.Permission)));
            }
        Assert.Equal(all, all.Served(SchoolServices.All));
    }

    [Fact]
    public void Served_FewerServices_NeverGivesMore()
    {
        var all = PermissionSet.Everything(true);
        foreach (var more in EverySet)
            foreach (var fewer in EverySet.Where(s => more.Has(s)))
                Assert.Equal(0, all.Served(fewer).Bits & ~all.Served(more).Bits);
    }

    [Fact]
    public void OffWords_SomeOrAllOff_SayWhatLiesStill()
    {
        Assert.Null(ServiceCatalogue.OffWords(Permission.SchoolReports, SchoolServices.All));
        Assert.Null(ServiceCatalogue.OffWords(Permission.ManageData, SchoolServices.None));
        Assert.Equal("Reports are switched off for the school: what is given here is kept, and opens nothing of them meanwhile.", ServiceCatalogue.OffWords(Permission.SchoolReports, SchoolServices.All & ~SchoolServices.Reports));
        Assert.Equal("Pupil Tracking is switched off for the school: what is given here is kept, and opens nothing meanwhile.", ServiceCatalogue.OffWords(Permission.TrackingMarks, SchoolServices.Reports));
        Assert.Equal("Reports, Targets and Collaborate are switched off for the school: what is given here is kept, and opens nothing meanwhile.", ServiceCatalogue.OffWords(Permission.PupilReports, SchoolServices.PupilTracking));
    }

    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    [InlineData("until 2027-08-31")]
    public void Term_Written_IsReadBack(string text) => Assert.Equal(text, ServiceTerm.Read(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("On")]
    [InlineData("until")]
    [InlineData("until 31 August")]
    [InlineData("2027-08-31")]
    public void Term_AnythingElse_IsNotRead(string? text) => Assert.Null(ServiceTerm.Read(text));
}
