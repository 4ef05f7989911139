using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Crashes;

/// <summary>
/// A School setup holder at work over HTTP, one person after the other: creates, and then hands over the code, sends the link again or
/// deletes; the person signs up. Goes on after every crash where it stood, and keeps the ledger.
/// </summary>
/// <param name="first">The number of the first person: what becomes of them goes by it, and administrators begin at different ones.</param>
internal sealed partial class Administrator(MortalServer server, TestMember member, Ledger ledger, Mailbox mailbox, int first)
{
    private const string NewPassword = "seven brass kettles";

    // A mail that was in a dead server's hands comes again when its lease is over; nobody waits for that here.
    private static readonly TimeSpan PatienceForMail = TimeSpan.FromSeconds(3);

    private readonly Browser browser = server.OpenBrowser();
    private int number = first;
    private int managers;

    private string Home => $"/schools/{member.School.Code}";

    public async Task WorkAsync(CancellationToken until)
    {
        await SignInAsync(server, browser, member.Email, member.Password);
        while (!until.IsCancellationRequested)
            await PersonAsync(number++);
    }

    /// <summary>Signs in and lets the answer say so.</summary>
    public static async Task SignInAsync(MortalServer server, Browser browser, string email, string password)
    {
        var form = await server.AskAsync(() => browser.GetAsync("/sign-in"));
        var answer = await server.AskAsync(() => form.Form("Password").Fill("Email", email).Fill("Password", password).SubmitAsync());
        Assert.True(answer.IsRedirect, $"{email} could not sign in: {answer.Summary}");
    }

    private async Task PersonAsync(int n)
    {
        // Some take a seat, while there is one.
        var manages = n % 3 == 0 && managers < 6;
        string[] ticked = manages ? ["ManageData"] : n % 3 == 1 ? ["SchoolReports"] : [];
        var creation = ledger.Begin($"p{n}@{member.School.Code}.example", PermissionSet.Of([.. ticked.Select(Enum.Parse<Permission>)]));
        var list = await CreateAsync(creation, ticked);
        managers += manages ? 1 : 0;
        switch (n % 5)
        {
            case 3:
                await DeleteAsync(creation);
                managers -= manages ? 1 : 0;
                return;
            case 4:
                list = await ResendAsync(creation, list);
                break;
        }
        var code = await ShowCodeAsync(creation, list);
        if (await LinkAsync(creation) is { } link)
            await SignUpAsync(creation, link, code);
    }

    private async Task<Page> CreateAsync(Creation creation, string[] ticked)
    {
        var confirm = await server.AskAsync(() => new CreateUserWalk(browser, member.School.Code).ConfirmAsync("Teacher", creation.Email, ticked));
        var answer = await server.AskAsync(() => CreateUserWalk.PressConfirmAsync(confirm), () => creation.Asked = MembershipState.Pending);
        Assert.True(answer.IsRedirect && answer.Location.Contains("?created=", StringComparison.Ordinal), answer.Summary);
        (creation.MembershipId, creation.Answered, creation.Asked, creation.Links) = (Guid.ParseExact(answer.Location.Split("?created=")[1], "N"), MembershipState.Pending, null, 1);
        return await server.AskAsync(() => browser.GetAsync(answer.Location));
    }

    private async Task<Page> ResendAsync(Creation creation, Page list)
    {
        var answer = await server.AskAsync(() => list.Form("Resend").SubmitAsync("Resend"), () => { });
        Assert.True(answer.IsRedirect && answer.Location.Contains("?resent=", StringComparison.Ordinal), answer.Summary);
        creation.Links++;
        return await server.AskAsync(() => browser.GetAsync(answer.Location));
    }

    private async Task<string> ShowCodeAsync(Creation creation, Page list)
    {
        // The newest stands on top.
        var shown = await server.AskAsync(() => list.Form("Show code").SubmitAsync("Show code"));
        var code = shown.Document.QuerySelector(".ascent-code[role=status]");
        Assert.Contains(creation.Email, code?.Closest("tr")?.TextContent ?? shown.Summary, StringComparison.Ordinal);
        return CodeIn().Match(code!.TextContent).Value;
    }

    private async Task DeleteAsync(Creation creation)
    {
        var address = $"{Home}/users/pending/{creation.MembershipId:N}/delete";
        var page = await server.AskAsync(() => browser.GetAsync(address));
        var answer = await server.AskAsync(() => page.Form("Delete").SubmitAsync("Delete"), () => creation.Asked = MembershipState.Deleted);
        // Asked for again after a crash, it may be gone already.
        Assert.True(answer.IsRedirect || answer.Status == HttpStatusCode.NotFound || answer.Errors is ["This pending user has been deleted meanwhile", ..], answer.Summary);
        (creation.Answered, creation.Asked) = (MembershipState.Deleted, null);
    }

    /// <summary>The newest link; null when its mail does not come in good time.</summary>
    private async Task<string?> LinkAsync(Creation creation)
    {
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < PatienceForMail)
        {
            var mails = await mailbox.ToAsync(creation.Email);
            if (mails.Count >= creation.Links)
                return Link().Match(mails[^1].Text).Value;
            await Task.Delay(50);
        }
        return null;
    }

    private async Task SignUpAsync(Creation creation, string link, string code)
    {
        using var visitor = server.OpenBrowser();
        var page = await server.AskAsync(() => visitor.GetAsync(link));
        if (page.Status == HttpStatusCode.NotFound)
            return; // of two links that were resent around a crash, this is not the last
        creation.Password = NewPassword;
        var answer = await server.AskAsync(
            () => page.Form("Code").Fill("Code", code).Fill("Password", NewPassword).SubmitAsync(), () => creation.Asked = MembershipState.Active);
        // Posted again after a crash, the link may have been used: the end of the test signs in to see it.
        Assert.True(answer.IsRedirect || answer.Status == HttpStatusCode.NotFound, answer.Summary);
        (creation.Answered, creation.Asked) = (MembershipState.Active, null);
    }

    [GeneratedRegex("[0-9A-Z]{5}-[0-9A-Z]{5}")]
    private static partial Regex CodeIn();

    [GeneratedRegex("/sign-up/[A-Za-z0-9_-]{43}")]
    private static partial Regex Link();
}
