using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUsers;

/// <summary>A list taken as the whole staff, without script; and lists as spreadsheet programs save them.</summary>
public sealed class StaffListPagesTests
{
    private const string Button = "Confirm the staff list";

    public static TheoryData<string> Kinds => [.. StaffFile.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Give_FileOfFiveHundred_CreatesThemWithTheirNames(string kind)
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await (await StaffListWalk.UploadAsync(server.Browser, server.Home, kind == StaffFile.LibreOffice ? "staff.xlsx" : "staff.csv", StaffFile.Bytes(kind))).ArriveAsync();

        Assert.Equal("Check 500 rows before anyone is created", page.Heading);
        var name = kind == StaffFile.LibreOffice ? "Łukasz" : "Renée O’Neill";
        if (kind != StaffFile.LibreOffice)
            Assert.Matches($"The file was read as (Windows-1252|UTF-8|UTF-16)\\. .*“{name}”", page.Words());
        var done = await (await page.Form("Confirm and create").SubmitAsync("Confirm and create")).ArriveAsync();
        for (var tries = 0; done.Heading == "The users are being created" && tries < 120; tries++)
        {
            await Task.Delay(250);
            done = await done.ClickAsync("See how far it is");
        }
        Assert.Equal("500 people are created", done.Heading);
        var made = await server.ReadAsync(db => db.Set<Invitation>().Where(i => i.Email == "staff1@school.example").Select(i => i.Forename + " " + i.Surname).SingleAsync());
        Assert.StartsWith(name, made, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Give_EveryFaultInOneFile_HasAReasonAtItsRowAndCreatesNobody()
    {
        await using var server = await SchoolServer.StartAsync();
        var here = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolSetup));
        (string Row, string Reason)[] rows =
        [
            ("Good,Row,good@school.example,Teacher,N,Y,N", "Ready"),
            ($"{new string('x', 10_000_000)},Row,long@school.example,Teacher,N,Y,N", "This row cannot be read: the row is longer than"),
            ("ZoÃ«,Row,zoe@school.example,Teacher,N,Y,N", "“ZoÃ«” looks like “Zoë” in another encoding"),
            ("Twice,Row,GOOD@school.example,Teacher,N,Y,N", "Row 1 has the same email address"),
            ("Un,Known,role@school.example,Techer,N,Y,N", "“Techer” is no job role here"),
            ("Child,Alone,alone@school.example,Teacher,N,N,Y", "Pupil-level data needs school-level reports"),
            ("Un,Clear,unclear@school.example,Teacher,perhaps,Y,N", "School setup says “perhaps”"),
            ("No,Address,nowhere,Teacher,N,Y,N", "Enter an email address like name@school.example"),
            ($"Here,Already,{here.Email},Teacher,N,Y,N", "Here already, active"),
            ("Seat,Three,three@school.example,Teacher,Y,N,N", "Ready"),
            ("Seat,Four,four@school.example,Teacher,Y,N,N", "Ready"),
            ("Seat,Five,five@school.example,Teacher,Y,N,N", "No School setup seat left"),
            ("After,Them,after@school.example,Governor,N,N,N", "Ready"),
        ];
        var file = Encoding.UTF8.GetBytes($"{StaffListWalk.Heading}\n{string.Join('\n', rows.Select(r => r.Row))}\n");

        var page = await (await StaffListWalk.UploadAsync(server.Browser, server.Home, "staff.csv", file)).ArriveAsync();

        var told = page.Texts(".ascent-state strong");
        Assert.Equal(rows.Length, told.Count);
        Assert.All(rows.Zip(told), row => Assert.StartsWith(row.First.Reason, row.Second, StringComparison.Ordinal));
        Assert.Equal(["1", "10", "11", "13"], page.Document.QuerySelectorAll("input[name=rows][checked]").Select(e => e.GetAttribute("value")!));
        Assert.Equal(0, await server.CountAsync<Invitation>());
        Assert.Equal("4 people are created", (await (await page.Form("Confirm and create").SubmitAsync("Confirm and create")).ArriveAsync()).Heading);
    }

    [Fact]
    public async Task Give_WholeStaff_ShowsChangesAndTicksNoLeaver()
    {
        await using var server = await SchoolServer.StartAsync();
        var (ann, gone) = await FillAsync(server);

        var page = await GiveAsync(server, ann);

        Assert.Equal("Check what the staff list would do", page.Heading);
        Assert.Equal(["To change", "Ready"], page.Texts(".ascent-state strong"));
        Assert.Equal(["Job role was Teacher becomes SENCO", "View school-level reports was no becomes yes"], page.Texts(".ascent-changes li"));
        Assert.Contains("The list says “Ann Married”. The name stays Ann Account", page.Words(), StringComparison.Ordinal);
        Assert.Contains("2 people of the school are not on the list. Nobody of them is ticked", page.Words(), StringComparison.Ordinal);
        Assert.Contains("On confirm: 1 person is created and 1 person is changed.", page.Text(".ascent-decision"), StringComparison.Ordinal);
        var leavers = await (await page.Form(Button).SubmitAsync("Not on the list")).ArriveAsync();
        Assert.Equal(2, leavers.Document.QuerySelectorAll("input[name=leavers]").Length);
        Assert.Empty(leavers.Document.QuerySelectorAll("input[name=leavers][checked]"));
        // Confirmed as it stands: nobody leaves.
        Assert.Equal("1 person is created", (await (await leavers.Form(Button).SubmitAsync(Button)).ArriveAsync()).Heading);
        Assert.Equal(MembershipState.Active, await StateAsync(server, gone));
    }

    [Fact]
    public async Task Confirm_LeaverTickedOnOnePageAndRowsOnAnother_DoesBoth()
    {
        await using var server = await SchoolServer.StartAsync();
        var (ann, gone) = await FillAsync(server);
        var leavers = await (await (await GiveAsync(server, ann)).Form(Button).SubmitAsync("Not on the list")).ArriveAsync();
        var form = leavers.Form(Button);
        Tick(form.Element, gone);

        var rows = await (await form.SubmitAsync("To look at")).ArriveAsync();
        Assert.Contains("1 person is deactivated", rows.Text(".ascent-decision"), StringComparison.Ordinal);
        var confirm = rows.Form(Button);
        var done = await (await confirm.SubmitAsync(Button)).ArriveAsync();

        Assert.Equal("1 person is created", done.Heading);
        Assert.Contains("1 person was changed and 1 person was deactivated. The log names them.", done.Words(), StringComparison.Ordinal);
        Assert.Equal(MembershipState.Deactivated, await StateAsync(server, gone));
        // Sent again: the same page, nothing twice.
        Assert.Equal("1 person is created", (await (await confirm.SubmitAsync(Button)).ArriveAsync()).Heading);
        var log = await server.Browser.GetAsync($"{server.Home}/log");
        Assert.Contains("A list taken as the whole staff: 1 person created, 1 person changed and 1 person deactivated", log.Words(), StringComparison.Ordinal);
        Assert.Contains("Ann Account, Job role was Teacher becomes SENCO", log.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirm_SomebodyElseChangedThemMeanwhile_ShowsThemAsTheyAreNow()
    {
        await using var server = await SchoolServer.StartAsync();
        var (ann, gone) = await FillAsync(server);
        var form = (await GiveAsync(server, ann)).Form(Button);
        await server.ChangeAsync(async db => (await db.Set<Membership>().SingleAsync(m => m.Id == ann.MembershipId)).Change(new(JobRole.Governor, null, default, null), null, server.Factory.Clock.GetUtcNow().UtcDateTime));

        var page = await form.SubmitAsync(Button);

        Assert.Contains("Nothing was done: row 1 cannot be done as it stood here", Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Contains("Job role was Governor becomes SENCO", page.Texts(".ascent-changes li"));
        Assert.Empty(page.Document.QuerySelectorAll("input[name=rows][value='1'][checked]"));
        var again = page.Form(Button);
        ((IHtmlInputElement)again.Element.QuerySelector("input[name=rows][value='1']")!).IsChecked = true;
        Assert.Equal("1 person is created", (await (await again.SubmitAsync(Button)).ArriveAsync()).Heading);
        Assert.Equal(JobRole.Senco, await server.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == ann.MembershipId).Select(m => m.JobRole).SingleAsync()));
    }

    [Fact]
    public async Task Any_WithoutSchoolSetup_ChangesNobody()
    {
        await using var server = await SchoolServer.StartAsync();
        var (ann, gone) = await FillAsync(server);
        var form = (await (await (await GiveAsync(server, ann)).Form(Button).SubmitAsync("Not on the list")).ArriveAsync()).Form(Button);
        Tick(form.Element, gone);
        // The right goes while the page is open.
        await server.Data.AddMemberAsync(server.School, Permission.SchoolSetup);
        await server.ChangeAsync(async db => (await db.Set<Membership>().SingleAsync(m => m.Id == server.Setup.MembershipId)).Change(new(JobRole.Teacher, null, PermissionSet.Of(Permission.SchoolReports), null), null, server.Factory.Clock.GetUtcNow().UtcDateTime));

        var refused = await form.SubmitAsync(Button);

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal((MembershipState.Active, JobRole.Teacher), (await StateAsync(server, gone), await server.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == ann.MembershipId).Select(m => m.JobRole).SingleAsync())));
        Assert.Equal(1, await server.CountAsync<Invitation>());
    }

    [Fact]
    public async Task Give_MoreThanAnUploadMayBe_SaysHowMuchAndWhatToDo()
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await StaffListWalk.UploadAsync(server.Browser, server.Home, "big.csv", new byte[(16 * 1024 * 1024) + 1]);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "That is too large"), (page.Status, page.Heading));
        Assert.Contains("nothing was changed", page.Words(), StringComparison.Ordinal);
        Assert.Equal("Create multiple users", (await page.ClickAsync("Go back to the page")).Heading);
    }

    /// <summary>Somebody who stays, somebody who left, and an invitation that nobody took.</summary>
    private static async Task<(TestMember Ann, TestMember Gone)> FillAsync(SchoolServer server)
    {
        var ann = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Ann", "Account");
        var gone = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Gwen", "Left");
        await server.Data.InviteAsync(server.Setup, default, "Sam", "Waiting");
        return (ann, gone);
    }

    private static async Task<Page> GiveAsync(SchoolServer server, TestMember ann) =>
        await (await StaffListWalk.PasteStaffAsync(server.Browser, server.Home, $"Ann,Married,{ann.Email},Senco,N,Y,N", "Mei,Lin,mei@school.example,Governor,N,Y,N")).ArriveAsync();

    private static void Tick(IHtmlFormElement form, TestMember leaver) =>
        ((IHtmlInputElement)form.QuerySelector($"input[name=leavers][value='{leaver.MembershipId:N}']")!).IsChecked = true;

    private static Task<MembershipState> StateAsync(SchoolServer server, TestMember member) =>
        server.ReadAsync(db => db.Set<Membership>().Where(m => m.Id == member.MembershipId).Select(m => m.State).SingleAsync());
}
