using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Bodies;

namespace Ascent.Web.Tests.Support;

/// <summary>Goes through a body's "Create a user" by its forms, as far as a test wants.</summary>
public sealed class BodyUserWalk(Browser browser, string body)
{
    public const string Email = "hannah.moss@above.example";

    /// <summary>The question about the place.</summary>
    public async Task<Page> AboutAsync(string email = Email) =>
        await (await (await browser.GetAsync(BodyLinks.CreateUser(body, "about"))).Form("Forename").Fill("Forename", "Hannah").Fill("Surname", "Moss").Fill("Email", email).SubmitAsync()).FollowAsync();

    /// <summary>What follows for a user of the body itself.</summary>
    public async Task<Page> OwnAsync(string role = "Adviser", string email = Email)
    {
        var page = await AboutAsync(email);
        return await (await page.Form("Place").Tick("My organisation").Choose(page, "JobRole", role).SubmitAsync()).FollowAsync();
    }

    /// <summary>What answers the choice of a school; a redirect when it was taken.</summary>
    public async Task<Page> ChooseSchoolAsync(string school, string email = Email, string role = "Headteacher")
    {
        var page = await AboutAsync(email);
        return await page.Form("Place").Tick("Another organisation (School)").Fill("School", school).Choose(page, "SchoolRole", role).SubmitAsync();
    }

    /// <summary>What follows for an administrator of a school.</summary>
    public async Task<Page> AtASchoolAsync(string school, string email = Email) => await (await ChooseSchoolAsync(school, email)).FollowAsync();

    /// <summary>The confirm page of a School Improvement Partner.</summary>
    public async Task<Page> PartnerAsync(params string[] urns)
    {
        var page = await OwnAsync("SchoolImprovementPartner");
        var form = page.Form("DataLevel").Tick("School-level reports");
        foreach (var urn in urns)
            form.Choose(page, "Schools", urn);
        page = await (await form.SubmitAsync("Next")).FollowAsync();
        return await (await page.Form("EndsOn.Day").Fill("EndsOn.Day", "31").Fill("EndsOn.Month", "7").Fill("EndsOn.Year", "2027").SubmitAsync()).FollowAsync();
    }

    public static Task<Page> PressConfirmAsync(Page confirm) => confirm.Form("Confirm and finish").SubmitAsync("Confirm and finish");
}

internal static class FormChoices
{
    /// <summary>Ticks the one of several that has this value.</summary>
    public static HtmlForm Choose(this HtmlForm form, Page page, string name, string value) =>
        form.Tick(page.Document.QuerySelector($"input[name='{name}'][value='{value}']")?.Id ?? throw new InvalidOperationException($"No {name} {value} on {page.Summary}"));
}
