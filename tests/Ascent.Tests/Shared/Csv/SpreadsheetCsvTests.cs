using Ascent.Shared.Csv;

namespace Ascent.Tests.Shared.Csv;

public sealed class SpreadsheetCsvTests
{
    [Theory]
    [InlineData("-0.24", "-0.24")]
    [InlineData("17", "17")]
    [InlineData("-12", "-12")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("-2+3+cmd|' /C calc'!A0", "\"'-2+3+cmd|' /C calc'!A0\"")]
    [InlineData("+44 20", "\"'+44 20\"")]
    [InlineData("+44", "\"'+44\"")]
    [InlineData("-", "\"'-\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("c", "c")]
    public void Write_ACell_IsHarmlessAndANumberStaysOne(string cell, string written)
    {
        using var text = new StringWriter();
        using (var csv = new SpreadsheetCsv(text))
        {
            csv.WriteField(cell);
            csv.NextRecord();
        }

        Assert.Equal(written + "\r\n", text.ToString());
    }
}
