using System.Net;
using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts;

public sealed class TellResetCodeTests
{
    [Theory, BothDatabases]
    public async Task ExecuteAsync_SoleHolder_IsToldAndOpensTheSchool(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync("Larch School");
        var sole = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Ruth", "Bell", "ruth@school.example");
        await ResetAsync(host, sole);

        var told = await TellAsync(host, "RUTH@school.example");

        Assert.Equal(("Ruth Bell", "Larch School", school.Code, AscentHost.Start.UtcDateTime + ResetCode.Life), (told.Value.FullName, told.Value.School, told.Value.Urn, told.Value.ExpiresAt));
        var entry = await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "reset-code-told"));
        Assert.Equal((school.Id, ActorKind.Operator), (entry.OrganisationId, entry.ActorKind));
        Assert.DoesNotContain(told.Value.Code, entry.Facts, StringComparison.Ordinal);
        Assert.True((await host.Get<GiveResetCode>().ExecuteAsync(told.Value.Code, school.Id, sole.MembershipId, sole.AccountId, CancellationToken.None)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_AnotherHolderIsThere_IsRefusedWithTheirName(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var asking = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Theo", "Third");
        await ResetAsync(host, asking);

        var refused = Assert.IsType<OthersCanShow>(Assert.Single((await TellAsync(host, asking.Email)).Refusals));

        Assert.Equal(["Theo Third"], refused.Names);
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "reset-code-told")));
    }

    // Pending ones cannot sign in, and those whose access has ended neither: they show nobody a code.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_OthersArePendingOrEnded_IsTold(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var sole = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        await host.Data.InviteAsync(sole, PermissionSet.Of(Permission.SchoolSetup));
        await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), endsOn: new DateOnly(2026, 11, 22));
        await ResetAsync(host, sole);

        Assert.True((await TellAsync(host, sole.Email)).Succeeded);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_SeveralSchools_AsksWhichOne(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (first, second) = (await host.Data.AddPrimaryAsync(), await host.Data.AddPrimaryAsync());
        var sole = await host.Data.AddMemberAsync(first, Permission.SchoolSetup);
        await host.Data.AddMemberAsync(second, PermissionSet.Of(Permission.ManageData), account: sole);
        await ResetAsync(host, sole);

        Assert.Equal(2, Assert.IsType<SeveralResetCodes>(Assert.Single((await TellAsync(host, sole.Email)).Refusals)).Schools.Count);
        Assert.Equal(second.Name, (await TellAsync(host, sole.Email, second.Code)).Value.School);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_NothingOwedOrRunOut_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var school = await host.Data.AddPrimaryAsync();
        var sole = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);

        Assert.IsType<NobodyOwesResetCode>(Assert.Single((await TellAsync(host, sole.Email)).Refusals));
        Assert.IsType<NobodyOwesResetCode>(Assert.Single((await TellAsync(host, "nobody")).Refusals));
        await ResetAsync(host, sole);
        Assert.IsType<NobodyOwesResetCode>(Assert.Single((await TellAsync(host, sole.Email, "999999")).Refusals));
        Assert.IsType<OperatorsOnly>(Assert.Single((await host.Get<TellResetCode>().ExecuteAsync(new(sole.Email, null), sole.Actor, CancellationToken.None)).Refusals));
        host.Clock.Advance(ResetCode.Life);
        Assert.IsType<ResetCodeExpired>(Assert.Single((await TellAsync(host, sole.Email)).Refusals));
    }

    private static Task<Result<ToldResetCode>> TellAsync(AscentHost host, string email, string? urn = null) =>
        host.Get<TellResetCode>().ExecuteAsync(new(email, urn), Actor.Operator, CancellationToken.None);

    private static async Task ResetAsync(AscentHost host, TestMember member)
    {
        await host.Get<AskForPasswordReset>().ExecuteAsync(member.Email, IPAddress.Loopback, CancellationToken.None);
        var cipher = await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == PasswordResetMail.TemplateName && m.Recipient == member.Email).Select(m => m.SecretCipher).SingleAsync());
        var link = host.Get<Secrets>().Unprotect(OutboxMail.SecretPurpose, cipher!)!;
        Assert.True((await host.Get<SetNewPassword>().ExecuteAsync(link, "copper lantern violin brook", null, System.Net.IPAddress.Loopback, CancellationToken.None)).Succeeded);
    }
}
