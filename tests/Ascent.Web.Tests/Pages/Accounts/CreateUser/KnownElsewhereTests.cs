using Ascent.Accounts.Passwords;
using Ascent.Mail;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.CreateUser;

/// <summary>Whoever creates a user must not learn from any page whether the address is known to another school.</summary>
public sealed class KnownElsewhereTests
{
    private const string Email = "ruth.moss@school.example";

    [Fact]
    [Asvs("6.3.8", "Nothing on the way tells whether an address is known: the same answer, the same work.")]
    public async Task Walk_AddressKnownElsewhereOrNot_IsTheSameToTheByteOnEveryPageWithoutAnyHash()
    {
        var unknown = await WalkAsync((_, _) => Task.CompletedTask);

        Assert.Equal(12, unknown.Count);
        Assert.Equal(unknown, await WalkAsync((server, elsewhere) => server.Data.AddMemberAsync(elsewhere.School, PermissionSet.None, "Ruth", "Known", Email)));
        Assert.Equal(unknown, await WalkAsync((server, elsewhere) => server.Data.InviteAsync(elsewhere, PermissionSet.None, "Ruth", "Waits", Email)));
        Assert.Equal(unknown, await WalkAsync((server, _) => server.Data.AddOperatorAsync(Email)));
    }

    /// <summary>Every answer from the first page to the list with the new person on it, on a server of its own.</summary>
    private static async Task<IReadOnlyList<string>> WalkAsync(Func<SchoolServer, TestSupport.TestMember, Task> make)
    {
        await using var server = await SchoolServer.StartAsync();
        await make(server, await server.Data.AddMemberAsync(await server.Data.AddSecondaryAsync(), PermissionSet.Of(Permission.SchoolSetup)));
        var hashing = server.Factory.Get<PasswordHashing>();
        var hashes = hashing.Count;
        var answers = new List<string>();

        var page = await server.Browser.GetAsync(new CreateUserWalk(server.Browser, server.School.Code).Step("about"));
        page.Form("Forename").Fill("Forename", "Hannah").Fill("Surname", "Moss").Fill("Email", Email);
        while (page.Has("form.ascent-sheet") || page.Path.Contains("/create/", StringComparison.Ordinal))
        {
            var isLast = page.Path.Contains("/confirm", StringComparison.Ordinal);
            var form = page.Form(isLast ? "Confirm and finish" : page.Text("form.ascent-sheet button[type=submit]"));
            if (form.Has("Teacher"))
                form.Tick("Teacher");
            var answer = await form.SubmitAsync(isLast ? "Confirm and finish" : null);
            answers.Add(Answer.Of(answer));
            // The list says whether the link is on its way, and the server's worker is quicker on one day than on another.
            while (isLast && await server.ReadAsync(db => db.Set<OutboxMail>().AnyAsync(m => m.State == MailState.Waiting)))
                await server.Factory.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
            page = await answer.FollowAsync();
            answers.Add(Answer.Of(page));
        }

        Assert.Contains("/users/pending?created=", page.Path, StringComparison.Ordinal);
        Assert.Equal(0, hashing.Count - hashes);
        return answers;
    }
}
