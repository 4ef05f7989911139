using System.Globalization;
using Ascent.Shared;
using Ascent.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace Ascent.Tests.Shared;

public sealed class LondonTimeTests
{
    // Clocks go forward at 01:00 UTC on 29 March 2026 and back at 01:00 UTC on 25 October 2026.
    [Theory]
    [InlineData("2026-01-15T23:59:59Z", "2026-01-15T23:59:59")]
    [InlineData("2026-03-29T00:59:59Z", "2026-03-29T00:59:59")]
    [InlineData("2026-03-29T01:00:00Z", "2026-03-29T02:00:00")]
    [InlineData("2026-06-30T22:59:59Z", "2026-06-30T23:59:59")]
    [InlineData("2026-06-30T23:00:00Z", "2026-07-01T00:00:00")]
    [InlineData("2026-10-25T00:59:59Z", "2026-10-25T01:59:59")]
    [InlineData("2026-10-25T01:00:00Z", "2026-10-25T01:00:00")]
    public void ToLocal_Instant_IsTheClockInEngland(string utc, string local)
    {
        var instant = DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture).UtcDateTime;
        var expected = DateTime.Parse(local, CultureInfo.InvariantCulture);

        Assert.Equal(expected, LondonTime.ToLocal(instant));
        Assert.Equal(DateOnly.FromDateTime(expected), LondonTime.DateOf(instant));
        Assert.Equal(DateOnly.FromDateTime(expected), new FakeTimeProvider(instant).Today());
    }

    [Fact]
    [Asvs("16.2.2", "Moments are kept in UTC.")]
    public void Now_Always_IsUtcInWholeMicroseconds()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero).AddTicks(12_345_678));

        Assert.Equal(DateTimeKind.Utc, clock.Now().Kind);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 9, 0, 1, TimeSpan.Zero).AddTicks(2_345_670).UtcDateTime, clock.Now());
    }
}
