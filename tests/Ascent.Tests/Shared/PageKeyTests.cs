using System.Globalization;
using Ascent.Shared;
using Ascent.TestSupport;
using CsCheck;

namespace Ascent.Tests.Shared;

public sealed class PageKeyTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame() =>
        Gen.Select(Gen.DateTime, Gen.Guid).Sample((at, id) =>
        {
            var key = new PageKey(DateTime.SpecifyKind(at, DateTimeKind.Utc), id);
            return PageKey.Read(key.ToString()) == key;
        }, iter: 2000);

    [Fact]
    [Asvs("1.4.2", "Places in lists that cannot be read are the first page.")]
    public void Read_AnyText_NeverThrows() =>
        Gen.OneOf(Gen.String, Gen.Select(Gen.Long, Gen.Guid, (ticks, id) => string.Create(CultureInfo.InvariantCulture, $"{ticks}.{id:N}")),
            Gen.Select(Gen.ULong, Gen.String, (ticks, id) => $"{ticks}.{id}")).Sample(text => _ = PageKey.Read(text), iter: 2000);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1")]
    [InlineData("1.2")]
    [InlineData("-1.00000000000000000000000000000000")]
    [InlineData("3155378976000000000.00000000000000000000000000000000")] // past the year 9999
    [InlineData("99999999999999999999.00000000000000000000000000000000")]
    [InlineData("1.00000000-0000-0000-0000-000000000000")]
    [InlineData("1.00000000000000000000000000000000.1")]
    public void Read_AnythingElse_IsNone(string? text) => Assert.Null(PageKey.Read(text));
}
