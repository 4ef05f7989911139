using Ascent.TestSupport.Web;

namespace Ascent.Web.Tests.Support;

/// <summary>Goes through "Create a single user" by its forms, as far as a test wants.</summary>
public sealed class CreateUserWalk(Browser browser, string urn)
{
    public string Step(string step) => $"/schools/{urn}/users/create/{step}";

    /// <summary>The first page, answered; gives the page that follows.</summary>
    public async Task<Page> AboutAsync(string forename = "Hannah", string surname = "Moss", string email = "hannah.moss@school.example") =>
        await (await (await browser.GetAsync(Step("about"))).Form("Forename").Fill("Forename", forename).Fill("Surname", surname).Fill("Email", email).SubmitAsync()).FollowAsync();

    public async Task<Page> RoleAsync(string role = "Teacher", string email = "hannah.moss@school.example") =>
        await (await (await AboutAsync(email: email)).Form(role).Tick(role).SubmitAsync()).FollowAsync();

    /// <summary>The confirm page of somebody to whom nothing but <paramref name="ticked"/> (ids of boxes) is given.</summary>
    public async Task<Page> ConfirmAsync(string role = "Teacher", string email = "hannah.moss@school.example", params string[] ticked)
    {
        var page = await RoleAsync(role, email);
        while (!page.Path.Contains("/confirm", StringComparison.Ordinal))
        {
            var form = page.Form(NextButton(page));
            foreach (var box in page.Document.QuerySelectorAll("input[type=checkbox]:not([disabled])").Select(b => b.Id!))
                form.Tick(box, ticked.Contains(box));
            page = await (await form.SubmitAsync()).FollowAsync();
        }
        return page;
    }

    public static Task<Page> PressConfirmAsync(Page confirm) => confirm.Form("Confirm and finish").SubmitAsync("Confirm and finish");

    /// <summary>The whole way; gives the redirect to Pending users.</summary>
    public async Task<Page> FinishAsync(string role = "Teacher", string email = "hannah.moss@school.example", params string[] ticked) =>
        await PressConfirmAsync(await ConfirmAsync(role, email, ticked));

    /// <summary>The id of the journey that a page of it has in its address.</summary>
    public static string Id(Page page) => page.Path.Split("j=")[1].Split('&')[0];

    private static string NextButton(Page page) => page.Text("form.ascent-sheet button[type=submit]");
}
