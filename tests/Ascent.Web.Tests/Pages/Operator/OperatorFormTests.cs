using System.Net;
using Ascent.Accounts.Operators;
using Ascent.Mail;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Operator;

/// <summary>What the operator's forms do with what no page of ours sends.</summary>
public sealed class OperatorFormTests
{
    private const string Sound = "copper lantern violin brook";

    public static TheoryData<string?, string, string, string> Unsound { get; } = new()
    {
        { "", Sound, "Code", "Enter the code" },
        { "<script>alert(1)</script>", Sound, "Code", "This is not the code" },
        { "AAAAA-AAAA\u202eA", Sound, "Code", "This is not the code" },
        { new('A', 100_000), Sound, "Code", "This is not the code" },
        { null, "", "Password", "Choose a password" },
        { null, "too short", "Password", "must have 15 characters or more" },
        { null, new('x', 129), "Password", "must have 128 characters or fewer" },
        { null, "copper lantern\u0001violin brook", "Password", "control character" },
        { null, "Olga Ferry Olga Ferry", "Password", "made of your name" },
    };

    /// <param name="code">Null for the right one.</param>
    [Theory, MemberData(nameof(Unsound))]
    public async Task SignUp_OneOfThemUnfit_IsToldThereAndTheLinkLives(string? code, string password, string field, string words)
    {
        await using var factory = await AscentFactory.StartAsync();
        var (_, token, right) = await factory.Data.InviteOperatorAsync();
        var browser = factory.OpenBrowser();

        var page = await browser.PostAsync($"/operator/sign-up/{token}", ("Code", code ?? right), ("Password", password), ("AccountId", "01234567-89ab-7def-8123-456789abcdef"), ("ActivatedAt", "2026-01-01"));

        Refused.Only(page, (field, words));
        Assert.Equal(code ?? right, page.Form("Code").Value("Code"));
        Assert.True(page.Document.GetElementById("Password")!.GetAttribute("value") is null or "");
        Assert.Empty(page.Document.QuerySelectorAll("script:not([src])"));
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/operator")).Location, StringComparison.Ordinal);
        var form = page.Form("Code").Fill("Code", right).Fill("Password", Sound);
        Assert.Equal("/operator", (await form.SubmitAsync()).Location);
        Assert.Equal(1, await CountAsync<Ascent.Accounts.Operators.Operator>(factory));
    }

    [Fact]
    public async Task SignUp_Twice_OneSessionAndTheSecondIsTold()
    {
        await using var factory = await AscentFactory.StartAsync();
        var (_, token, code) = await factory.Data.InviteOperatorAsync();
        var form = (await factory.OpenBrowser().GetAsync($"/operator/sign-up/{token}")).Form("Code").Fill("Code", code).Fill("Password", Sound);

        await form.SubmitAsync();
        // By now the browser is signed in, so the first form's token is nobody's any more.
        Assert.Equal(HttpStatusCode.BadRequest, (await form.SubmitAsync()).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await factory.OpenBrowser().GetAsync($"/operator/sign-up/{token}")).Status);
    }

    // "No id" means every dead mail. An id that cannot be read must not come to mean the same.
    [Theory]
    [InlineData("/operator/mail?handler=Again")]
    [InlineData("/operator/mail/give-up")]
    [InlineData("/operator/mail/give-up?mail=everything")]
    [InlineData("/operator/mail/give-up?mail=00000000000000000000000000000000")]
    public async Task Mail_IdThatIsNone_DecidesNothing(string path)
    {
        await using var server = await SchoolServer.StartAsync();
        var browser = await server.Factory.SignInAsync(await server.Data.AddOperatorAsync());
        for (var i = 0; i < 3; i++)
            await server.Data.InviteAsync(server.Setup);
        await server.Factory.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        await server.ChangeAsync(async db => await db.Set<OutboxMail>().ForEachAsync(m => (m.State, m.SecretCipher) = (MailState.Dead, "CfDJ8")));
        var token = (await browser.GetAsync("/operator/mail")).Document.QuerySelector("main input[name=form]")!.GetAttribute("value")!;
        var before = await Tables.DumpAsync(server.Factory);

        foreach (var id in path.Contains("mail=", StringComparison.Ordinal) ? [""] : (string[])["everything", "' OR 1=1--", $"{Guid.Empty}"])
        {
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("form", token), KeyValuePair.Create("id", id), KeyValuePair.Create("mail", id)]);
            var address = path.EndsWith("give-up", StringComparison.Ordinal) ? $"{path}?mail={Uri.EscapeDataString(id)}" : path;
            var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = content });
            Assert.Equal((address, HttpStatusCode.NotFound), (address, answer.Status));
        }

        Assert.Equal(before, await Tables.DumpAsync(server.Factory));
    }

    private static Task<int> CountAsync<T>(AscentFactory factory) where T : class =>
        factory.Get<Ascent.Persistence.Database>().ReadAsync(Ascent.Shared.OrganisationScope.Server, db => db.Set<T>().CountAsync());
}
