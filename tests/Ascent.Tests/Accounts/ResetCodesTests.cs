using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class ResetCodesTests
{
    [Theory, BothDatabases]
    public async Task Show_AnotherHolder_SeesTheCodeAndTheThirdIsTold(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup) = await StartAsync(host);
        var third = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Theo", "Third");
        var asking = await AskingAsync(host, school, Permission.SchoolSetup);

        var shown = await host.Get<ShowResetCode>().ExecuteAsync(asking.MembershipId, setup.Actor, CancellationToken.None);

        Assert.True((await GiveAsync(host, asking, shown.Value.Code)).Succeeded);
        Assert.Equal(0, await host.CountAsync<ResetCode>());
        var mail = await host.ReadAsync(db => db.Set<OutboxMail>().SingleAsync(m => m.Template == ResetCodeShownMail.TemplateName));
        Assert.Equal(third.Email, mail.Recipient);
        Assert.DoesNotContain(shown.Value.Code, mail.Values, StringComparison.Ordinal);
        Assert.Equal(["reset-code-given", "reset-code-shown"],
            await host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Kind.StartsWith("reset-code")).Select(e => e.Kind).Order().ToListAsync()));
    }

    [Theory, BothDatabases]
    public async Task Show_WhoMayNot_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup) = await StartAsync(host);
        var asking = await AskingAsync(host, school, Permission.SchoolSetup);
        var teacher = await host.Data.AddMemberAsync(school, Permission.SchoolReports);
        var stranger = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);

        Assert.IsType<NotAllowed>(await RefusalAsync(host, asking, teacher.Actor));
        Assert.IsType<NotFound>(await RefusalAsync(host, asking, stranger.Actor));
        Assert.IsType<OwnCode>(await RefusalAsync(host, asking, asking.Actor));
        Assert.IsType<ConfirmItIsYou>(await RefusalAsync(host, asking, setup.Actor with { IsFresh = false }));
        host.Clock.Advance(ResetCode.Life);
        Assert.IsType<ResetCodeExpired>(await RefusalAsync(host, asking, setup.Actor));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "reset-code-shown")));
    }

    [Theory, BothDatabases]
    [Asvs("6.6.3", "Wrong codes wait from the fifth on, and the tenth makes a new code.")]
    public async Task Give_WrongCode_IsCountedSlowedAndReplacedAtTheTenth(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, _) = await StartAsync(host);
        var asking = await AskingAsync(host, school, Permission.ManageData);
        var first = await CodeAsync(host);

        for (var i = 1; i < 10; i++)
        {
            Assert.IsType<WrongCode>(Assert.Single((await GiveAsync(host, asking, "AAAAA-AAAAA")).Refusals));
            host.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        Assert.IsType<CodeWasReplaced>(Assert.Single((await GiveAsync(host, asking, "AAAAA-AAAAA")).Refusals));

        Assert.NotEqual(first, await CodeAsync(host));
        Assert.IsType<WrongCode>(Assert.Single((await GiveAsync(host, asking, first)).Refusals));
        Assert.True((await GiveAsync(host, asking, await CodeAsync(host))).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task Ask_AfterTheCodeRanOut_MakesANewOneAndBeforeThatNone(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, _) = await StartAsync(host);
        var asking = await AskingAsync(host, school, Permission.ManageData);
        var first = await CodeAsync(host);

        await host.Get<AskForResetCode>().ExecuteAsync(school.Id, asking.MembershipId, CancellationToken.None);
        Assert.Equal(first, await CodeAsync(host));
        host.Clock.Advance(ResetCode.Life);
        Assert.IsType<OwnResetCodeExpired>(Assert.Single((await GiveAsync(host, asking, first)).Refusals));
        await host.Get<AskForResetCode>().ExecuteAsync(school.Id, asking.MembershipId, CancellationToken.None);

        Assert.True((await GiveAsync(host, asking, await CodeAsync(host))).Succeeded);
    }

    private static async Task<(School School, TestMember Setup)> StartAsync(AscentHost host)
    {
        var school = await host.Data.AddPrimaryAsync();
        return (school, await host.Data.AddMemberAsync(school, Permission.SchoolSetup));
    }

    private static async Task<TestMember> AskingAsync(AscentHost host, School school, Permission permission)
    {
        var member = await host.Data.AddMemberAsync(school, permission);
        await host.Get<AskForPasswordReset>().ExecuteAsync(member.Email, System.Net.IPAddress.Loopback, CancellationToken.None);
        var cipher = await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == PasswordResetMail.TemplateName && m.Recipient == member.Email).Select(m => m.SecretCipher).SingleAsync());
        var link = host.Get<Secrets>().Unprotect(OutboxMail.SecretPurpose, cipher!)!;
        Assert.True((await host.Get<SetNewPassword>().ExecuteAsync(link, "copper lantern violin brook", null, System.Net.IPAddress.Loopback, CancellationToken.None)).Succeeded);
        return member;
    }

    private static async Task<string> CodeAsync(AscentHost host) =>
        host.Get<Secrets>().Unprotect("activation code", await host.ReadAsync(db => db.Set<ResetCode>().Select(c => c.CodeCipher).SingleAsync()))!;

    private static async Task<Refusal> RefusalAsync(AscentHost host, TestMember asking, Actor actor) =>
        Assert.Single((await host.Get<ShowResetCode>().ExecuteAsync(asking.MembershipId, actor, CancellationToken.None)).Refusals);

    private static Task<Result<Done>> GiveAsync(AscentHost host, TestMember asking, string code) =>
        host.Get<GiveResetCode>().ExecuteAsync(code, asking.School.Id, asking.MembershipId, asking.AccountId, CancellationToken.None);
}
