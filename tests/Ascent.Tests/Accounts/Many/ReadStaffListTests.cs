using System.Text;
using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Sheets;
using Ascent.TestSupport;
using Ascent.Tests.Shared.Sheets;

namespace Ascent.Tests.Accounts.Many;

/// <summary>What people, spreadsheets and attackers hand in; nothing of it throws, and memory stays bounded.</summary>
public sealed class ReadStaffListTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static readonly string[] Required = ["Forename", "Surname", "Email", "Job role"];

    [Fact]
    public void StaffFile_AsExcelSavesIt_IsTheFileBesideIt()
    {
        var bytes = StaffFile.Bytes(StaffFile.Windows1252);

        Assert.Equal(StaffFile.Saved("staff-500-excel-windows-1252.csv"), bytes);
        // The apostrophe of O’Neill is a byte that Latin-1 does not have.
        Assert.Contains((byte)0x92, bytes);
    }

    [Theory]
    [InlineData(StaffFile.Windows1252, "Windows-1252")]
    [InlineData(StaffFile.Windows1252Semicolons, "Windows-1252")]
    [InlineData(StaffFile.Utf8, "UTF-8")]
    [InlineData(StaffFile.Utf16, "UTF-16")]
    [InlineData(StaffFile.Utf16BigEndian, "UTF-16")]
    public void FromFile_AsExcelSavesIt_KeepsEveryName(string kind, string encoding)
    {
        var list = ReadStaffList.FromFile(new MemoryStream(StaffFile.Bytes(kind))).Value;

        Assert.Equal((encoding, StaffFile.People), (list.Encoding, list.Rows.Count));
        Assert.All(list.Rows, r => Assert.Equal(StaffFile.Name(r.Number, encoding == "Windows-1252"), (r.ReadPerson().Value.Person.Forename, r.ReadPerson().Value.Person.Surname)));
        Assert.All(list.Rows, r => Assert.True(r.ReadAccess(true, Today).Succeeded));
        Assert.Equal(100, list.Rows.Count(r => r.ReadAccess(true, Today).Value.EndsOn == new DateOnly(2027, 8, 31)));
    }

    [Fact]
    public void FromFile_Utf8WithoutMark_IsTakenForWhatItIs() =>
        Assert.Equal("UTF-8", ReadStaffList.FromFile(new MemoryStream(Encoding.UTF8.GetBytes(Lists.Csv("Zoë,Lund,zoe@school.example,Teacher,N,N,Y,N,")))).Value.Encoding);

    [Theory]
    [InlineData("")]
    [InlineData("mark")]
    public void FromFile_TwoEncodingsInOneFile_AreAReasonAtTheRow(string mark)
    {
        // Two lists put together: the first lines are UTF-8, the last is Windows-1252.
        byte[] file =
        [
            .. mark.Length > 0 ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(Lists.Csv("Zoë,Lund,zoe@school.example,Teacher,N,N,Y,N,", "Ann,O’Neill,ann@school.example,Teacher,N,N,Y,N,", "Bob,Plain,bob@school.example,Teacher,N,N,Y,N,") + "\n"),
            .. CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("Renée,Núñez,renee@school.example,Teacher,N,N,Y,N,\n"),
        ];

        var rows = ReadStaffList.FromFile(new MemoryStream(file)).Value.Rows;

        string?[] reasons = [.. rows.Select(r => r.ReadPerson().Refusals.OfType<GarbledCell>().FirstOrDefault()?.Message)];
        if (mark.Length > 0)
        {
            Assert.Equal([null, null, null], reasons[..3]);
            Assert.Contains("a character that could not be read", reasons[3], StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("looks like “Zoë”", reasons[0], StringComparison.Ordinal);
            Assert.Contains("looks like “O’Neill”", reasons[1], StringComparison.Ordinal);
            Assert.Equal([null, null], reasons[2..]);
        }
        // The cells stay, to be mended by hand.
        Assert.Equal("Teacher", rows[3].Cell(StaffColumns.JobRole));
    }

    [Fact]
    public void FromFile_BytesThatMeanNothingInWindows1252_AreAReasonAtTheRow()
    {
        byte[] file = [.. Encoding.ASCII.GetBytes(Lists.Csv("A") + "x,Lund,"), 0x81, .. Encoding.ASCII.GetBytes("@school.example,Teacher,N,N,Y,N,\nZo"), 0xeb, .. Encoding.ASCII.GetBytes(",Lund,zoe@school.example,Teacher,N,N,Y,N,")];

        var rows = ReadStaffList.FromFile(new MemoryStream(file)).Value.Rows;

        Assert.IsType<GarbledCell>(rows[0].ReadPerson().Refusals[0]);
        Assert.Equal("Zoë", rows[1].ReadPerson().Value.Person.Forename);
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("Forename,Surname\nA,B", "These are missing: Email and Job role")]
    [InlineData("Forename,First name,Surname,Email,Job role\nA,A,B,c@d.example,Teacher", "Two columns say the same: “Forename” and “First name”")]
    [InlineData("Forename,Surname,Email,Job role\n\n , ,,\n", "There is a heading, and no row beneath it")]
    [InlineData("\"Forename,Surname,Email,Job role\nA,B,c@d.example,Teacher", "The heading cannot be read")]
    [InlineData("PK\u0003\u0004 and no more", "damaged or locked")]
    [InlineData("%PDF-1.7\u0000\u0001", "not a CSV file")]
    public void FromFile_NoListOfPeople_SaysWhy(string text, string reason) => Assert.Contains(reason, Refused(Encoding.Latin1.GetBytes(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("staff.csv", false, null)]
    [InlineData("STAFF.TXT", false, null)]
    [InlineData("staff", false, null)]
    [InlineData("staff.xlsx", true, null)]
    [InlineData("staff", true, null)]
    [InlineData("staff.xlsx", false, "This is text")]
    [InlineData("staff.csv.exe", false, "This is text")]
    [InlineData("staff.csv", true, "This is a spreadsheet")]
    [InlineData("staff.xlsx.html", true, "This is a spreadsheet")]
    [Asvs("5.2.2", "A list of people whose contents are not what the ending of its name says is refused.")]
    public void FromFile_EndingSaysSomethingElse_IsRefused(string name, bool isWorkbook, string? reason)
    {
        using var file = isWorkbook
            ? new MemoryStream(XlsxFile.Write("Users", StaffColumns.Template(true)))
            : new MemoryStream(Encoding.UTF8.GetBytes(Lists.Csv("Ada,Byron,ada@school.example,Teacher,N,N,Y,N,")));

        var read = ReadStaffList.FromFile(file, name);

        Assert.Equal(reason is null, read.Succeeded);
        if (reason is not null)
            Assert.StartsWith(reason, Assert.Single(read.Refusals).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromPasted_CellsOfASpreadsheet_AreReadByTabs()
    {
        var row = Assert.Single(ReadStaffList.FromPasted("First name\tLast name\tE-mail\tRole\tClass\nSofia\tMarino, Dr\tsofia@school.example\tteacher\t2 Birch\n").Value.Rows);

        Assert.Equal("Marino, Dr", row.Cell(StaffColumns.Surname));
        Assert.Equal(JobRole.Teacher, row.ReadAccess(true, Today).Value.JobRole);
    }

    [Fact]
    public void FromPasted_UnknownColumn_IsTold() =>
        Assert.Equal(["Class"], ReadStaffList.FromPasted("Forename,Surname,Email,Job role,Class\nA,B,c@d.example,Teacher,2B").Value.NotRead);

    [Fact]
    public void FromPasted_TooManyPeople_IsRefusedBeforeMoreIsRead()
    {
        Assert.Equal(ReadStaffList.MostRows, Lists.Read(Lists.Teachers(ReadStaffList.MostRows)).Rows.Count);
        Assert.Contains("more than 2,000", ReadStaffList.FromPasted(Lists.Csv(Lists.Teachers(1_000_000))).Refusals[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromFile_HugeCell_IsAFaultOfItsRowAndTheOthersStay()
    {
        var text = Lists.Csv($"{new string('x', 10_000_000)},B,c@d.example,Teacher,N,N,Y,N,", $"{new string('y', 1_000)},B,c@d.example,Teacher,N,N,Y,N,", "A,B,c@d.example,Teacher,N,N,Y,N,");

        var rows = ReadStaffList.FromFile(new MemoryStream(Encoding.UTF8.GetBytes(text))).Value.Rows;

        Assert.Contains("longer than", rows[0].Fault, StringComparison.Ordinal);
        Assert.Contains("Forename is longer than 500", rows[1].Fault, StringComparison.Ordinal);
        Assert.Null(rows[^1].Fault);
    }

    [Theory]
    [InlineData("Techer", "Y", "", "“Techer” is no job role here")]
    [InlineData("", "Y", "", "Choose the job role")]
    [InlineData("Other", "Y", "", "Say which role it is")]
    [InlineData("Teacher", "perhaps", "", "Reports says “perhaps”")]
    [InlineData("Teacher", "own classes", "", "Reports says “own classes”")]
    [InlineData("Teacher", "Y", "31/02/2027", "“31/02/2027” is no day")]
    [InlineData("Teacher", "Y", "31/8/27", "“31/8/27” is no day")]
    [InlineData("Teacher", "Y", "22/11/2026", "must be today")]
    public void ReadAccess_CellUnsound_SaysWhichAndHowToMendIt(string role, string reports, string end, string reason) =>
        Assert.Contains(Assert.Single(Lists.Read($"A,B,c@d.example,{role},N,N,{reports},N,{end}").Rows).ReadAccess(true, Today).Refusals, r => r.Message.Contains(reason, StringComparison.Ordinal));

    [Theory]
    [InlineData("31/08/2027")]
    [InlineData("2027-08-31")]
    [InlineData("31 August 2027")]
    [InlineData("46630")] // how a spreadsheet keeps that day
    public void ReadAccess_EndDateAsPeopleWriteIt_IsThatDay(string typed) =>
        Assert.Equal(new DateOnly(2027, 8, 31), Lists.Read($"A,B,c@d.example,Other: Chess coach,N,N,N,N,{typed}").Rows[0].ReadAccess(true, Today).Value.EndsOn);

    [Fact]
    public void FromFile_OwnTemplate_IsReadyAsItIs()
    {
        var row = Assert.Single(ReadStaffList.FromFile(new MemoryStream(XlsxFile.Write("Users", StaffColumns.Template(true)))).Value.Rows);

        var access = row.ReadAccess(true, Today).Value;
        Assert.Equal((JobRole.Teacher, PupilScope.OwnClasses), (access.JobRole, access.Permissions.ScopeOf(Permission.PupilReports)));
        Assert.True(row.ReadPerson().Succeeded);
    }

    [Fact]
    public void FromFile_WorkbookWithSharedStringsGapsAndFormulas_TakesTheSavedValues()
    {
        var shared = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>Zo</t></r><r><t>ë</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si></sst>""";
        var row = """<row r="9"><c r="A9" t="s"><v>0</v></c><c r="C9" t="str"><f>A9&amp;"x"</f><v>zoe@school.example</v></c><c r="B9" t="inlineStr"><is><t>Lund</t></is></c><c r="D9" t="inlineStr"><is><t>Teacher</t></is></c><c r="XFD9"><v>1</v></c></row>""";
        var unsaved = """<row r="10"><c r="A10"><f>1+1</f></c></row>""";

        var rows = ReadStaffList.FromFile(Workbooks.Of(Workbooks.Row(Required) + row + unsaved, shared)).Value.Rows;

        Assert.Equal(("Zoë Lund", "zoe@school.example"), (rows[0].ReadPerson().Value.Person.FullName, rows[0].Cell(StaffColumns.Email)));
        // A row with nothing but a formula that was never worked out is as empty as it looks.
        Assert.Single(rows);
    }

    [Fact]
    public void FromFile_FormulaWithoutValueBesideOthers_IsAFaultOfTheRow() =>
        Assert.Contains("cell C2 is a formula", ReadStaffList.FromFile(Workbooks.Of(Workbooks.Row(Required) + """<row r="2"><c r="A2" t="inlineStr"><is><t>Zoë</t></is></c><c r="C2"><f>A2</f></c></row>""")).Value.Rows[0].Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData("bomb", "unpacks to far more")]
    [InlineData("strings", "unpacks to far more")]
    [InlineData("entity", "damaged or locked")]
    [InlineData("rows", "more than 2,000")]
    [Asvs("1.5.1", "Workbooks with entities are refused.")]
    [Asvs("5.2.1", "Workbooks that unpack to far more, or have endless rows, are refused in bounded memory.")]
    [Asvs("5.2.3", "Unpacking stops at 64 MB; only the parts that are needed are opened.")]
    public void FromFile_HostileWorkbook_IsRefusedInBoundedMemory(string kind, string reason)
    {
        using var file = kind switch
        {
            "bomb" => Workbooks.Of(new string(' ', 200_000_000)),
            "strings" => Workbooks.Of(Workbooks.Row(Required), $"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{string.Concat(Enumerable.Repeat("<si><t></t></si>", 1_000_000))}</sst>"""),
            "entity" => Workbooks.Of(Workbooks.Row(Required), """<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&a;</t></si></sst>"""),
            _ => Workbooks.Of(Workbooks.Row(Required) + string.Concat(Enumerable.Repeat("<row><c><v>1</v></c></row>", 1_000_000))),
        };
        IReadOnlyList<Refusal> refused = [];

        var taken = Property.Allocates(() => refused = ReadStaffList.FromFile(file).Refusals);

        Assert.Contains(reason, Assert.Single(refused).Message, StringComparison.Ordinal);
        Assert.True(taken < 400_000_000, "It took far more memory than a list needs.");
    }

    private static string Refused(byte[] file) => Assert.Single(ReadStaffList.FromFile(new MemoryStream(file)).Refusals).Message;
}
