using System.Net;
using Ascent.Accounts.Passwords;
using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.SignIn;

public sealed class ForgottenTests
{
    private const string Email = "ruth.moss@school.example";

    [Fact]
    public async Task Post_KnownOrNot_IsTheSameAnswerToTheByteWithoutAnyHash()
    {
        var known = await AskAsync(server => server.Data.AddMemberAsync(server.School, PermissionSet.None, email: Email), mails: 1);

        Assert.Contains("200", known[0], StringComparison.Ordinal);
        Assert.StartsWith("429", known[^1], StringComparison.Ordinal);
        Assert.Equal(known, await AskAsync(_ => Task.CompletedTask, mails: 0));
        Assert.Equal(known, await AskAsync(server => server.Data.InviteAsync(server.Setup, email: Email), mails: 1)); // the invitation's own
        Assert.Equal(known, await AskAsync(server =>
            server.Data.AddMemberAsync(server.School, PermissionSet.None, email: Email, endsOn: DateOnly.FromDateTime(AscentHost.Start.UtcDateTime).AddDays(-1)), mails: 0));
    }

    [Fact]
    public async Task Post_NoAddress_IsRefusedAtTheField()
    {
        await using var server = await SchoolServer.StartAsync();

        Refused.At(await (await server.Factory.OpenBrowser().GetAsync("/forgotten")).Form("Email").Fill("Email", "ruth").SubmitAsync(), "Email", "Enter your user name");
    }

    /// <summary>Asks until the throttle answers, on a server of its own where this address is what <paramref name="make"/> makes of it.</summary>
    private static async Task<IReadOnlyList<string>> AskAsync(Func<SchoolServer, Task> make, int mails)
    {
        await using var server = await SchoolServer.StartAsync();
        await make(server);
        var hashing = server.Factory.Get<PasswordHashing>();
        var hashes = hashing.Count;
        var answers = new List<string>();
        HttpStatusCode last;
        do
        {
            var page = await (await server.Factory.OpenBrowser().GetAsync("/forgotten")).Form("Email").Fill("Email", Email).SubmitAsync();
            answers.Add(Answer.Of(page));
            last = page.Status;
        }
        while (last == HttpStatusCode.OK && answers.Count < 10);
        Assert.Equal((0L, mails > 0), (hashing.Count - hashes, await server.CountAsync<OutboxMail>() > 0));
        return answers;
    }
}
