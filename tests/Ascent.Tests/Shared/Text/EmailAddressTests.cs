using Ascent.Shared.Text;
using CsCheck;

namespace Ascent.Tests.Shared.Text;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ann@school.example", "ann@school.example")]
    [InlineData("  ann@school.example\t", "ann@school.example")]
    [InlineData("Ann.Lee@School.EXAMPLE", "ann.lee@school.example")]
    [InlineData("a.n.n+tag@school.example", "a.n.n+tag@school.example")]
    [InlineData("o'brien@school.example", "o'brien@school.example")]
    [InlineData("RENÉ@école.example", "rené@xn--cole-9oa.example")]
    [InlineData("re\u0301ne@e\u0301cole.example", "réne@xn--cole-9oa.example")]
    [InlineData("ann@bücher.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@XN--BCHER-KVA.example", "ann@xn--bcher-kva.example")]
    [InlineData("ΣΊΣΥΦΟΣ@school.example", "σίσυφοσ@school.example")]
    [InlineData("σίσυφος@school.example", "σίσυφοσ@school.example")]
    public void Parse_Address_HasTheKey(string typed, string key) => Assert.Equal(key, EmailAddress.Parse(typed)?.Key);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("@school.example")]
    [InlineData("ann@")]
    [InlineData("ann@school")]
    [InlineData("ann@school..example")]
    [InlineData("ann@-school.example")]
    [InlineData("ann@school-.example")]
    [InlineData("ann@school.example.")]
    [InlineData("ann@192.168.0.1")]
    [InlineData("ann@[192.168.0.1]")]
    [InlineData(".ann@school.example")]
    [InlineData("ann.@school.example")]
    [InlineData("an..n@school.example")]
    [InlineData("an n@school.example")]
    [InlineData("\"an n\"@school.example")]
    [InlineData("ann@sch ool.example")]
    [InlineData("ann@school.example\r\nBcc: all@school.example")]
    [InlineData("ann@school.example,bob@school.example")]
    [InlineData("Ann <ann@school.example>")]
    [InlineData("an\u0000n@school.example")]
    [InlineData("an\u202en@school.example")]
    [InlineData("an\u200bn@school.example")]
    [InlineData("ann@sch_ool.example")]
    [InlineData("ann@school.example<script>")]
    public void Parse_NoAddress_IsNull(string? typed) => Assert.Null(EmailAddress.Parse(typed));

    [Fact]
    public void Parse_Address_IsKeptAsTyped() => Assert.Equal("Ann.LEE@School.example", EmailAddress.Parse(" Ann.LEE@School.example ")?.Typed);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Parse_LocalPart_HasAtMost64Bytes(int length, bool isAddress) =>
        Assert.Equal(isAddress, EmailAddress.Parse(new string('a', length) + "@school.example") is not null);

    [Fact]
    public void Parse_Longest_Is254Characters()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('b', 60), 3)) + ".example";
        var local = new string('a', 254 - domain.Length - 1);

        Assert.NotNull(EmailAddress.Parse($"{local}@{domain}"));
        Assert.Null(EmailAddress.Parse($"{local}a@{domain}"));
    }

    [Theory]
    [InlineData("ann@school.example", false)]
    [InlineData("аnn@school.example", true)] // the first letter is Cyrillic
    [InlineData("ann@sсhool.example", true)] // the c is Cyrillic
    [InlineData("анна@school.example", false)] // one alphabet in each part
    [InlineData("анна@школа.example", false)]
    [InlineData("ann1+x@school.example", false)]
    [InlineData("γιάννης@school.example", false)]
    [InlineData("gιannis@school.example", true)] // a Greek iota among Latin
    public void Parse_MixedAlphabets_AreTold(string typed, bool mixes) => Assert.Equal(mixes, EmailAddress.Parse(typed)!.MixesScripts);

    [Fact]
    public void Parse_AnyAddress_IsTheSameInCapitalsAndDecomposed() =>
        Gen.Select(Gen.Char.AlphaNumeric.Array[1, 10], OneOf.These("é", "Ö", "ñ", "å"), (letters, accent) => $"{new string(letters)}{accent}@school.example")
            .Sample(text =>
            {
                var key = EmailAddress.Parse(text)?.Key;
                return key is not null && key == EmailAddress.Parse(text.ToUpperInvariant())?.Key
                    && key == EmailAddress.Parse(text.Normalize(System.Text.NormalizationForm.FormD))?.Key;
            }, iter: 2000);
}
