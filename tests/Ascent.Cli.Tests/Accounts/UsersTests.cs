using System.Text.Json;
using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Ascent.Cli.Tests.Accounts;

public class UsersTests
{
    private static readonly string[] Ann = ["users", "create", "--school", "900101", "--forename", "Ann", "--surname", "Bell", "--email", "ann.bell@school.example", "--role", "Teacher"];

    [Fact]
    public async Task Create_Teacher_IsPendingAndNoCodeIsShownAnywhere()
    {
        await using var person = await WithHolderAsync();

        var ran = await person.RunAsync([.. Ann, "--permissions", "SchoolReports,PupilReports:own-classes", "--ends-on", "2099-08-31"]);
        // Within ten years of now, whenever that is.
        Assert.Equal((ExitCode.Refused, "--ends-on: The last day of access must be within the next 10 years"), (ran.Code, ran.Error.TrimEnd()));
        ran = await person.RunAsync([.. Ann, "--permissions", "SchoolReports,PupilReports:own-classes"]);
        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        Assert.Contains("Ann Bell (ann.bell@school.example) is a pending user of Elmfield School.", ran.Output, StringComparison.Ordinal);
        Assert.Contains("The activation code is not shown here", ran.Output, StringComparison.Ordinal);

        var (list, show) = (await person.RunAsync("users", "list", "--school", "900101", "--json"), await person.RunAsync("users", "show", "ANN.BELL@School.example", "--school", "900101", "--json"));
        var user = list.Json.GetProperty("users")[0];
        Assert.Equal((2, "Pending", "ann.bell@school.example"), (list.Json.GetProperty("total").GetInt32(), user.GetProperty("state").GetString(), user.GetProperty("email").GetString()));
        Assert.Equal(["SchoolReports", "PupilReports"], Texts(user.GetProperty("permissions")));
        Assert.Equal(["PupilReports"], Texts(user.GetProperty("ownClasses")));
        Assert.True(JsonElement.DeepEquals(user, show.Json.GetProperty("user")), show.Output);
        var code = await CodeAsync(person);
        var plain = await person.RunAsync("users", "show", "ann.bell@school.example", "--school", "900101");
        foreach (var output in (string[])[ran.Output, list.Output, show.Output, plain.Output])
            Assert.DoesNotContain(code, output, StringComparison.OrdinalIgnoreCase);
    }

    // The stable shape: a field may be added here, and none renamed or taken away.
    [Fact]
    public async Task List_AsJson_HasTheseFields()
    {
        await using var person = await WithHolderAsync();

        var ran = await person.RunAsync("users", "list", "--school", "900101", "--json");

        Assert.Equal(["school", "total", "users"], Names(ran.Json));
        Assert.Equal(["urn", "name"], Names(ran.Json.GetProperty("school")));
        Assert.Equal(["membershipId", "email", "forename", "surname", "state", "stateSince", "jobRole", "otherRole", "permissions", "ownClasses", "endsOn", "lastOpenedAt", "linkExpiresAt"], Names(ran.Json.GetProperty("users")[0]));
    }

    [Fact]
    public async Task List_Filters_NarrowIt()
    {
        await using var person = await WithHolderAsync();
        await person.RunAsync(Ann);
        async Task<int> CountAsync(params string[] filter) => (await person.RunAsync(["users", "list", "--school", "900101", "--json", .. filter])).Json.GetProperty("total").GetInt32();

        Assert.Equal((2, 1, 1, 0), (await CountAsync(), await CountAsync("--search", "bel"), await CountAsync("--state", "active"), await CountAsync("--state", "ended")));
        Assert.Equal((1, 1, 2), (await CountAsync("--access", "SchoolSetup"), await CountAsync("--role", "teacher"), await CountAsync("--most", "1")));
        var none = await person.RunAsync("users", "list", "--school", "900102");
        Assert.Equal((ExitCode.NotFound, ""), (none.Code, none.Output));
    }

    // The limits are the use case's, so the console does not pass them either.
    [Fact]
    public async Task Create_FifthHolder_IsRefusedWithTheNames()
    {
        await using var person = await WithHolderAsync();
        for (var i = 0; i < 3; i++)
            Assert.Equal(ExitCode.Done, (await CreateHolderAsync(person, $"h{i}@school.example")).Code);

        var ran = await CreateHolderAsync(person, "h4@school.example");

        Assert.Equal((ExitCode.Refused, ""), (ran.Code, ran.Output));
        Assert.Contains("Zelda Quibble", ran.Error, StringComparison.Ordinal);
        Assert.Equal(4, (await person.RunAsync("users", "list", "--school", "900101", "--json")).Json.GetProperty("total").GetInt32());
        // The one who is active is told of each of the three.
        await using var services = person.Services();
        Assert.Equal(3, await services.GetRequiredService<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<OutboxMail>().CountAsync(m => m.Template == HolderMadeMail.TemplateName && m.Recipient == "zelda@school.example")));
    }

    [Fact]
    public async Task Create_ChildWithoutParentOrTrackingInASecondary_IsRefusedAtTheOption()
    {
        await using var person = await WithHolderAsync();

        foreach (var list in (string[])["PupilReports", "TrackingMarks"])
        {
            var ran = await person.RunAsync([.. Ann, "--permissions", list]);
            Assert.Equal(ExitCode.Refused, ran.Code);
            Assert.StartsWith("--permissions: ", ran.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Deeds_OneAfterTheOther_ChangeTheStateAndAreLoggedAsTheConsoles()
    {
        await using var person = await WithHolderAsync();
        await CreateHolderAsync(person, "second@school.example");
        await ActivateAsync(person);
        string[] zelda = ["zelda@school.example", "--school", "900101"];

        Assert.Equal("Deactivated", await StateAfterAsync(person, ["users", "deactivate", .. zelda, "--yes"]));
        Assert.Equal("Pending", await StateAfterAsync(person, ["users", "reactivate", .. zelda]));
        await ActivateAsync(person);
        Assert.Equal("Pending", await StateAfterAsync(person, ["users", "reset", .. zelda, "--yes"]));
        var refused = await person.RunAsync(["users", "reset", .. zelda, "--yes"]);
        Assert.Equal((ExitCode.Refused, "Zelda Quibble has not signed up: the person stands under Pending users"), (refused.Code, refused.Error.TrimEnd()));
        var deleted = await person.RunAsync(["users", "delete", .. zelda, "--yes"]);
        Assert.Equal((ExitCode.Done, "Zelda Quibble is deleted from Elmfield School."), (deleted.Code, deleted.Output.TrimEnd()));
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync(["users", "show", .. zelda])).Code);

        var log = await person.RunAsync("audit", "list", "--school", "900101", "--json");
        var entries = log.Json.GetProperty("entries").EnumerateArray().Where(e => e.GetProperty("kind").GetString() != "membership-activated").Take(4).ToList();
        Assert.Equal(["pending-user-deleted", "sign-up-reset", "user-reactivated", "user-deactivated"], entries.Select(e => e.GetProperty("kind").GetString()));
        Assert.All(entries, e => Assert.Equal("Whoever runs the server", e.GetProperty("by").GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("deactivate")]
    [InlineData("reset")]
    [InlineData("delete")]
    public async Task Deed_OnTheLastHolder_IsRefused(string deed)
    {
        await using var person = await WithHolderAsync();

        var ran = await person.RunAsync("users", deed, "zelda@school.example", "--school", "900101", "--yes");

        Assert.Equal((ExitCode.Refused, ""), (ran.Code, ran.Output));
        Assert.Contains("is the last Active holder of School setup", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deactivate", "Close Elmfield School to Ann Bell? [y/N]")]
    [InlineData("reset", "Have Ann Bell sign up anew at Elmfield School? [y/N]")]
    [InlineData("delete", "Delete Ann Bell (Active) from Elmfield School? [y/N]")]
    public async Task Deed_ThatCannotBeTakenBack_IsAskedAtATerminalAndRefusedElsewhere(string deed, string question)
    {
        await using var person = await WithHolderAsync();
        await person.RunAsync(Ann);
        await ActivateAsync(person);
        string[] typed = ["users", deed, "ann.bell@school.example", "--school", "900101"];
        async Task<string?> StateAsync() => (await person.RunAsync("users", "show", "ann.bell@school.example", "--school", "900101", "--json")).Json.TryGetProperty("user", out var user) ? user.GetProperty("state").GetString() : null;

        var unasked = await person.RunAsync([.. typed, "--json"]);
        Assert.Equal((ExitCode.Refused, "not-confirmed"), (unasked.Code, unasked.Json.GetProperty("refused")[0].GetProperty("code").GetString()));
        foreach (var answer in (string[])["", "n", "yess"])
        {
            var ran = await person.AnswerAsync(answer, typed);
            Assert.Equal((ExitCode.Refused, "", "Active"), (ran.Code, ran.Output, await StateAsync()));
            Assert.Contains(question, ran.Error, StringComparison.Ordinal);
        }
        Assert.Equal(ExitCode.Done, (await person.AnswerAsync("y", typed)).Code);
        Assert.NotEqual("Active", await StateAsync());
    }

    private static Task<Ran> CreateHolderAsync(Operator person, string email) =>
        person.RunAsync("users", "create", "--school", "900101", "--forename", "Hal", "--surname", "Holder", "--email", email, "--role", "Headteacher", "--permissions", "SchoolSetup");

    private static async Task<string?> StateAfterAsync(Operator person, string[] typed)
    {
        var ran = await person.RunAsync([.. typed, "--json"]);
        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        return ran.Json.GetProperty("user").GetProperty("state").GetString();
    }

    /// <summary>A secondary school with one administrator who has signed up.</summary>
    internal static async Task<Operator> WithHolderAsync()
    {
        var person = await Operator.WithSchoolsAsync("900101,Elmfield School,4,11,1");
        await person.RunAsync("schools", "add-administrator", "900101", "--forename", "Zelda", "--surname", "Quibble", "--email", "zelda@school.example");
        await ActivateAsync(person);
        return person;
    }

    /// <summary>Everybody who waits signs up, with link and code from where they lie.</summary>
    internal static async Task ActivateAsync(Operator person)
    {
        await using var services = person.Services();
        var (database, secrets) = (services.GetRequiredService<Database>(), services.GetRequiredService<Secrets>());
        foreach (var invitation in await database.ReadAsync(OrganisationScope.Server, db => db.Set<Invitation>().ToListAsync()))
        {
            var mail = await database.ReadAsync(OrganisationScope.Server, db => db.Set<OutboxMail>().SingleAsync(m => m.Id == invitation.MailId));
            var token = secrets.Unprotect(OutboxMail.SecretPurpose, mail.SecretCipher!)!;
            var done = await services.GetRequiredService<ActivateMembership>().ExecuteAsync(new(token, secrets.Unprotect("activation code", invitation.CodeCipher), "four wet otters sing", null), TestContext.Current.CancellationToken);
            Assert.Empty(done.Refusals);
        }
    }

    private static async Task<string> CodeAsync(Operator person)
    {
        await using var services = person.Services();
        var invitation = await services.GetRequiredService<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<Invitation>().SingleAsync());
        return services.GetRequiredService<Secrets>().Unprotect("activation code", invitation.CodeCipher)!;
    }

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(e => e.GetString());

    private static IEnumerable<string> Names(JsonElement value) => value.EnumerateObject().Select(p => p.Name);
}
