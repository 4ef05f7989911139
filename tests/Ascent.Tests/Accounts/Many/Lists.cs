using System.IO.Compression;
using System.Text;
using Ascent.Accounts.Many;
using Ascent.TestSupport;

namespace Ascent.Tests.Accounts.Many;

/// <summary>Lists of people as schools and attackers give them.</summary>
internal static class Lists
{
    public const string Heading = "Forename,Surname,Email,Job role,School setup,Manage data,Reports,Pupil names,End date";

    public static string Csv(params IEnumerable<string> rows) => string.Join('\n', rows.Prepend(Heading));

    public static StaffList Read(params IEnumerable<string> rows) => ReadStaffList.FromPasted(Csv(rows)).Value;

    public static IEnumerable<string> Teachers(int count, int from = 0) => Enumerable.Range(from, count).Select(i => $"Ann{i},Bell{i},ann{i}.bell@school.example,Teacher,N,N,Y,own classes,");

    public static async Task<Guid> GiveAsync(AscentHost host, TestMember by, params IEnumerable<string> rows) =>
        await host.Get<StaffListJourney>().BeginAsync(Read(rows), "list.csv", by.Actor, CancellationToken.None);

    /// <summary>Confirms and goes on as the worker does, to the end.</summary>
    public static async Task<CreateUsersOutcome> CreateAsync(AscentHost host, TestMember by, Guid list)
    {
        var confirmed = await host.Get<CreateUsers>().ConfirmAsync(list, by.Actor, CancellationToken.None);
        Assert.Empty(confirmed.Refusals);
        await host.Get<ContinueConfirmedLists>().ExecuteAsync(CancellationToken.None);
        return (await host.Get<CreateUsers>().ContinueAsync(by.School.Id, list, CancellationToken.None)).Value.Outcome!;
    }

    /// <summary>A workbook of one sheet, of these XML rows.</summary>
    public static MemoryStream Xlsx(string sheetData, string? sharedStrings = null)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            Add(zip, "xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>""");
            Add(zip, "xl/worksheets/sheet1.xml", $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheetData}</sheetData></worksheet>""");
            if (sharedStrings is not null)
                Add(zip, "xl/sharedStrings.xml", sharedStrings);
        }
        file.Position = 0;
        return file;
    }

    public static string Cells(params IEnumerable<string> cells) => $"<row>{string.Concat(cells.Select(c => $"""<c t="inlineStr"><is><t>{c}</t></is></c>"""))}</row>";

    private static void Add(ZipArchive zip, string path, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(path).Open(), new UTF8Encoding(false));
        writer.Write(text);
    }
}
