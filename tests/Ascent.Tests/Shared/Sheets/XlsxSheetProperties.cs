using System.Runtime.CompilerServices;
using Ascent.Shared.Sheets;
using Ascent.TestSupport;
using CsCheck;

namespace Ascent.Tests.Shared.Sheets;

/// <summary>Whatever bytes a workbook is made of, reading it ends, gives rows or says why not, and keeps to its memory.</summary>
public sealed class XlsxSheetProperties
{
    private static readonly byte[] Sound = Workbooks.Of("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><f>A1</f><v>2</v></c></row>" + Workbooks.Row("x", "y"), Workbooks.Shared("<si><t>Zoë</t></si>")).ToArray();

    [Fact]
    public void Read_BytesChanged_NeverThrows() =>
        Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var bytes = Sound.ToArray();
            foreach (var (at, value) in changes)
                bytes[at] = value;
            Holds(bytes);
        }, iter: LongTests.AreOn ? 200_000 : 2_000);

    [Fact]
    public void Read_XmlOfTheSheetChanged_NeverThrows() =>
        OneOf.These("<row>", "</row>", "<c>", "</c>", "<c t=\"s\">", "<c t=\"inlineStr\">", "<v>", "</v>", "<is>", "</is>", "<t>", "</t>", "<rPh>", "<f/>", "<c r=\"C\"/>", "<x:y/>", "<row r=\"-1\">", "0", "]]>", "<!-- -->", "&lt;", "&x;")
            .Array[0, 12].Sample(parts => Holds(Workbooks.Of(string.Concat(parts), Workbooks.Shared("<si><t>a</t></si>")).ToArray()), iter: LongTests.AreOn ? 100_000 : 1_000);

    [Fact]
    public void Read_CutOffAnywhere_NeverThrows() => Assert.All(Enumerable.Range(0, Sound.Length / 16), i => Holds(Sound[..(i * 16)]));

    private static void Holds(byte[] bytes, [CallerArgumentExpression(nameof(bytes))] string? what = null)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var opened = XlsxSheet.Open(new MemoryStream(bytes));
        if (opened.Succeeded)
        {
            using var sheet = opened.Value;
            for (var rows = 0; sheet.Next() is { Succeeded: true, Value: { } row }; rows++)
            {
                Assert.True(rows < 1_000, what);
                Assert.InRange(row.Cells.Count, 1, 100);
                Assert.All(row.Cells, cell => Assert.InRange(cell.Length, 0, XlsxSheet.LongestCell + 1));
            }
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }
}
