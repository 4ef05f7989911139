using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Ascent.Tests.Shared.Sheets;

/// <summary>Workbooks made by hand, as no spreadsheet program would write them.</summary>
internal static class Workbooks
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>A workbook of one sheet, of these XML rows.</summary>
    public static MemoryStream Of(string sheetData, string? sharedStrings = null, string main = Main) => Of([("", sheetData)], sharedStrings, main);

    /// <param name="sheets">Attributes of each sheet in the workbook, and its XML rows.</param>
    public static MemoryStream Of(IReadOnlyList<(string Attributes, string Data)> sheets, string? sharedStrings = null, string main = Main, IReadOnlyList<(string Path, string Text)>? more = null)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var numbers = Enumerable.Range(1, sheets.Count).ToArray();
            Add(zip, "[Content_Types].xml", $"""<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/>{string.Concat(numbers.Select(n => $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{Types}.worksheet+xml"/>"""))}<Override PartName="/xl/sharedStrings.xml" ContentType="{Types}.sharedStrings+xml"/></Types>""");
            Add(zip, "_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Add(zip, "xl/workbook.xml", $"""<workbook xmlns="{main}" xmlns:r="{Relations}"><sheets>{string.Concat(numbers.Select(n => $"""<sheet name="S{n}" sheetId="{n}" r:id="rId{n}" {sheets[n - 1].Attributes}/>"""))}</sheets></workbook>""");
            Add(zip, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}/relationships">{string.Concat(numbers.Select(n => $"""<Relationship Id="rId{n}" Type="{Relations}/worksheet" Target="worksheets/sheet{n}.xml"/>"""))}{(sharedStrings is null ? "" : $"""<Relationship Id="shared" Type="{Relations}/sharedStrings" Target="sharedStrings.xml"/>""")}</Relationships>""");
            foreach (var n in numbers)
                Add(zip, $"xl/worksheets/sheet{n}.xml", $"""<worksheet xmlns="{main}"><sheetData>{sheets[n - 1].Data}</sheetData></worksheet>""");
            if (sharedStrings is not null)
                Add(zip, "xl/sharedStrings.xml", sharedStrings);
            foreach (var (path, text) in more ?? [])
                Add(zip, path, text);
        }
        file.Position = 0;
        return file;
    }

    public static string Row(params IEnumerable<string> cells) => $"<row>{string.Concat(cells.Select(Text))}</row>";

    public static string Text(string text) => $"""<c t="inlineStr"><is><t>{text}</t></is></c>""";

    public static string Shared(string items) => $"""<sst xmlns="{Main}">{items}</sst>""";

    /// <summary>Says of every entry that it unpacks to so many bytes, in the directory at the end and at the entry itself.</summary>
    public static MemoryStream Claiming(MemoryStream file, uint unpacked)
    {
        var bytes = file.ToArray();
        for (var i = 0; i + 46 < bytes.Length; i++)
        {
            if (bytes.AsSpan(i).StartsWith("PK\u0001\u0002"u8))
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i + 24), unpacked);
            else if (bytes.AsSpan(i).StartsWith("PK\u0003\u0004"u8))
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i + 22), unpacked);
        }
        return new MemoryStream(bytes);
    }

    private static void Add(ZipArchive zip, string path, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(path).Open(), new UTF8Encoding(false));
        writer.Write(text);
    }
}
