using System.Text.RegularExpressions;
using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Ascent.Cli.Tests.Accounts;

public class AddAdministratorTests
{
    private static readonly Regex Code = new("[0-9A-Z]{5}-[0-9A-Z]{5}");

    [Fact]
    public async Task Add_FirstAdministrator_TellsTheCodeOnStandardOutputAndNowhereElse()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");

        var ran = await AddAsync(person, "--reports", "SchoolReports,pupilreports", "--role", "headteacher");

        Assert.Equal((ExitCode.Done, ""), (ran.Code, ran.Error));
        Assert.Contains("ann@elmfield.example is a pending administrator of Elmfield School.", ran.Output, StringComparison.Ordinal);
        Assert.Contains($"writes it to {Path.Combine(person.Folder, "mail")}", ran.Output, StringComparison.Ordinal);
        var code = Assert.Single(Code.Matches(ran.Output)).Value;
        Assert.Contains("1 of 4 used, 1 of them pending: Ann Bolt (pending)", (await person.RunAsync("schools", "show", "900101")).Output, StringComparison.Ordinal);

        var sent = await person.RunAsync("mail", "send");
        Assert.StartsWith("1 mail written to ", sent.Output, StringComparison.Ordinal);
        var mail = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(person.Folder, "mail"))), TestContext.Current.CancellationToken);
        Assert.Contains("http://localhost:5080/sign-up/", mail, StringComparison.Ordinal);
        Assert.DoesNotContain(code, mail, StringComparison.OrdinalIgnoreCase);
        await using var services = person.Services();
        var member = Assert.Single(await services.GetRequiredService<Ascent.Persistence.Database>().ReadAsync(OrganisationScope.Server, db => Task.FromResult(db.Set<Membership>().ToList())));
        Assert.Equal((JobRole.Headteacher, PermissionSet.Of(Permission.SchoolSetup, Permission.SchoolReports, Permission.PupilReports)), (member.JobRole, member.Permissions));
    }

    [Fact]
    public async Task Add_Json_GivesTheCode()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");

        var json = (await AddAsync(person, "--json")).Json;

        Assert.Equal(("Elmfield School", "ann@elmfield.example", false), (json.GetProperty("school").GetString(), json.GetProperty("email").GetString(), json.GetProperty("wasWaiting").GetBoolean()));
        Assert.Matches(Code, json.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Add_AgainWhileWaiting_MailsANewLinkAndTellsTheSameCode()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        var first = await AddAsync(person);

        var second = await AddAsync(person);

        Assert.Contains("was a pending administrator of Elmfield School already. The old link is dead", second.Output, StringComparison.Ordinal);
        Assert.Equal(Code.Match(first.Output).Value, Code.Match(second.Output).Value);
        Assert.StartsWith("2 mails written", (await person.RunAsync("mail", "send")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WaitingWithoutSchoolSetup_IsRefusedAndTellsNoCode()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        await using (var services = person.Services())
        {
            var school = (await services.GetRequiredService<ReadSchool>().ExecuteAsync("900101", TestContext.Current.CancellationToken)).Value.School;
            var actor = Actor.Operator with { OrganisationId = school.Id, Permissions = PermissionSet.Of(Permission.SchoolSetup) };
            var request = new CreateUserRequest(null, "Ann", "Bolt", "ann@elmfield.example", false, JobRole.Teacher, null, PermissionSet.None, null);
            Assert.True((await services.GetRequiredService<CreateUser>().ExecuteAsync(request, actor, TestContext.Current.CancellationToken)).Succeeded);
        }

        var ran = await AddAsync(person);

        Assert.Equal((ExitCode.Refused, ""), (ran.Code, ran.Output));
        Assert.Contains("is in this school already: waiting under Pending users", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_AFifth_IsRefusedWithTheNames()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,4,11,1");
        foreach (var name in (string[])["Ann", "Bob", "Cy", "Di"])
            Assert.Equal(ExitCode.Done, (await AddAsync(person, name, $"{name}@elmfield.example")).Code);

        var ran = await AddAsync(person, "Ed", "ed@elmfield.example");

        Assert.Equal(ExitCode.Refused, ran.Code);
        Assert.StartsWith("All 4 School setup seats are taken: ", ran.Error, StringComparison.Ordinal);
        Assert.Contains("Bob Bolt (pending)", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ann", "аnn@elmfield.example", "", "--email: This address mixes letters of two alphabets")]
    [InlineData("Ann", "ann", "", "--email: Enter an email address")]
    [InlineData(" ", "ann@elmfield.example", "", "--forename: Enter the forename")]
    [InlineData("Ann", "ann@elmfield.example", "PupilReports", "--reports: Pupil-level data needs school-level reports")]
    [InlineData("Ann", "ann@elmfield.example", "TrackingMarks", "--reports: This school has no Pupil Tracking")]
    public async Task Add_RuleAgainstIt_IsSaidAtTheOption(string forename, string email, string reports, string expected)
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,4,11,1");

        var ran = await person.RunAsync(["schools", "add-administrator", "900101", "--forename", forename, "--surname", "Bolt", "--email", email, .. reports.Length > 0 ? ["--reports", reports] : (string[])[]]);

        Assert.Equal((ExitCode.Refused, ""), (ran.Code, ran.Output));
        Assert.StartsWith(expected, ran.Error, StringComparison.Ordinal);
        Assert.StartsWith("0 mails", (await person.RunAsync("mail", "send")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_MixedScriptAccepted_IsAdded()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");

        Assert.Equal(ExitCode.Done, (await AddAsync(person, "Ann", "аnn@elmfield.example", "--accept-mixed-script")).Code);
    }

    private static Task<Ran> AddAsync(Operator person, params string[] more) =>
        more is [{ } forename, { } email, ..] && email.Contains('@', StringComparison.Ordinal)
            ? person.RunAsync(["schools", "add-administrator", "900101", "--forename", forename, "--surname", "Bolt", "--email", email, .. more[2..]])
            : person.RunAsync(["schools", "add-administrator", "900101", "--forename", "Ann", "--surname", "Bolt", "--email", "ann@elmfield.example", .. more]);
}
