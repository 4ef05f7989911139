using Ascent.Accounts;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Reviews;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Reviews;

/// <summary>What tests of reviews begin with, and ask.</summary>
internal static class Reviewing
{
    /// <summary>A school whose people were there before the term began, with two holders, and its review opened on 23 November 2026.</summary>
    public static async Task<(TestMember Ann, TestMember Bob)> SchoolAsync(AscentHost host, School? school = null)
    {
        school ??= await host.Data.AddPrimaryAsync();
        var ann = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Ann", "Holder");
        return (ann, await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Bob", "Holder"));
    }

    /// <summary>Everybody here now was here before the term, and the night passes.</summary>
    public static async Task OpenAsync(AscentHost host)
    {
        await AgeAsync(host, 100);
        Assert.True(await host.Get<OpenDueReviews>().ExecuteAsync(default) > 0, "No review was opened.");
    }

    public static Task AgeAsync(AscentHost host, int days) => host.ChangeAsync(async db =>
    {
        var before = host.Clock.GetUtcNow().UtcDateTime.AddDays(-days);
        await db.Set<Membership>().ExecuteUpdateAsync(m => m.SetProperty(x => x.CreatedAt, before));
    });

    public static Task<ReviewPage> ReadAsync(AscentHost host, TestMember by, ReviewQuery? query = null) => host.Get<ReadAccessReview>().ExecuteAsync(by.Actor, query ?? new(), default);

    /// <summary>What the rows of these people carry on the page of a holder now.</summary>
    public static async Task<ReviewSeen[]> SeenAsync(AscentHost host, TestMember by, params TestMember[] people)
    {
        var rows = (await ReadAsync(host, by, new(Show: ReviewShow.Everybody))).Rows.ToDictionary(r => r.MembershipId);
        return [.. people.Select(p => rows[p.MembershipId].Seen)];
    }

    public static async Task<MembershipsConfirmedNow> ConfirmAsync(AscentHost host, TestMember by, params TestMember[] people) =>
        (await host.Get<ConfirmMemberships>().ExecuteAsync(await SeenAsync(host, by, people), by.Actor, default)).Value;

    public static Task<int> EntriesAsync(AscentHost host, string kind) => host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == kind));

    public static Task<int> MailsAsync(AscentHost host) => host.ReadAsync(db => db.Set<OutboxMail>().CountAsync(m => m.Template == ReviewFlaggedMail.TemplateName));
}
