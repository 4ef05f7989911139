using Ascent.Shared;
using CsCheck;

namespace Ascent.Tests.Shared;

public sealed class UlnTests
{
    [Fact]
    public void Read_PublishedNumbers_AgreesWithEachVerdict()
    {
        var rows = ReferenceFile.Rows("uln_test_vectors.csv");
        Assert.True(rows.Count >= 14, $"Only {rows.Count} rows were read");
        Assert.All(rows, row => Assert.Equal(row["expected"] == "valid", Uln.Read(row["uln"]) is not null));
    }

    [Fact]
    public void Read_AnyText_NeverThrows() => Gen.String.Hold(text => Assert.True(Uln.Read(text) is null || text.Trim().Length == Uln.Length));

    // Of ten numbers that differ in the last digit alone, at most one is sound.
    [Fact]
    public void Read_LastDigitOfAny_HasOneThatFits() =>
        Gen.Int[100_000_000, 999_999_999].Hold(nine => Assert.True(Enumerable.Range(0, 10).Count(d => Uln.Read($"{nine}{d}") is not null) <= 1));
}
