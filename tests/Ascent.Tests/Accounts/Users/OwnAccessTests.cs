using Ascent.Accounts;
using Ascent.Accounts.Operators;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Users;

/// <summary>What a holder may do to their own access, and who is told of it.</summary>
public sealed class OwnAccessTests
{
    private static readonly PermissionSet Held = PermissionSet.Of(Permission.SchoolSetup, Permission.SchoolReports).With(Permission.PupilReports);

    [Theory, BothDatabases]
    public async Task ChangeAccess_OwnReportsLowered_IsDoneAndTheOtherHoldersAreTold(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (me, other) = await TwoHoldersAsync(host);

        var saved = await SaveAsync(host, me, Held.Without(Permission.PupilReports));

        Assert.Equal(["View pupil-level data & suppressed and sensitive items"], saved.Value.Changes.Select(c => c.Label));
        var mail = await host.ReadAsync(db => db.Set<OutboxMail>().SingleAsync());
        Assert.Equal((OwnAccessChangedMail.TemplateName, other.Email), (mail.Template, mail.Recipient));
    }

    public static TheoryData<string, string> Raised { get; } = new()
    {
        { "report", nameof(Permission.AllCollaborateGroups) },
        { "scope", nameof(Permission.PupilReports) },
        { "tracking", nameof(Permission.TrackingMarks) },
        { "data", nameof(Permission.SchoolSetup) },
        { "setup", nameof(Permission.SchoolSetup) },
        { "end", "EndsOn" },
    };

    [Theory, MemberData(nameof(Raised))]
    public async Task ChangeAccess_OwnRaisedWhileAnotherIsThere_IsRefusedAtTheField(string what, string field)
    {
        await using var host = await AscentHost.StartAsync();
        var (me, _) = await TwoHoldersAsync(host, what == "scope" ? Held.With(Permission.PupilReports, PupilScope.OwnClasses) : Held);

        var refused = await SaveAsync(host, me, Wanted(what), what == "end" ? new DateOnly(2027, 7, 31) : null);

        var refusal = Assert.IsType<OwnAccess>(refused.Refusals[0]);
        Assert.Equal(field, refusal.Field);
        Assert.Equal(0, await host.CountAsync<OutboxMail>());
    }

    [Theory]
    [InlineData("report", true)]
    [InlineData("scope", true)]
    [InlineData("tracking", true)]
    [InlineData("setup", false)]
    [InlineData("end", false)]
    public async Task ChangeAccess_OwnRaisedByTheOnlyHolder_NeedsThePasswordAndShowsToTheOperator(string what, bool mayBe)
    {
        await using var host = await AscentHost.StartAsync();
        var before = what == "scope" ? Held.With(Permission.PupilReports, PupilScope.OwnClasses) : Held;
        var me = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), before);
        var day = what == "end" ? new DateOnly(2027, 7, 31) : (DateOnly?)null;

        var unconfirmed = await SaveAsync(host, me, Wanted(what), day, isFresh: false);
        var confirmed = await SaveAsync(host, me, Wanted(what), day);

        Assert.Equal(mayBe, unconfirmed.Refusals is [ConfirmItIsYou]);
        Assert.Equal(mayBe, confirmed.Succeeded);
        var notices = await host.Get<ListOperatorNotices>().ExecuteAsync(CancellationToken.None);
        Assert.Equal(mayBe ? [OperatorNoticeKind.OwnAccessChanged] : [], notices.Select(n => n.Kind));
        if (mayBe)
        {
            await host.Get<PutNoticeAway>().ExecuteAsync(notices[0].Id, CancellationToken.None);
            Assert.Empty(await host.Get<ListOperatorNotices>().ExecuteAsync(CancellationToken.None));
        }
    }

    [Fact]
    public async Task ChangeAccess_OwnJobRole_IsDone()
    {
        await using var host = await AscentHost.StartAsync();
        var (me, _) = await TwoHoldersAsync(host);

        var saved = await host.Get<ChangeAccess>().ExecuteAsync(new(me.MembershipId, 1, JobRole.Headteacher, null, Held, null), me.Actor, CancellationToken.None);

        Assert.Equal(["Job role"], saved.Value.Changes.Select(c => c.Label));
    }

    [Fact]
    public async Task ChangeAccess_OfAnotherActivePerson_TellsThePersonWithBeforeAndAfter()
    {
        await using var host = await AscentHost.StartAsync();
        var (me, _) = await TwoHoldersAsync(host);
        var teacher = await host.Data.AddMemberAsync(me.School, Permission.SchoolReports);

        await host.Get<ChangeAccess>().ExecuteAsync(new(teacher.MembershipId, 1, JobRole.Teacher, null, PermissionSet.Of(Permission.SchoolReports, Permission.PupilReports), null), me.Actor, CancellationToken.None);
        await host.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);

        var mail = Assert.Single(await host.Data.ReadMailAsync());
        Assert.Equal(teacher.Email, mail.To.Mailboxes.Single().Address);
        Assert.Contains($"{me.FullName} changed what you may do", mail.TextBody!, StringComparison.Ordinal);
        Assert.Contains("View pupil-level data & suppressed and sensitive items: no → whole school", mail.TextBody!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MakingAHolder_ByCreatingOrEditing_TellsTheOtherHoldersAndNotTheOneWhoDidIt(bool byEditing)
    {
        await using var host = await AscentHost.StartAsync();
        var (me, other) = await TwoHoldersAsync(host);
        var setup = PermissionSet.Of(Permission.SchoolSetup);
        if (byEditing)
        {
            var teacher = await host.Data.AddMemberAsync(me.School);
            await host.Get<ChangeAccess>().ExecuteAsync(new(teacher.MembershipId, 1, JobRole.Teacher, null, setup, null), me.Actor, CancellationToken.None);
        }
        else
            await host.Data.InviteAsync(me, setup);

        var told = await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == HolderMadeMail.TemplateName).Select(m => m.Recipient).ToListAsync());
        Assert.Equal([other.Email], told);
        Assert.Empty(await host.Get<ListOperatorNotices>().ExecuteAsync(CancellationToken.None));
    }

    [Fact]
    public async Task MakingAHolder_ByTheOnlyOne_ShowsToTheOperator()
    {
        await using var host = await AscentHost.StartAsync();
        var me = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync("Moss Lane"), Permission.SchoolSetup);

        await host.Data.InviteAsync(me, PermissionSet.Of(Permission.SchoolSetup));

        var notice = Assert.Single(await host.Get<ListOperatorNotices>().ExecuteAsync(CancellationToken.None));
        Assert.Equal((OperatorNoticeKind.HolderMade, OrganisationKind.School, "Moss Lane", me.School.Code), (notice.Kind, notice.Organisation, notice.Name, notice.Place));
    }

    private static PermissionSet Wanted(string what) => what switch
    {
        "report" => Held.With(Permission.AllCollaborateGroups),
        "tracking" => Held.With(Permission.TrackingMarks),
        "data" => Held.Without(Permission.SchoolSetup).With(Permission.ManageData),
        "setup" => Held.Without(Permission.SchoolSetup),
        _ => Held,
    };

    private static async Task<(TestMember Me, TestMember Other)> TwoHoldersAsync(AscentHost host, PermissionSet? mine = null)
    {
        var school = await host.Data.AddPrimaryAsync();
        return (await host.Data.AddMemberAsync(school, mine ?? Held), await host.Data.AddMemberAsync(school, Permission.SchoolSetup));
    }

    private static Task<Result<AccessSaved>> SaveAsync(AscentHost host, TestMember me, PermissionSet permissions, DateOnly? endsOn = null, bool isFresh = true) =>
        host.Get<ChangeAccess>().ExecuteAsync(new(me.MembershipId, 1, JobRole.Teacher, null, permissions, endsOn), me.Actor with { IsFresh = isFresh }, CancellationToken.None);
}
