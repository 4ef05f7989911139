using Ascent.TestSupport;
using Ascent.TestSupport.Web;

namespace Ascent.Web.Tests.Support;

/// <summary>Does by hand what the script of the pages does with passkeys.</summary>
public static class Passkeys
{
    public static SoftPasskey New() => new("https://localhost");

    /// <summary>Asks the server what is to be signed, with the token of the page's form.</summary>
    public static async Task<Page> AskAsync(this Page page, string field = "Passkey")
    {
        var form = page.Form(field);
        var (action, part) = (form.Element.Action, page.Document.QuerySelector($"[data-passkey] input[name={field}]")!.ParentElement!);
        form.Element.Action = part.GetAttribute("data-question")!;
        var answer = await form.SubmitAsync();
        form.Element.Action = action;
        return answer;
    }

    public static async Task<Page> UseAsync(this Page page, SoftPasskey passkey, Func<string, string>? bend = null)
    {
        var answer = passkey.Answer((await page.AskAsync()).Body);
        return await page.Form("Passkey").Fill("Passkey", bend is null ? answer : bend(answer)).SubmitAsync();
    }

    /// <summary>A passkey of whoever is signed in with this browser, by its page.</summary>
    public static async Task<SoftPasskey> AddPasskeyAsync(this Browser browser, string? name = null, string path = "/profile/second-factor/passkey")
    {
        var page = await browser.GetAsync(path);
        var passkey = New();
        var added = await page.Form("NewPasskey").Fill("Name", name).Fill("NewPasskey", passkey.Make((await page.AskAsync("NewPasskey")).Body)).SubmitAsync();
        Assert.True(added.IsRedirect || added.Heading == "Keep these recovery codes", added.Summary);
        return passkey;
    }
}
