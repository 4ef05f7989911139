using System.Net;
using Ascent.Accounts;
using Ascent.Mail;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Profile;

public sealed class PasswordTests
{
    private const string Path = "/profile/password";
    private const string New = "copper lantern violin brook";

    public static TheoryData<string, string, string, string> Unsound { get; } = new()
    {
        { "", New, "CurrentPassword", "This is not your password" },
        { "four dry otters sing", New, "CurrentPassword", "This is not your password" },
        { new('w', 100_000), New, "CurrentPassword", "This is not your password" },
        { TestData.Password, "", "Password", "Choose a password" },
        { TestData.Password, "too short", "Password", "must have 15 characters or more" },
        { TestData.Password, new('x', 129), "Password", "must have 128 characters or fewer" },
        { TestData.Password, new('x', 100_000), "Password", "must have 128 characters or fewer" },
        { TestData.Password, "copper lantern\u0001violin brook", "Password", "control character" },
        { TestData.Password, "copper lantern\r\nviolin brook", "Password", "control character" },
        { TestData.Password, "Amara Okafor Amara", "Password", "made of your name" },
        { TestData.Password, "correct horse battery staple", "Password", "on the list of common ones" },
    };

    [Fact]
    [Asvs("6.2.2", "My profile changes the password.")]
    [Asvs("7.4.3", "A changed password signs out every other device.")]
    public async Task Post_PresentAndNewOne_ChangesItAndSignsOutOtherDevices()
    {
        await using var server = await SchoolServer.StartAsync();
        var elsewhere = await server.Factory.SignInAsync(server.Setup);
        var form = (await server.Browser.GetAsync(Path)).Form("CurrentPassword").Fill("CurrentPassword", TestData.Password).Fill("Password", New);

        var answer = await form.SubmitAsync();

        Assert.Equal("/profile?saved=password", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync("/profile")).Status);
        Assert.StartsWith("/sign-in", (await elsewhere.GetAsync("/profile")).Location, StringComparison.Ordinal);
        // Pressed twice: the present password is another one by now, and nothing happens again.
        Refused.Only(await form.SubmitAsync(), ("CurrentPassword", "This is not your password"));
        await server.Factory.SignInAsync(server.Setup.Email, New);
        Assert.Equal(1, await server.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == PasswordChangedMail.TemplateName)));
    }

    [Theory, MemberData(nameof(Unsound))]
    [Asvs("6.2.3", "Without the present password nothing is changed.")]
    [Asvs("6.2.4", "A new password is held to the list when it is changed.")]
    public async Task Post_OneOfThemUnfit_IsToldThereChangesNothingAndEchoesNoPassword(string current, string password, string field, string words)
    {
        await using var server = await SchoolServer.StartAsync();
        var elsewhere = await server.Factory.SignInAsync(server.Setup);

        var page = await server.Browser.PostAsync(Path, ("CurrentPassword", current), ("Password", password), ("AccountId", "01234567-89ab-7def-8123-456789abcdef"), ("PasswordHash", "x"));

        Refused.Only(page, (field, words));
        foreach (var typed in new[] { current, password }.Where(t => t.Length > 0))
            Assert.DoesNotContain(typed.Split('\u0001', '\r')[0], page.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/profile")).Status);
        await server.Factory.SignInAsync(server.Setup);
    }

    [Fact]
    public async Task Post_WrongAgainAndAgain_IsSlowedDownAndTheRightOneWaitsToo()
    {
        await using var server = await SchoolServer.StartAsync();
        for (var i = 0; i < 5; i++)
            await server.Browser.PostAsync(Path, ("CurrentPassword", "not it"), ("Password", New));

        var page = await server.Browser.PostAsync(Path, ("CurrentPassword", TestData.Password), ("Password", New));

        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.StartsWith("There have been several tries. Wait ", page.Errors.Single(), StringComparison.Ordinal);
        await server.Factory.SignInAsync(server.Setup);
    }
}
