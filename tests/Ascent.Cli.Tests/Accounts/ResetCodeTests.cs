using System.Net;
using System.Text.RegularExpressions;
using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Ascent.Cli.Tests.Accounts;

public class ResetCodeTests
{
    private static readonly Regex Code = new("[0-9A-Z]{5}-[0-9A-Z]{5}");

    [Fact]
    public async Task ResetCode_SoleHolder_IsToldAndWithAnotherHolderRefused()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        await AddActiveAsync(person, "Ann", "ann@elmfield.example");
        var none = await person.RunAsync("users", "reset-code", "ann@elmfield.example");
        Assert.Equal((ExitCode.Refused, ""), (none.Code, none.Output));
        Assert.StartsWith("ann@elmfield.example needs no reset code.", none.Error, StringComparison.Ordinal);
        await ResetAsync(person, "ann@elmfield.example");

        var told = await person.RunAsync("users", "reset-code", "ann@elmfield.example", "--school", "900101");
        Assert.Equal((ExitCode.Done, ""), (told.Code, told.Error));
        Assert.StartsWith("Ann Bolt, Elmfield School (900101)", told.Output, StringComparison.Ordinal);
        Assert.Single(Code.Matches(told.Output));
        Assert.Matches(Code, (await person.RunAsync("users", "reset-code", "ann@elmfield.example", "--json")).Json.GetProperty("code").GetString());

        await AddActiveAsync(person, "Bob", "bob@elmfield.example");
        var refused = await person.RunAsync("users", "reset-code", "ann@elmfield.example");
        Assert.Equal((ExitCode.Refused, ""), (refused.Code, refused.Output));
        Assert.StartsWith("Bob Bolt can show Ann Bolt’s code at Elmfield School", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResetSecondFactor_SoleHolder_IsToldTheCodeAndWithAnotherHolderRefused()
    {
        await using var person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        await AddActiveAsync(person, "Ann", "ann@elmfield.example");
        string[] command = ["users", "reset-second-factor", "ann@elmfield.example", "--school", "900101"];
        Assert.StartsWith("Ann has no second factor", (await person.RunAsync(command)).Error, StringComparison.Ordinal);
        await person.SqlAsync("INSERT INTO factors (id, account_id, kind, name, added_at, is_limited, last_step, version) SELECT id, id, 'App', 'Phone', created_at, 0, 0, 0 FROM accounts");

        var told = await person.RunAsync(command);
        Assert.Equal((ExitCode.Done, ""), (told.Code, told.Error));
        Assert.StartsWith("Ann Bolt, Elmfield School (900101): a mail with a link is on its way.", told.Output, StringComparison.Ordinal);
        Assert.Single(Code.Matches(told.Output));

        await AddActiveAsync(person, "Bob", "bob@elmfield.example");
        var refused = await person.RunAsync(command);
        Assert.Equal((ExitCode.Refused, ""), (refused.Code, refused.Output));
        Assert.StartsWith("Bob Bolt can reset the second factor of Ann Bolt at Elmfield School", refused.Error, StringComparison.Ordinal);
    }

    private static async Task AddActiveAsync(Operator person, string forename, string email)
    {
        await person.RunAsync("schools", "add-administrator", "900101", "--forename", forename, "--surname", "Bolt", "--email", email);
        await using var services = person.Services();
        var (cipher, code) = await services.GetRequiredService<Database>().ReadAsync(OrganisationScope.Server, async db =>
            (await db.Set<OutboxMail>().Where(m => m.Recipient == email).Select(m => m.SecretCipher).SingleAsync(), await db.Set<Invitation>().Where(i => i.Email == email).Select(i => i.CodeCipher).SingleAsync()));
        var secrets = services.GetRequiredService<Secrets>();
        Assert.True((await services.GetRequiredService<ActivateMembership>().ExecuteAsync(
            new(secrets.Unprotect(OutboxMail.SecretPurpose, cipher!)!, secrets.Unprotect("activation code", code), "four wet otters sing", null), TestContext.Current.CancellationToken)).Succeeded);
    }

    private static async Task ResetAsync(Operator person, string email)
    {
        await using var services = person.Services();
        await services.GetRequiredService<AskForPasswordReset>().ExecuteAsync(email, IPAddress.Loopback, TestContext.Current.CancellationToken);
        var cipher = await services.GetRequiredService<Database>().ReadAsync(OrganisationScope.Server, db =>
            db.Set<OutboxMail>().Where(m => m.Template == PasswordResetMail.TemplateName).Select(m => m.SecretCipher).SingleAsync());
        var link = services.GetRequiredService<Secrets>().Unprotect(OutboxMail.SecretPurpose, cipher!)!;
        Assert.True((await services.GetRequiredService<SetNewPassword>().ExecuteAsync(link, "copper lantern violin brook", null, System.Net.IPAddress.Loopback, TestContext.Current.CancellationToken)).Succeeded);
    }
}
