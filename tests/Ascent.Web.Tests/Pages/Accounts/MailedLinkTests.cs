using Ascent.TestSupport.Web;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Accounts;

public sealed class MailedLinkTests
{
    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Server", "evil.example")]
    [InlineData("X-Original-Host", "evil.example")]
    [InlineData("X-Forwarded-Proto", "http")]
    [InlineData("X-Forwarded-Prefix", "/evil.example")]
    [InlineData("Forwarded", "host=evil.example;proto=http")]
    [Asvs("4.1.3", "Host and Forwarded headers have no say in links and redirects.")]
    public async Task Mail_HostileHeader_NeverReachesTheLink(string header, string value)
    {
        await using var server = await SchoolServer.StartAsync();
        Assert.True(server.Browser.Client.DefaultRequestHeaders.TryAddWithoutValidation(header, value));

        var answer = await new CreateUserWalk(server.Browser, server.School.Code).FinishAsync();
        var created = Guid.Parse(answer.Location.Split('=')[1]);
        await server.Data.TokenOfAsync(created);
        var mail = (await server.Data.ReadMailAsync()).Single();

        foreach (var body in (string[])[mail.TextBody!, mail.HtmlBody!])
        {
            Assert.Contains("https://localhost/sign-up/", body, StringComparison.Ordinal);
            Assert.DoesNotContain("evil", body, StringComparison.Ordinal);
            Assert.DoesNotContain("http:", body, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("evil", (await answer.FollowAsync()).Body, StringComparison.Ordinal);
        Assert.StartsWith("/", answer.Response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_NewPerson_HasLinkAndUserNameAndNotTheCode()
    {
        await using var server = await SchoolServer.StartAsync(name: "Larch Primary");
        var answer = await new CreateUserWalk(server.Browser, server.School.Code).FinishAsync();
        var created = Guid.Parse(answer.Location.Split('=')[1]);
        var (code, token) = (await server.Data.CodeOfAsync(created), await server.Data.TokenOfAsync(created));

        var mail = (await server.Data.ReadMailAsync()).Single();

        Assert.Equal(("Your account at Larch Primary", "\"Hannah Moss\" <hannah.moss@school.example>"), (mail.Subject, mail.To.ToString()));
        foreach (var words in (string[])["Hello Hannah,", "Your user name: hannah.moss@school.example", token, "The link works until 7 December 2026 at 09:00."])
            Assert.Contains(words, mail.TextBody!, StringComparison.Ordinal);
        Assert.DoesNotContain(code, mail.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), mail.ToString(), StringComparison.Ordinal);
    }
}
