using Ascent.Shared;
using CsCheck;

namespace Ascent.Tests.Shared;

public sealed class TextPageKeyTests
{
    [Fact]
    public void Read_Written_IsTheSame() =>
        Gen.Select(Gen.String.Where(s => !s.Contains('\0') && s.Length <= 200 && !s.Any(char.IsSurrogate)), Gen.Guid).Sample((text, id) =>
            Assert.Equal(new TextPageKey(text, id), TextPageKey.Read(new TextPageKey(text, id).ToString())));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("brooks")]
    [InlineData("YnJvb2tz.1")]
    [InlineData("!!!.0198c0de00007000800000000000abcd")]
    [InlineData("_w.0198c0de00007000800000000000abcd")] // not UTF-8
    [InlineData("AA.0198c0de00007000800000000000abcd")] // NUL
    public void Read_AnythingElse_IsTheFirstPage(string? text) => Assert.Null(TextPageKey.Read(text));

    [Fact]
    public void Read_VeryLong_IsTheFirstPage() => Assert.Null(TextPageKey.Read($"{new string('A', 4000)}.0198c0de00007000800000000000abcd"));
}
