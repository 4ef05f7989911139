using Ascent.Shared.Csv;
using CsCheck;
using Xunit;

namespace Ascent.Tests.Shared.Csv;

public class CsvRowsTests
{
    [Fact]
    public void Next_RowsOfManySizes_TellTheirLines()
    {
        // Rows across the borders of the parser's buffer, with line breaks in cells.
        var cells = Enumerable.Range(0, 400).Select(i => new string('x', i * 7 % 5_000) + new string('\n', i % 3)).ToArray();
        using var rows = new CsvRows(new StringReader(string.Join("\r\n", cells.Select(c => $"a,\"{c}\""))));
        var line = 1;
        foreach (var cell in cells)
        {
            var row = rows.Next(2)!;
            Assert.Equal((line, null, cell), (row.Line, row.Fault, row.Cells[1]));
            line += 1 + cell.Count(c => c == '\n');
        }
        Assert.Null(rows.Next(2));
    }

    [Theory]
    [InlineData(CsvRows.LongestRow - 2, null)]
    [InlineData(CsvRows.LongestRow + 1, "the row is longer than 65,536 characters: perhaps a quotation mark is not closed")]
    public void Next_LongRow_IsTakenUpToTheLimit(int length, string? fault)
    {
        using var rows = new CsvRows(new StringReader($"a\n{new string('x', length)}\nb\n"));

        Assert.Equal("a", rows.Next(1)!.Cells[0]);
        var row = rows.Next(1)!;
        Assert.Equal((2, fault), (row.Line, row.Fault));
        Assert.Equal(3, rows.Next(1)!.Line);
    }

    [Fact]
    public void Next_AnyCellsWrittenAsCsv_ComeBack() =>
        Gen.Char["ab,\"\n\r;é"].Array[0, 12].Select(c => new string(c).Replace("\r", "\n", StringComparison.Ordinal)).Array[2, 5].Array[1, 30].Sample(table =>
        {
            var width = table[0].Length;
            var same = table.Where(r => r.Length == width).ToArray();
            using var rows = new CsvRows(new StringReader(string.Join("\n", same.Select(r => string.Join(',', r.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))))));
            foreach (var row in same)
                Assert.Equal(row, rows.Next(width)!.Cells);
            Assert.Null(rows.Next(width));
        }, iter: 2_000);
}
