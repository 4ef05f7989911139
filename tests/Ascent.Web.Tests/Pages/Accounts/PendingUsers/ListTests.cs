using System.Net;
using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.PendingUsers;

public sealed class ListTests
{
    [Fact]
    public async Task Get_SearchFilterAndOrder_StandInTheAddressAndCanBeTakenAwayOneByOne()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await factory.Data.InviteAsync(setup, PermissionSet.Of(Permission.ManageData), "Hannah", "Brooks");
        await factory.Data.InviteAsync(setup, default, "Hamid", "Aziz");
        await factory.Data.InviteAsync(setup, default, "Tom", "Reed");
        var browser = await factory.SignInAsync(setup);

        var page = await browser.GetAsync(List(setup));
        page = await page.Form("q").Fill("q", " HA ").SubmitAsync("Search");
        Assert.Equal(["Hamid Aziz", "Hannah Brooks"], People(page).Order());
        page = await page.ClickAsync("By surname");
        Assert.Equal(["Hamid Aziz", "Hannah Brooks"], People(page));
        Assert.Equal("ascending", page.Document.QuerySelector("th.ascent-col-person")!.GetAttribute("aria-sort"));
        page = await page.ClickAsync("Manage data 1");
        Assert.Equal(["Hannah Brooks"], People(page));
        Assert.Equal($"{List(setup)}?q=HA&access=manage-data&sort=name", page.Path);
        Assert.Equal(["Search: HA Remove this filter", "Access: Manage data 1 Remove this filter"], page.Texts("a.ascent-chip"));

        page = await page.ClickAsync("Search: HA");
        Assert.Equal(["Hannah Brooks"], People(page));
        page = await page.ClickAsync("Access: Manage data");
        Assert.Equal(3, People(page).Count);
        Assert.Equal($"{List(setup)}?sort=name", page.Path);
    }

    [Fact]
    public async Task Get_NobodyFits_SaysHowToWiden()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await factory.Data.InviteAsync(setup, default, "Tom", "Reed");
        var browser = await factory.SignInAsync(setup);

        var page = await browser.GetAsync($"{List(setup)}?q=%3Cb%3Ezz&link=run-out&sort=name");

        Assert.Contains("No forename, surname or email address begins with “<b>zz”", page.Text(".ascent-list__empty"), StringComparison.Ordinal);
        Assert.Equal("0 people found. Every time a code is shown, the log says who saw it.", page.Text(".ascent-list__foot span"));
        Assert.Equal(["Tom Reed"], People(await page.ClickAsync("Show everybody who is pending")));
    }

    [Theory]
    [InlineData("?link=nonsense&access=SchoolSetup&sort=1&after=x&id=abc&created=zz&deleted=-1")]
    [InlineData("?q=%00&after=AAAA.0198c0de00007000800000000000abcd&sort=name")]
    [InlineData("?q=%ED%A0%80")]
    [InlineData("?q=a&q=b&link=waiting&link=run-out")]
    public async Task Get_AddressThatNoPageWrites_ShowsAListAndNoError(string query)
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await factory.Data.InviteAsync(setup);

        Assert.Equal(HttpStatusCode.OK, (await (await factory.SignInAsync(setup)).GetAsync(List(setup) + query)).Status);
    }

    [Fact]
    public async Task Get_MoreThanAPage_GoesOnAndBackToTheBeginning()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var i = 0; i < 52; i++)
            await factory.Data.InviteAsync(setup, surname: $"Person{i:00}");
        var browser = await factory.SignInAsync(setup);

        var first = await browser.GetAsync($"{List(setup)}?sort=name&q=person");
        var second = await first.ClickAsync("Next page");

        Assert.Equal(["Sam Person50", "Sam Person51"], People(second));
        Assert.Equal("52 people found. Every time a code is shown, the log says who saw it.", second.Text(".ascent-list__foot span"));
        Assert.Equal("Sam Person00", People(await second.ClickAsync("First page"))[0]);
        // A code shown on the second page is shown there.
        var shown = await second.Form("ids").SubmitAsync("Show code for Sam Person51");
        Assert.Equal(["Sam Person50", "Sam Person51"], People(shown));
        Assert.Contains("The activation code for Sam Person51 is", shown.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_States_AreSaidWithDatesAndWrongTries()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        foreach (var surname in (string[])["Fresh", "Trying", "Dead", "Tried", "Replaced", "Soon", "RunOut", "Asked"])
            await factory.Data.InviteAsync(setup, surname: surname);
        var now = factory.Clock.GetUtcNow().UtcDateTime;
        await ChangeAsync(factory, async db =>
        {
            var all = await db.Set<Invitation>().ToDictionaryAsync(i => i.Surname);
            // Far ahead, so that the sender of the running server leaves them alone.
            foreach (var mail in await db.Set<OutboxMail>().ToListAsync())
                (mail.State, mail.SentAt, mail.NextAttemptAt) = (MailState.Sent, now, now.AddYears(1));
            void Mail(string of, MailState state, string? error) =>
                (db.Set<OutboxMail>().Local.Single(m => m.Id == all[of].MailId).State, db.Set<OutboxMail>().Local.Single(m => m.Id == all[of].MailId).LastError) = (state, error);
            Mail("Fresh", MailState.Waiting, null);
            Mail("Trying", MailState.Waiting, "SocketException");
            Mail("Dead", MailState.Dead, "refused");
            all["Tried"].WrongTries = 3;
            all["Replaced"].CodeReplacedAt = now.AddMinutes(-9);
            (all["Soon"].ExpiresAt, all["Soon"].WrongTries) = (now.AddHours(25), 1);
            (all["RunOut"].ExpiresAt, all["RunOut"].WrongTries) = (now.AddHours(-10), 2);
            (all["Asked"].ExpiresAt, all["Asked"].NewLinkAskedAt) = (now.AddHours(-40), now.AddHours(-2));
        });

        var page = await (await factory.SignInAsync(setup)).GetAsync(List(setup));

        string State(string surname) => Page(page, surname, ".ascent-state");
        Assert.Equal("Not sent yet The mail goes out in a moment", State("Fresh"));
        Assert.Equal("Not sent yet Trying since today at 09:00: the mail server has not taken it", State("Trying"));
        Assert.Equal("Could not be delivered Check the address: Withdraw and create again puts it right Resend to Sam Dead", State("Dead"));
        Assert.Equal("Code tried, 3 wrong tries Works until 7 December 2026", State("Tried"));
        Assert.Equal("Code replaced today at 08:51 10 wrong tries. The link still works: give the new code", State("Replaced"));
        Assert.Equal("Ends tomorrow at 10:00 Sent today at 09:00 1 wrong try at the code", State("Soon"));
        Assert.Equal("Ran out yesterday at 23:00 Resend makes a new link and a new code 2 wrong tries at the code Resend to Sam RunOut", State("RunOut"));
        Assert.Equal("Asked for a new link today at 07:00 The old one has run out Resend to Sam Asked", State("Asked"));
        Assert.DoesNotContain("New code", Page(page, "RunOut", ".ascent-menu"), StringComparison.Ordinal);
        Assert.Contains("New code", Page(page, "Tried", ".ascent-menu"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NewCode_TellsTheNextStepAndTheOldCodeIsDead()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var pending = await factory.Data.InviteAsync(setup, default, "Tom", "Reed");
        var old = await factory.Data.CodeOfAsync(pending.MembershipId);
        var browser = await factory.SignInAsync(setup);

        var page = await (await (await browser.GetAsync($"{List(setup)}?sort=name")).Form("ids").SubmitAsync("New code")).ArriveAsync();

        Assert.Equal("Next: give Tom Reed the new activation code", page.Text(".govuk-notification-banner__heading"));
        Assert.Contains("sort=name", page.Path, StringComparison.Ordinal);
        var code = await factory.Data.CodeOfAsync(pending.MembershipId);
        Assert.NotEqual(old, code);
        var shown = await page.Form("ids").SubmitAsync("Show code for Tom Reed");
        Assert.Contains(code, shown.Text(".ascent-code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NewCodeForSomebodyElsewhere_IsNotFound()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await factory.Data.InviteAsync(setup);
        var elsewhere = await factory.Data.InviteAsync(await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup));
        var code = await factory.Data.CodeOfAsync(elsewhere.MembershipId);
        var list = await (await factory.SignInAsync(setup)).GetAsync(List(setup));

        foreach (var button in (string[])["New code", "Resend", "Withdraw and create again", "Show code"])
        {
            var form = list.Form("ids");
            foreach (var each in form.Element.QuerySelectorAll("button[name=id]"))
                each.SetAttribute("value", elsewhere.MembershipId.ToString("N"));
            Assert.Equal(HttpStatusCode.NotFound, (await form.SubmitAsync(button)).Status);
        }
        Assert.Equal(code, await factory.Data.CodeOfAsync(elsewhere.MembershipId));
    }

    private static string List(TestMember member) => $"/schools/{member.School.Code}/users/pending";

    private static IReadOnlyList<string> People(Page page) => page.Texts("tbody .ascent-person");

    private static string Page(Page page, string surname, string selector) =>
        string.Join(' ', page.Document.QuerySelectorAll("tbody tr").Single(r => r.QuerySelector(".ascent-person")!.TextContent.EndsWith(surname, StringComparison.Ordinal))
            .QuerySelector(selector)!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // The sender of the running server may be at work on the same rows.
    private static Task<int> ChangeAsync(AscentFactory factory, Func<AppDb, Task> change) =>
        factory.Get<Database>().ChangeAsync(OrganisationScope.Server, async db =>
        {
            await change(db);
            return await db.SaveChangesAsync();
        }, CancellationToken.None);
}
