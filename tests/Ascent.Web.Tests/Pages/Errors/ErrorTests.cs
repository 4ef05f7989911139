using System.Net;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport.Web;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Errors;

public sealed class ErrorTests
{
    [Fact]
    public async Task Get_RightThatThePersonLacks_SaysWhichAndWhomToAsk()
    {
        await using var server = await SchoolServer.StartAsync();
        var person = await server.Data.AddMemberAsync(server.School, Permission.SchoolReports);

        var page = await (await server.Factory.SignInAsync(person)).GetAsync(server.Home + "/reports/pupils");

        Assert.Equal((HttpStatusCode.Forbidden, "You cannot open Pupils"), (page.Status, page.Heading));
        Assert.Contains($"“View pupil-level data & suppressed and sensitive items”, which you do not have at {server.School.Name}.", page.Words(), StringComparison.Ordinal);
        Assert.Contains("ask one of your administrators: Amara Okafor.", page.Words(), StringComparison.Ordinal);
        Assert.Equal(server.Home, page.Link("Go to Home"));
        Assert.Equal(["Home", "Reports", "Targets"], page.Texts(".govuk-service-navigation__list a"));
    }

    [Fact]
    public async Task Get_AdministrationWithoutAnyRight_IsRefusedInWords()
    {
        await using var server = await SchoolServer.StartAsync();
        var person = await server.Data.AddMemberAsync(server.School, Permission.SchoolReports);

        var page = await (await server.Factory.SignInAsync(person)).GetAsync(server.Home + "/administration");

        Assert.Equal((HttpStatusCode.Forbidden, "You cannot open this page"), (page.Status, page.Heading));
        Assert.Contains("It needs an administration right", page.Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/such/page")]
    [InlineData("/schools/999999/users")]
    [InlineData("/error/0")]
    [InlineData("/error/200")]
    [InlineData("/error/99999999999")]
    [InlineData("/help/no-such-topic")]
    [InlineData("/help/..%2f..%2fappsettings")]
    // These files are there: only the way to them is none.
    [InlineData("/help/..%2fuser-guide%2findex")]
    [InlineData("/help/images%2f..%2findex")]
    [InlineData("/help/images/..%2fimages%2freadme.png")]
    [InlineData("/demo/outbox")]
    [InlineData("/assets/no.css")]
    [Asvs("1.4.2", "Numbers in addresses that fit in no number are addresses of nothing.")]
    [Asvs("5.3.2", "No address leads out of the folder of the guide and its pictures.")]
    [Asvs("15.2.3", "The outbox of the demonstration is not there on a server without it.")]
    public async Task Get_AddressThatIsNone_SaysSo(string path)
    {
        await using var server = await SchoolServer.StartAsync();

        var page = await server.Browser.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, "There is no such page"), (page.Status, page.Heading));
        Assert.StartsWith("There is no such page", page.Title, StringComparison.Ordinal);
        Assert.Empty(server.Factory.Logs.Errors);
    }

    [Fact]
    public async Task Post_PageOpenTooLong_SaysThatNothingWasChanged()
    {
        await using var server = await SchoolServer.StartAsync();
        var form = (await server.Browser.GetAsync(server.Home + "/users/create/about")).Form("Forename");

        var page = await form.Tamper("form", "something else").SubmitAsync();

        Assert.Equal((HttpStatusCode.BadRequest, "This page was open too long"), (page.Status, page.Heading));
        Assert.Contains("nothing was changed", page.Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Forename=a%00b&form=x")]
    [InlineData("Forename=%ff%fe&form=%00")]
    public async Task Post_BodyThatCannotBeRead_IsRefusedInWords(string body)
    {
        await using var server = await SchoolServer.StartAsync();
        foreach (var path in (string[])[server.Home + "/users/create/about", "/sign-in", "/sign-up/abc", "/sign-out"])
        {
            using var content = new StringContent(body, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");
            var page = await server.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });

            Assert.Equal((path, HttpStatusCode.BadRequest, "This page was open too long"), (path, page.Status, page.Heading));
        }
        Assert.Empty(server.Factory.Logs.Errors);
    }

    [Fact]
    [Asvs("13.4.2", "A fault shows a reference and nothing of the inside.")]
    [Asvs("16.3.4", "Faults are logged with the reference that the person sees.")]
    [Asvs("16.5.1", "A fault shows a reference and nothing of the inside.")]
    public async Task Get_SomethingBroke_IsOwnedUpToWithAReferenceAndNoDetails()
    {
        await using var server = await SchoolServer.StartAsync();
        // A real fault, as after a failed upgrade.
        await server.Factory.ChangeTablesAsync("ALTER TABLE seats RENAME TO seats_gone");

        var page = await server.Browser.GetAsync(server.Home);

        Assert.Equal((HttpStatusCode.InternalServerError, "Something went wrong here"), (page.Status, page.Heading));
        Assert.Contains("It is our fault, not yours", page.Words(), StringComparison.Ordinal);
        var reference = page.Text(".ascent-turning .ascent-number");
        Assert.True(reference.Length > 0 && server.Factory.Logs.Errors.Contains($"Reference {reference}: ", StringComparison.Ordinal), server.Factory.Logs.Errors);
        Assert.DoesNotContain("Sqlite", page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", page.Body, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("seats", server.Factory.Logs.Errors, StringComparison.Ordinal);
    }
}
