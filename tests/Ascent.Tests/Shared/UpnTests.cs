using Ascent.Shared;
using CsCheck;

namespace Ascent.Tests.Shared;

public sealed class UpnTests
{
    [Fact]
    public void Read_PublishedNumbers_AgreesWithEachVerdict()
    {
        var rows = ReferenceFile.Rows("upn_test_vectors.csv");
        Assert.True(rows.Count >= 90, $"Only {rows.Count} rows were read");

        foreach (var row in rows)
        {
            var (upn, faults) = Upn.Read(row["upn"]);
            // The file follows a service that refuses 999; here it is the number for tests, which invented pupils carry.
            if (row["upn"].AsSpan().Trim() is [_, '9', '9', '9', ..])
                Assert.DoesNotContain(UpnFault.Authority, faults);
            else if (row["expected"] == "invalid")
                Assert.Equal((null, Fault(row["rule"])), (upn, faults[0]));
            else
            {
                Assert.Equal(row["upn"].Trim().ToUpperInvariant(), upn?.Text);
                Assert.Equal(row["kind"] == "temporary", upn!.Value.IsTemporary);
            }
        }
    }

    // Worked by hand, with the letter's place in the table: 1×2 + … = 266, 266 mod 23 = 13, P. Two vendors' pages say Q.
    [Theory]
    [InlineData("207000016049", 'P')]
    [InlineData("201100018042", 'R')]
    [InlineData("20110001804V", 'T')]
    public void CheckLetter_OfTwelve_IsTheTablesOne(string rest, char letter) => Assert.Equal(letter, Upn.CheckLetter(rest));

    [Fact]
    public void Read_SeveralThingsWrong_NamesThemAll() =>
        Assert.Equal([UpnFault.CheckLetter, UpnFault.Authority, UpnFault.Digits, UpnFault.Last], Upn.Read("S0002000O500I").Faults);

    // What the check letter is for: one character wrong, or two neighbours changed.
    [Fact]
    public void Read_OneDigitWrongOrTwoChanged_NeverPasses() =>
        Gen.Select(Gen.Int[0, 999_999_999], Gen.Int[0, 11], Gen.Int[1, 9]).Hold(one =>
        {
            var (serial, place, by) = one;
            var rest = $"999{serial:000000000}";
            var sound = $"{Upn.CheckLetter(rest)}{rest}";
            Assert.Equal(sound, Upn.Read($" {sound.ToLowerInvariant()} ").Upn!.Value.Text);

            var wrong = sound.ToCharArray();
            wrong[place + 1] = (char)('0' + ((wrong[place + 1] - '0' + by) % 10));
            Assert.Null(Upn.Read(new string(wrong)).Upn);

            var changed = sound.ToCharArray();
            var next = Math.Min(place + 1, 11);
            (changed[next], changed[next + 1]) = (changed[next + 1], changed[next]);
            Assert.True(new string(changed) == sound || Upn.Read(new string(changed)).Upn is null);
        });

    [Fact]
    public void Read_AnyText_NeverThrows() =>
        Gen.String.Hold(text =>
        {
            var (upn, faults) = Upn.Read(text);
            Assert.Equal(upn is null, faults.Count > 0);
            Assert.All(faults, f => Assert.NotEmpty(UpnWords.Of(f)));
        });

    [Theory]
    [InlineData("UN1", true)]
    [InlineData(" un5 ", true)]
    [InlineData("UN0", false)]
    [InlineData("UN8", false)]
    [InlineData("UN", false)]
    [InlineData("", false)]
    public void IsReason_ACode_IsOneOfSeven(string text, bool expected) => Assert.Equal(expected, Upn.IsReason(text));

    private static UpnFault Fault(string rule) => rule switch
    {
        "length" => UpnFault.Length,
        "missing(1500)" => UpnFault.Missing,
        "check-letter(1510)" or "first-char(1510)" => UpnFault.CheckLetter,
        "la(1530)" => UpnFault.Authority,
        "chars5-12-not-numeric(1540)" => UpnFault.Digits,
        "char13(1550)" => UpnFault.Last,
        _ => throw new ArgumentException(rule, nameof(rule)),
    };
}
