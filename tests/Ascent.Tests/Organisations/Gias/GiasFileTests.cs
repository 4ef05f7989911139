using System.Text;
using Ascent.Organisations;
using Ascent.Organisations.Gias;
using Ascent.TestSupport;
using Xunit;

namespace Ascent.Tests.Organisations.Gias;

public class GiasFileTests
{
    [Fact]
    public void Read_SoundRow_GivesEveryValue()
    {
        var school = GiasText.Single(GiasText.File(GiasText.Row(trust: "2044", trustName: "Compass Trust", status: "3")));

        Assert.Equal(
            new GiasRow(2, "900101", "Elmfield School", new("999", "Northmoor"), "999/2101", "01", false, SchoolPhase.Primary, 4, 11, new("2044", "Compass Trust"), "Northmoor", "NM1 1AA"),
            school);
    }

    [Fact]
    public void Read_ColumnsReorderedAndUnknownOnesAmongThem_ReadsByName()
    {
        var school = GiasText.Single(GiasText.Bytes("Ofsted (name),Postcode,EstablishmentName,phaseofeducation (CODE), URN \nGood,NM1 1AA,Elmfield,7,900101\n"));

        Assert.Equal(("900101", "Elmfield", SchoolPhase.AllThrough, "NM1 1AA"), (school.Urn, school.Name, school.Phase, school.Postcode));
    }

    [Fact]
    public void Open_ColumnsMissing_TellsWhichAndReadsTheRest()
    {
        using var file = GiasFile.Open(GiasText.Bytes("URN,EstablishmentName,Town\n900101,Elmfield,Northmoor\n")).Value;

        Assert.Contains(GiasColumns.PhaseCode, file.MissingColumns);
        Assert.DoesNotContain(GiasColumns.Town, file.MissingColumns);
        Assert.True(file.Tells(GiasColumns.Town));
        Assert.False(file.Tells(GiasColumns.PhaseCode));
        Assert.Equal("Northmoor", file.Read().Single().School!.Town);
    }

    [Theory]
    [InlineData("EstablishmentName,Town\nElmfield,Northmoor\n", "“URN”")]
    [InlineData("URN,Town\n900101,Northmoor\n", "“EstablishmentName”")]
    [InlineData("Forename;Surname\nAnn;Bolt\n", "“URN” or “EstablishmentName”")]
    [InlineData("\n\n\n", "“URN” or “EstablishmentName”")]
    public void Open_IndispensableColumnMissing_SaysWhich(string text, string expected) =>
        Assert.Contains(expected, GiasText.Refusal(GiasText.Bytes(text)), StringComparison.Ordinal);

    [Fact]
    public void Open_ColumnTwice_IsRefused() =>
        Assert.Equal("The column URN stands there twice.", GiasText.Refusal(GiasText.Bytes("URN,EstablishmentName,urn\n1,2,3\n")));

    [Fact]
    public void Read_Windows1252_KeepsAccentsAndDashes()
    {
        var bytes = Encoding.ASCII.GetBytes($"{GiasText.Heading}\n{GiasText.Row(name: "St Andr? ? Cl? School")}\n");
        var marks = Enumerable.Range(0, bytes.Length).Where(i => bytes[i] == '?').ToArray();
        (bytes[marks[0]], bytes[marks[1]], bytes[marks[2]]) = (0xe9, 0x96, 0xe0);

        Assert.Equal("St André – Clà School", GiasText.Single(new MemoryStream(bytes)).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_Utf8WithOrWithoutMark_KeepsAccents(bool mark)
    {
        var text = $"{GiasText.Heading}\r\n{GiasText.Row(name: "Ysgol Tŷ Ffynnon – Élan")}\r\n";

        var school = GiasText.Single(new MemoryStream([.. mark ? Encoding.UTF8.Preamble : default, .. Encoding.UTF8.GetBytes(text)]));

        Assert.Equal("Ysgol Tŷ Ffynnon – Élan", school.Name);
    }

    [Fact]
    public void Open_Utf8MarkBeforeOtherBytes_IsRefused() =>
        Assert.Contains("begins as UTF-8", GiasText.Refusal(new MemoryStream([.. Encoding.UTF8.Preamble, .. GiasText.Windows1252.GetBytes(GiasText.Heading + "\né\n")])), StringComparison.Ordinal);

    [Fact]
    public void Read_QuotedCellsWithLineBreaksCommasAndQuotes_KeepsCountingLines()
    {
        var lines = GiasText.Read(GiasText.File(
            GiasText.Row(name: "\"Elmfield\nSchool, \"\"The Elms\"\"\"", town: "\"North\r\nmoor\""),
            GiasText.Row(urn: "900102", low: "four"),
            "",
            GiasText.Row(urn: "900103")));

        Assert.Equal("Elmfield School, \"The Elms\"", lines[0].School!.Name);
        Assert.Equal("North moor", lines[0].School!.Town);
        // The first school takes lines 2 to 4; line 6 is blank.
        Assert.Equal(5, lines[1].Refused!.Line);
        Assert.Equal(7, lines[2].School!.Line);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Read_AnyLineEnd_CountsLines(string end)
    {
        var lines = GiasText.Read(GiasText.Bytes(string.Join(end, GiasText.Heading, GiasText.Row(), GiasText.Row(urn: "x"), GiasText.Row(urn: "900102"))));

        Assert.Equal([2, 3, 4], lines.Select(l => l.School?.Line ?? l.Refused!.Line));
    }

    public static TheoryData<string, string?, string> BadRows => new()
    {
        { GiasText.Row(urn: ""), null, "there is no URN" },
        { GiasText.Row(urn: "12345"), null, "the URN has to be a number of six digits, not “12345”" },
        { GiasText.Row(urn: "012345"), null, "the URN has to be a number of six digits, not “012345”" },
        { GiasText.Row(urn: "90010١"), null, "the URN has to be a number of six digits, not “90010١”" },
        { GiasText.Row(name: ""), "900101", "there is no EstablishmentName" },
        { GiasText.Row(name: "\"\u00a0\n\u200b\""), "900101", "there is no EstablishmentName" },
        { GiasText.Row(name: new string('x', 201)), "900101", "EstablishmentName is longer than 200 characters" },
        { GiasText.Row(low: "three"), "900101", "StatutoryLowAge has to be an age in whole years, not “three”" },
        { GiasText.Row(low: "-3"), "900101", "StatutoryLowAge has to be an age in whole years, not “-3”" },
        { GiasText.Row(high: "11.5"), "900101", "StatutoryHighAge has to be an age in whole years, not “11.5”" },
        { GiasText.Row(high: "1100"), "900101", "StatutoryHighAge has to be an age in whole years, not “1100”" },
        { GiasText.Row(phase: "8"), "900101", "PhaseOfEducation (code) is “8”, which is no phase that is known (0 to 7)" },
        { GiasText.Row(phase: "Primary"), "900101", "PhaseOfEducation (code) is “Primary”, which is no phase that is known (0 to 7)" },
        { GiasText.Row(status: "5"), "900101", "EstablishmentStatus (code) is “5”, which is no status that is known (1 to 4)" },
        { GiasText.Row(la: "X99"), "900101", "LA (code) has to be a number of three digits, not “X99”" },
        { GiasText.Row(number: "21010"), "900101", "EstablishmentNumber has to be a number of four digits, not “21010”" },
        { GiasText.Row(postcode: new string('N', 21)), "900101", "Postcode is longer than 20 characters" },
        { GiasText.Row(urn: "x", low: "y"), null, "the URN has to be a number of six digits, not “x”; StatutoryLowAge has to be an age in whole years, not “y”" },
        { "900101,999", null, "the row has 2 cells, the heading has 14" },
        { GiasText.Row() + ",more", null, "the row has 15 cells, the heading has 14" },
        { GiasText.Row(name: "\"Elm\"field"), null, "a quotation mark is not closed, or stands inside a cell without being doubled" },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public void Read_BadRow_IsToldWithLineAndReasonAndTheRestLoads(string bad, string? urn, string reason)
    {
        var text = string.Join("\n", GiasText.Heading, GiasText.Row(urn: "900100"), bad, GiasText.Row(urn: "900102"));

        var lines = GiasText.Read(GiasText.Bytes(text, Encoding.UTF8));

        Assert.Equal(["900100", "900102"], lines.Select(l => l.School?.Urn).OfType<string>());
        Assert.Equal(new RefusedRow(3, urn, reason), Assert.Single(lines, l => l.Refused is not null).Refused);
    }

    [Fact]
    public void Read_UrnTwice_KeepsTheFirst()
    {
        var lines = GiasText.Read(GiasText.File(GiasText.Row(name: "First"), GiasText.Row(name: "Second")));

        Assert.Equal("First", lines[0].School!.Name);
        Assert.Equal(new RefusedRow(3, "900101", "this URN stands in an earlier row already; the earlier row counts"), lines[1].Refused);
    }

    [Fact]
    public void Read_RefusedRowThenTheSameUrn_TakesTheSoundOne()
    {
        var lines = GiasText.Read(GiasText.File(GiasText.Row(low: "?"), GiasText.Row()));

        Assert.NotNull(lines[1].School);
    }

    [Theory]
    [InlineData("0", "7", null, "none")]
    [InlineData("000", "2101", null, "none")]
    [InlineData("", "2101", null, "none")]
    [InlineData("1", "1", "001", "001/0001")]
    [InlineData("999", "", "999", "none")]
    public void Read_CodesThatLostTheirZeros_AreWrittenInFull(string la, string number, string? code, string dfeNumber)
    {
        var school = GiasText.Single(GiasText.File(GiasText.Row(la: la, number: number)));

        Assert.Equal(code, school.Authority?.Code);
        Assert.Equal(dfeNumber, school.DfeNumber ?? "none");
    }

    [Theory]
    [InlineData("1", false)]
    [InlineData("2", true)]
    [InlineData("3", false)]
    [InlineData("4", false)]
    [InlineData("", null)]
    public void Read_Status_TwoIsClosed(string status, bool? closed) =>
        Assert.Equal(closed, GiasText.Single(GiasText.File(GiasText.Row(status: status))).IsClosed);

    [Fact]
    public void Read_ControlCharactersInText_BecomeBlanks()
    {
        // Beyond the first 4,096 bytes, in which a NUL byte means that this is no text.
        var before = Enumerable.Range(0, 100).Select(i => GiasText.Row(urn: $"{910_000 + i}"));
        var text = string.Join('\n', [GiasText.Heading, .. before, GiasText.Row(name: "Elm\0field\u202e \u001b[31mSchool", town: "\uFFFE")]);

        var school = GiasText.Read(GiasText.Bytes(text, Encoding.UTF8))[^1].School!;

        Assert.Equal("Elm field [31mSchool", school.Name);
        Assert.Null(school.Town);
    }

    [Fact]
    public void Read_QuoteNeverClosed_CostsOneRow()
    {
        var rows = Enumerable.Range(0, 50).Select(i => i == 10 ? GiasText.Row(urn: "900110", name: "\"Elmfield") : GiasText.Row(urn: $"9001{i:00}", town: "\"North, moor\""));

        var lines = GiasText.Read(GiasText.File([.. rows]));

        Assert.Equal(12, Assert.Single(lines, l => l.Refused is not null).Refused!.Line);
        Assert.Equal(49, lines.Count(l => l.School is not null));
    }

    [Fact]
    public void Read_QuoteNeverClosedInAFileWithoutQuotes_CostsOneRow()
    {
        var rows = Enumerable.Range(0, 5_000).Select(i => GiasText.Row(urn: $"{910_000 + i}", name: i == 10 ? "\"Elmfield" : "Elmfield"));

        var lines = GiasText.Read(GiasText.File([.. rows]));

        var refused = Assert.Single(lines, l => l.Refused is not null).Refused!;
        Assert.Equal(12, refused.Line);
        Assert.Contains("longer than 65,536 characters", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(2, 5_000).Where(i => i != 12), lines.Select(l => l.School).OfType<GiasRow>().Select(s => s.Line));
    }

    [Fact]
    [Asvs("5.2.1", "A register with endless rows or columns is refused in bounded memory.")]
    public void Read_CellOfTenMegabytes_IsOneRefusedRow()
    {
        var lines = GiasText.Read(GiasText.File(GiasText.Row(), GiasText.Row(urn: "900102", name: new string('x', 10_000_000)), GiasText.Row(urn: "900103")));

        Assert.Equal([2, 3, 4], lines.Select(l => l.School?.Line ?? l.Refused!.Line));
        Assert.Contains("longer than 65,536 characters", lines[1].Refused!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Asvs("5.2.1", "A register with endless rows or columns is refused in bounded memory.")]
    public void Open_AMillionColumns_IsRefused() =>
        Assert.Contains("The first line has to name the columns, but the row is longer than 65,536 characters",
            GiasText.Refusal(GiasText.Bytes(string.Join(',', Enumerable.Range(0, 1_000_000)) + "\n")), StringComparison.Ordinal);

    [Fact]
    public void Read_RowsThatNeverEnd_AreGivenUp()
    {
        // Each line closes a quotation and opens the next one, so that every row seems to go on to the end of the file.
        var text = new StringBuilder(GiasText.Heading).Append('\n');
        for (var i = 0; i < 200_000; i++)
            text.Append("x\",\"\n");

        using var file = GiasFile.Open(GiasText.Bytes(text.ToString())).Value;
        var lines = file.Read().ToList();

        Assert.True(file.GaveUp);
        Assert.All(lines, l => Assert.NotNull(l.Refused));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_Utf16_IsReadByItsMark(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);

        using var file = GiasFile.Open(new MemoryStream([.. encoding.Preamble, .. encoding.GetBytes(GiasText.Heading)])).Value;

        Assert.Empty(file.Read());
    }

    public static TheoryData<string, byte[], string> NoText => new()
    {
        { "empty", [], "The file is empty." },
        { "mark only", [0xef, 0xbb, 0xbf], "The file is empty." },
        { "UTF-8 with other bytes", [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(GiasText.Heading), 0xff], "no UTF-8" },
        { "UTF-16 cut off", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(GiasText.Heading), 0], "no UTF-16" },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(GiasText.Heading), "bytes that no text has" },
        { "spreadsheet", [.. "PK\u0003\u0004"u8, 20, 0], "a ZIP file or a spreadsheet" },
        { "gzip", [0x1f, 0x8b, 8, 0], "gzip" },
        { "program", [0x7f, .. "ELF"u8, 2, 1, 1, 0, 0], "bytes that no text has" },
    };

    [Theory]
    [MemberData(nameof(NoText))]
    public void Open_NoCsv_IsRefusedInWords(string what, byte[] bytes, string expected)
    {
        Assert.NotEmpty(what);
        Assert.Contains(expected, GiasText.Refusal(new MemoryStream(bytes)), StringComparison.Ordinal);
    }
}
