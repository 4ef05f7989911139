using Ascent.Shared.Csv;
using Ascent.Shared.Sheets;

namespace Ascent.Tests.Shared.Sheets;

/// <summary>What spreadsheet programs write, and what attackers write; the latter within bounded memory.</summary>
public sealed class XlsxSheetTests
{
    private const string Plain = "<row>" + "<c t=\"inlineStr\"><is><t>a</t></is></c></row>";

    [Fact]
    public void Write_Rows_AreReadBackAsTheyAre()
    {
        string[][] rows = [["Forename", "Surname"], ["  Zoë <&>\" ", "O’Neill"], ["=1+1", ""]];

        var read = Rows(new MemoryStream(XlsxFile.Write("Users & more", rows)));

        Assert.Equal(rows.Select(r => string.Join('|', r)), read.Select(r => string.Join('|', r.Cells)));
    }

    [Fact]
    public void Write_Numbers_AreNumbersWhereTheyAreAskedFor()
    {
        string[][] rows = [["-0.24", "007", "=1+1", "2023/24", "12"]];

        using var asNumbers = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(new MemoryStream(XlsxFile.Write("Figures", rows, numbers: true)), false);
        using var asText = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(new MemoryStream(XlsxFile.Write("Codes", rows)), false);

        Assert.Equal(["n", "inlineStr", "inlineStr", "inlineStr", "n"], Kinds(asNumbers));
        Assert.Equal(["inlineStr", "inlineStr", "inlineStr", "inlineStr", "inlineStr"], Kinds(asText));

        static IEnumerable<string?> Kinds(DocumentFormat.OpenXml.Packaging.SpreadsheetDocument file) =>
            file.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Select(c => c.DataType?.InnerText);
    }

    [Fact]
    public void Next_CellsOfEveryKind_AreWhatTheSpreadsheetSaved()
    {
        var shared = Workbooks.Shared("<si><r><t>Zo</t></r><r><t>ë</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></si>");
        var row = """<row r="9"><c r="A9" t="s"><v>0</v></c><c r="C9" t="str"><f>A9</f><v>sum</v></c><c r="B9"><v>46630</v></c><c r="D9" t="b"><v>1</v></c><c r="E9" t="e"><v>#N/A</v></c><c r="F9" t="d"><v>2027-08-31</v></c><c r="G9"/><c r="H9" t="s"><v>7</v></c><c r="I9" t="s"><v>x</v></c></row>""";

        var read = Assert.Single(Rows(Workbooks.Of("<row/>" + row, shared)));

        Assert.Equal((9, null), (read.Line, read.Fault));
        Assert.Equal(["Zoë", "46630", "sum", "TRUE", "#N/A", "2027-08-31", "", "", ""], read.Cells);
    }

    [Fact]
    public void Next_FormulaNeverWorkedOut_IsTold() =>
        Assert.Contains("cell AB7 is a formula", Assert.Single(Rows(Workbooks.Of("""<row r="7"><c r="A7"><v>1</v></c><c r="AB7"><f>A7</f></c></row>"""))).Fault, StringComparison.Ordinal);

    [Fact]
    public void Next_MergedCells_StandWhereTheyBegin() =>
        Assert.Equal(["Both", "", "c"], Assert.Single(Rows(Workbooks.Of($"""<row r="1">{Workbooks.Text("Both")}<c r="B1"/><c r="C1" t="str"><v>c</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><sheetData>"""))).Cells);

    [Fact]
    public void Next_FarColumns_ArePassedOverAndCostNothing()
    {
        var row = $"""<row><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c><c r="ZZZZZZZ1"><v>3</v></c></row>""";

        var rows = Rows(Workbooks.Of(string.Concat(Enumerable.Repeat(row, 2_000))));

        Assert.Equal(2_000, rows.Count(r => r.Cells is ["1"]));
    }

    [Fact]
    public void Next_LongCell_IsCutSoThatItIsSeen() =>
        Assert.Equal(XlsxSheet.LongestCell + 1, Assert.Single(Rows(Workbooks.Of(Workbooks.Row(new string('x', 30_000))))).Cells[0].Length);

    [Theory]
    [InlineData("state=\"hidden\"")]
    [InlineData("state=\"veryHidden\"")]
    public void Open_FirstSheetHidden_ReadsTheOneThatPeopleSee(string hidden) =>
        Assert.Equal(["seen"], Assert.Single(Rows(Workbooks.Of([(hidden, Workbooks.Row("hidden")), ("", Workbooks.Row("seen")), ("", Workbooks.Row("second"))]))).Cells);

    [Fact]
    public void Open_StrictWorkbook_IsReadLikeAnyOther() =>
        Assert.Equal(["a"], Assert.Single(Rows(Workbooks.Of(Plain, main: "http://purl.oclc.org/ooxml/spreadsheetml/main"))).Cells);

    [Fact]
    public void Open_LinkThatIsNoAddress_DoesNotStandInTheWay()
    {
        // Excel makes links of addresses while they are typed, and keeps them as they were typed.
        var links = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="h1" TargetMode="External" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="mailto:zoe@school.example, ann@[school"/></Relationships>""";

        Assert.Equal(["a"], Assert.Single(Rows(Workbooks.Of([("", Plain)], more: [("xl/worksheets/_rels/sheet1.xml.rels", links)]))).Cells);
    }

    [Theory]
    [InlineData("bomb")]
    [InlineData("two bombs")]
    [InlineData("strings")]
    [InlineData("long cell")]
    [InlineData("long cell in pieces")]
    [InlineData("long attribute")]
    [InlineData("many attributes")]
    [InlineData("long name")]
    [InlineData("long comment")]
    [InlineData("cells")]
    [InlineData("entries")]
    [InlineData("content types")]
    public void Read_MoreThanAnyListNeeds_IsRefusedInBoundedMemory(string kind)
    {
        using var file = Hostile(kind);
        GC.Collect();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refused = Refused(file);

        Assert.Contains("unpacks to far more", refused, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
    }

    [Theory]
    [InlineData("<is><t>{0}</t></is>", "inlineStr")]
    [InlineData("<is>{1}</is>", "inlineStr")]
    [InlineData("<v>{0}</v>", "str")]
    public void Next_LongCellInSmallPieces_IsCutInBoundedMemory(string content, string type)
    {
        var cell = content.Replace("{0}", string.Concat(Enumerable.Repeat("xy<!-- -->", 4_000_000)), StringComparison.Ordinal).Replace("{1}", string.Concat(Enumerable.Repeat("<r><t>xy</t></r>", 3_000_000)), StringComparison.Ordinal);
        using var file = Workbooks.Of($"""<row><c t="{type}">{cell}</c><c><v>2</v></c></row>""");
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var row = Assert.Single(Rows(file));

        Assert.Equal("2", row.Cells[1]);
        Assert.InRange(row.Cells[0].Length, 2, XlsxSheet.LongestCell + 1);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 50_000_000);
    }

    [Theory]
    [InlineData(100u)]
    [InlineData(4_000u)]
    public void Read_BombThatSaysItIsSmall_GivesNoMoreThanItSays(uint says)
    {
        using var file = Workbooks.Claiming(Workbooks.Of(new string(' ', 200_000_000)), says);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("damaged or locked", Refused(file), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Theory]
    [InlineData("sst")]
    [InlineData("sheet")]
    public void Read_Entities_AreRefused(string where)
    {
        const string bomb = "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>";
        using var file = where == "sst"
            ? Workbooks.Of(Plain, $"""{bomb}<sst xmlns="{Workbooks.Main}"><si><t>&b;</t></si></sst>""")
            : Workbooks.Of(Workbooks.Row("&b;"));

        Assert.Contains("damaged or locked", Refused(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OtherZipFile_SaysWhatItIs() =>
        Assert.Contains("not a spreadsheet", Refused(Workbooks.Of([], more: [("word/document.xml", "<a/>")])), StringComparison.Ordinal);

    private static MemoryStream Hostile(string kind) => kind switch
    {
        "bomb" => Workbooks.Of(new string(' ', 200_000_000)),
        "two bombs" => Workbooks.Of([("", new string(' ', 40_000_000)), ("", new string(' ', 40_000_000))]),
        "strings" => Workbooks.Of(Plain, Workbooks.Shared(string.Concat(Enumerable.Repeat("<si><t></t></si>", 1_000_000)))),
        "long cell" => Workbooks.Of(Workbooks.Row(new string('x', 60_000_000))),
        "long cell in pieces" => Workbooks.Of(Workbooks.Row($"<![CDATA[{string.Concat(Enumerable.Repeat("x<!-- -->", 5_000_000))}]]>")),
        "long attribute" => Workbooks.Of($"""<row><c r="{new string('A', 60_000_000)}"/></row>"""),
        "many attributes" => Workbooks.Of($"<row><c {string.Concat(Enumerable.Range(0, 3_000_000).Select(i => $"a{i}=\"1\" "))}/></row>"),
        "long name" => Workbooks.Of($"<row><{new string('n', 60_000_000)}/></row>"),
        "long comment" => Workbooks.Of($"<row><!--{new string('n', 60_000_000)}--></row>"),
        "cells" => Workbooks.Of($"<row>{string.Concat(Enumerable.Repeat("<c><v>1</v></c>", 4_000_000))}</row>"),
        "entries" => Workbooks.Of([("", Plain)], more: [.. Enumerable.Range(0, 2_000).Select(i => ($"xl/media/{i}.xml", "<a/>"))]),
        _ => Workbooks.Of([("", Plain)], more: [("xl/worksheets/_rels/sheet1.xml.rels", new string(' ', 2_000_000))]),
    };

    private static List<CsvRow> Rows(Stream file)
    {
        using var sheet = XlsxSheet.Open(file).Value;
        var rows = new List<CsvRow>();
        while (sheet.Next().Value is { } row)
            rows.Add(row);
        return rows;
    }

    private static string Refused(Stream file)
    {
        var opened = XlsxSheet.Open(file);
        if (!opened.Succeeded)
            return opened.Refusals[0].Message;
        using var sheet = opened.Value;
        while (true)
        {
            var next = sheet.Next();
            if (!next.Succeeded)
                return next.Refusals[0].Message;
            if (next.Value is null)
                return "It was read to its end.";
        }
    }
}
