using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Tests.Organisations.Gias;
using Xunit;

namespace Ascent.Tests.Organisations;

public sealed class ReadSchoolsTests : IAsyncLifetime
{
    private SchoolsHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await SchoolsHost.CreateAsync();
        await host.Get<LoadSchools>().ExecuteAsync(GiasText.File(
            GiasText.Row(name: "St André School", number: "2101"),
            GiasText.Row(urn: "900102", name: "Zeal 100% Free School", number: "2102", trust: "99001", trustName: "Compass"),
            GiasText.Row(urn: "900103", name: "Closed School", number: "2103", status: "2"),
            GiasText.Row(urn: "900104", name: "Ashby School", number: "2104")), Actor.Operator, null, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(null, "900104,900101,900102")]
    [InlineData("andre", "900101")]
    [InlineData("ANDRÉ  school", "900101")]
    [InlineData("0%", "900102")]
    [InlineData("_", "")]
    [InlineData("900104", "900104")]
    [InlineData("999/2102", "900102")]
    [InlineData("90010", "")]
    [InlineData("closed", "")]
    public async Task List_Search_FindsByNameOrWholeNumber(string? search, string expected)
    {
        var list = await host.Get<ListSchools>().ExecuteAsync(search, withClosed: false, most: 10, TestContext.Current.CancellationToken);

        Assert.Equal(expected, string.Join(',', list.Schools.Select(s => s.Urn)));
        Assert.Equal(list.Schools.Count, list.Total);
    }

    [Fact]
    public async Task List_MoreThanShown_TellsTheTotal()
    {
        var list = await host.Get<ListSchools>().ExecuteAsync(null, withClosed: true, most: 3, TestContext.Current.CancellationToken);

        Assert.Equal((3, 4), (list.Schools.Count, list.Total));
    }

    [Fact]
    public async Task Read_School_NamesItsTrust()
    {
        Assert.Equal("Compass", (await host.Get<ReadSchool>().ExecuteAsync("900102", TestContext.Current.CancellationToken)).Value.Trust);
        Assert.Null((await host.Get<ReadSchool>().ExecuteAsync("900101", TestContext.Current.CancellationToken)).Value.Trust);
        Assert.IsType<NotFound>(Assert.Single((await host.Get<ReadSchool>().ExecuteAsync("1", TestContext.Current.CancellationToken)).Refusals));
    }
}
