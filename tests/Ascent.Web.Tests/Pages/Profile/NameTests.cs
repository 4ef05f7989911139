using System.Net;
using Ascent.Accounts;
using Ascent.Audit;
using Ascent.TestSupport.Web;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Profile;

public sealed class NameTests
{
    private const string Path = "/profile/name";

    public static TheoryData<string, string, string, string> Unsound { get; } = new()
    {
        { "", "Lee", "Forename", "Enter the forename" },
        { "Ann", " \u3000 ", "Surname", "Enter the surname" },
        { new('w', 101), "Lee", "Forename", "The forename must be 100 characters or fewer" },
        { "Ann", "Lee\u202egpj.exe", "Surname", "The surname has a hidden or control character in it" },
        { "A\u200bnn", "Lee", "Forename", "The forename has a hidden or control character in it" },
        { "Ann\r\nBcc: eve@evil.example", "Lee", "Forename", "The forename has a hidden or control character in it" },
        { "<script>\u0007</script>", "Lee", "Forename", "The forename has a hidden or control character in it" },
    };

    [Fact]
    public async Task Post_SoundName_StandsInTheFrameAndIsWrittenDownOnce()
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await server.Browser.GetAsync(Path)).Form("Forename");
        Assert.Equal(("Amara", "Okafor"), (form.Value("Forename"), form.Value("Surname")));

        var answer = await form.Fill("Forename", "  <b>Ann</b> ").Fill("Surname", "O'Lee & Son").SubmitAsync();
        await form.SubmitAsync(); // pressed twice

        Assert.Equal("/profile?saved=name", answer.Location);
        var profile = await answer.FollowAsync();
        Assert.Equal("Your name is changed", profile.Text(".govuk-notification-banner__heading"));
        Assert.Equal("<b>Ann</b> O'Lee & Son", profile.Text(".ascent-account strong"));
        Assert.Empty(profile.Document.QuerySelectorAll("main b, header b"));
        Assert.Equal(1, await server.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "own-name-changed")));
    }

    [Theory, MemberData(nameof(Unsound))]
    public async Task Post_UnsoundName_IsRefusedThereAndNothingTypedIsLost(string forename, string surname, string field, string words)
    {
        await using var server = await SchoolServer.StartAsync();
        var before = await Tables.DumpAsync(server.Factory);

        var page = await server.Browser.PostAsync(Path, ("Forename", forename), ("Surname", surname));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Refused.Only(page, (field, words));
        var sound = field == "Forename" ? "Surname" : "Forename";
        Assert.Equal(field == "Forename" ? surname : forename, page.Form("Forename").Value(sound));
        Assert.Empty(page.Document.QuerySelectorAll("script:not([src])"));
        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
    }

    // A link can put anything into an address; what a form sends is in its body.
    [Fact]
    [Asvs("15.3.7", "Fields are taken from the form’s body, never from the address, and the first of two.")]
    public async Task Post_FieldsInTheAddressOrTwice_AreTakenFromTheFormAndOnce()
    {
        await using var server = await SchoolServer.StartAsync();
        var token = (await server.Browser.GetAsync(Path)).Form("Forename").Value("form")!;

        var inAddress = await SendAsync(server, $"{Path}?Forename=Eve&Surname=Black", ("form", token));
        Refused.At(inAddress, "Forename", "Enter the forename");
        var twice = await SendAsync(server, $"{Path}?Forename=Eve&Surname=Black", ("form", token), ("Forename", "Anna"), ("Surname", "Lee"), ("Surname", "Black"));

        Assert.DoesNotContain("Eve", twice.Body, StringComparison.Ordinal);
        var name = await server.ReadAsync(db => Task.FromResult(db.Set<Ascent.Accounts.Account>().Where(a => a.Id == server.Setup.AccountId).Select(a => a.Forename + " " + a.Surname).Single()));
        Assert.Equal("Anna Lee", name);
    }

    private static async Task<Page> SendAsync(SchoolServer server, string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await server.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
    }

    [Fact]
    [Asvs("15.3.3", "Fields that a form does not have are ignored.")]
    public async Task Post_FieldsThatTheFormDoesNotHave_AreIgnored()
    {
        await using var server = await SchoolServer.StartAsync();
        var other = await server.Data.AddMemberAsync(server.School, default, forename: "Olu", surname: "Other");
        var before = await AccountsAsync(server);

        var page = await server.Browser.PostAsync(Path + $"?AccountId={other.AccountId}&id={other.AccountId}", ("Forename", "Eve"), ("Surname", "Black"), ("AccountId", $"{other.AccountId}"), ("Id", $"{other.AccountId}"),
            ("Email", other.Email), ("EmailKey", "eve@evil.example"), ("PasswordHash", "x"), ("TermsVersion", "99"), ("Person.AccountId", $"{other.AccountId}"));

        Assert.True(page.IsRedirect);
        var after = await AccountsAsync(server);
        Assert.Equal(before[other.AccountId], after[other.AccountId]);
        Assert.Equal(before[server.Setup.AccountId] with { Forename = "Eve", Surname = "Black" }, after[server.Setup.AccountId]);
    }

    private sealed record Kept(string Forename, string Surname, string Email, string EmailKey, string? PasswordHash, int TermsVersion);

    private static Task<Dictionary<Guid, Kept>> AccountsAsync(SchoolServer server) => server.ReadAsync(db =>
        db.Set<Account>().ToDictionaryAsync(a => a.Id, a => new Kept(a.Forename, a.Surname, a.Email, a.EmailKey, a.PasswordHash, a.TermsVersion)));
}
