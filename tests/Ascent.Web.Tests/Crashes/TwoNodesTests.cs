using Ascent.Accounts;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Reviews;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Crashes;

/// <summary>
/// Two servers, each a process of its own, begin on one database in a night with work to do: each thing is done once, and each mail is sent
/// once. They run by the machine's clock, so the work is made due now.
/// </summary>
[Collection(Alone.Name)]
public sealed class TwoNodesTests
{
    private const int Schools = 8;

    [Theory, BothDatabases]
    public async Task Night_TwoProcessesAtOnce_DoesEachThingOnce(DatabaseKind kind)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (LondonTime.ToLocal(now.UtcDateTime).Hour is 0 or 23)
            Assert.Skip("The work of the night begins at one in the morning in England, by the machine’s clock; midnight is too near.");
        await using var database = await TestDatabase.CreateAsync(kind);
        await PrepareAsync(database, now);

        var nodes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ServerProcess.StartAsync(database, ServerProcess.FreePort())));
        try
        {
            await using var host = AscentHost.On(database, now);
            await UntilAsync(host, () => string.Join('\n', nodes.Select(n => n.Said)));
            await OnceAsync(host);
            Assert.Single(nodes, node => node.Said.Contains("The work of the night is done", StringComparison.Ordinal));
        }
        finally
        {
            foreach (var node in nodes)
                await node.DisposeAsync();
        }
    }

    /// <summary>In each school: an end date that has passed, somebody dormant, a single holder, and a review that is due; in every other one a review that is 31 days old as well.</summary>
    private static async Task PrepareAsync(TestDatabase database, DateTimeOffset now)
    {
        await using var host = AscentHost.On(database, now);
        var today = LondonTime.DateOf(now.UtcDateTime);
        var begun = ReviewCalendar.Present(ReviewRhythm.EachTerm, today)!.Value;
        for (var i = 0; i < Schools; i++)
        {
            var school = await host.Data.AddPrimaryAsync();
            var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
            await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.ManageData), endsOn: today.AddDays(-1));
            var dormant = await host.Data.AddMemberAsync(school);
            await host.ChangeAsync(async db =>
            {
                (await db.Set<Membership>().SingleAsync(m => m.Id == dormant.MembershipId)).NoteOpened(now.UtcDateTime.AddMonths(-13));
                if (i % 2 == 0)
                    return;
                var review = new AccessReview { OrganisationId = school.Id, Id = Guid.CreateVersion7(now), DueOn = begun, OpenedAt = now.UtcDateTime.AddDays(-31), People = 1 };
                db.Add(review);
                db.Add(new AccessReviewItem { OrganisationId = school.Id, ReviewId = review.Id, MembershipId = setup.MembershipId, Place = "0" });
            });
        }
        await host.ChangeAsync(db => db.Set<Membership>().ExecuteUpdateAsync(m => m.SetProperty(x => x.CreatedAt, now.UtcDateTime.AddDays(-400))));
    }

    /// <summary>The night is over, and every mail is out.</summary>
    private static async Task UntilAsync(AscentHost host, Func<string> said)
    {
        for (var waited = 0; waited < 300; waited++)
        {
            if (await host.ReadAsync(db => db.Set<NightlyRun>().AnyAsync(r => r.FinishedAt != null)) && !await host.ReadAsync(db => db.Set<OutboxMail>().AnyAsync(m => m.State != MailState.Sent)))
                return;
            await Task.Delay(100);
        }
        Assert.Fail($"The night does not end.\n{said()}");
    }

    private static async Task OnceAsync(AscentHost host)
    {
        var entries = await host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.ActorKind == ActorKind.System).Select(e => new { e.OrganisationId, e.Kind }).ToListAsync());
        var counted = entries.Where(e => e.Kind is "access-ends-recorded" or "review-opened" or "review-flagged").CountBy(e => (e.OrganisationId, e.Kind)).ToList();
        Assert.All(counted, one => Assert.Equal(1, one.Value));
        Assert.Equal((Schools, Schools / 2, Schools / 2),
            (counted.Count(c => c.Key.Kind == "access-ends-recorded"), counted.Count(c => c.Key.Kind == "review-opened"), counted.Count(c => c.Key.Kind == "review-flagged")));

        var mails = await host.ReadAsync(db => db.Set<OutboxMail>().Select(m => new { m.Id, m.OrganisationId, m.Template }).ToListAsync());
        Assert.All(mails.CountBy(m => (m.OrganisationId, m.Template)), one => Assert.Equal(1, one.Value));
        Assert.Equal([(DormantMail.TemplateName, Schools), (ReviewFlaggedMail.TemplateName, Schools / 2), (SingleHolderMail.TemplateName, Schools)],
            mails.CountBy(m => m.Template).OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => (t.Key, t.Value)));
        var arrived = (await host.Data.ReadMailAsync()).Select(m => m.MessageId!.Split('@')[0]).ToList();
        Assert.Equal(mails.Select(m => m.Id.ToString("N")).Order(StringComparer.Ordinal), arrived.Order(StringComparer.Ordinal));
    }
}
