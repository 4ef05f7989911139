using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Operators;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Journeys;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Privacy;

/// <summary>Deletes what has been kept for as long as <see cref="Retention"/> says, a thousand rows at a time.</summary>
public sealed class RemoveOldRows(Database database, TimeProvider clock) : NightlyTask
{
    /// <summary>So that nobody waits long for their turn to write.</summary>
    private const int Batch = 1_000;

    public override string Counts => "old rows deleted";

    public override async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var (sessions, devices, mails, notices, throttle) = (now - Retention.Sessions, now - Retention.Devices, now - Retention.Mails, now - Retention.SeenNotices, now - Retention.ThrottleCounts);
        var nights = LondonTime.DateOf(now - Retention.Nights);
        // A list that was confirmed goes on until everybody is made; then it is finished.
        return await DeleteAsync<Journey>(j => j.Where(x => x.ExpiresAt <= now && (x.ResultId != null || x.Name != CreateUsersAnswers.JourneyName || !x.Path.EndsWith(CreateUsersAnswers.ConfirmStep))).OrderBy(x => x.ExpiresAt), cancellationToken)
            + await DeleteAsync<Session>(s => s.Where(x => x.LastSeenAt <= sessions).OrderBy(x => x.Id), cancellationToken)
            + await DeleteAsync<KnownDevice>(d => d.Where(x => x.FirstSeenAt <= devices).OrderBy(x => x.AccountId), cancellationToken)
            + await DeleteAsync<ThrottleCount>(t => t.Where(x => x.LastTryAt <= throttle).OrderBy(x => x.LastTryAt), cancellationToken)
            + await DeleteAsync<PasswordReset>(r => r.Where(x => x.ExpiresAt <= now).OrderBy(x => x.AccountId), cancellationToken)
            + await DeleteAsync<EmailChange>(c => c.Where(x => x.ExpiresAt <= now).OrderBy(x => x.AccountId), cancellationToken)
            + await DeleteAsync<PasskeyChallenge>(c => c.Where(x => x.ExpiresAt <= now).OrderBy(x => x.ExpiresAt), cancellationToken)
            + await DeleteAsync<OperatorNotice>(n => n.Where(x => x.SeenAt <= notices).OrderBy(x => x.Id), cancellationToken)
            + await DeleteAsync<NightlyRun>(r => r.Where(x => x.Day < nights).OrderBy(x => x.Day), cancellationToken)
            + await DeleteMailsAsync(mails, cancellationToken)
            + await ForgetDeletedMembersAsync(now.AddYears(-DetailsRetired.Years), cancellationToken);
    }

    // Pending users tells of the mail of each invitation, however old it is.
    private Task<int> DeleteMailsAsync(DateTime before, CancellationToken cancellationToken) =>
        RepeatAsync(db => db.Set<OutboxMail>()
            .Where(m => (m.SentAt <= before || m.GivenUpAt <= before) && !db.Set<Invitation>().Any(i => i.OrganisationId == m.OrganisationId && i.MailId == m.Id))
            .OrderBy(m => m.Id).Take(Batch).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    private Task<int> ForgetDeletedMembersAsync(DateTime before, CancellationToken cancellationToken) =>
        RepeatAsync(db => db.Set<Membership>().Where(m => m.State == MembershipState.Deleted && m.StateSince < before && (m.NameKey != "" || m.EmailKey != ""))
            .OrderBy(m => m.Id).Take(Batch)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.NameKey, "").SetProperty(x => x.SurnameKey, "").SetProperty(x => x.EmailKey, "").SetProperty(x => x.OtherRole, (string?)null), cancellationToken), cancellationToken);

    private Task<int> DeleteAsync<T>(Func<IQueryable<T>, IQueryable<T>> old, CancellationToken cancellationToken) where T : class =>
        RepeatAsync(db => old(db.Set<T>()).Take(Batch).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    private async Task<int> RepeatAsync(Func<AppDb, Task<int>> delete, CancellationToken cancellationToken)
    {
        var (count, batch) = (0, 0);
        do
            count += batch = await database.WriteAsync(OrganisationScope.Server, delete, cancellationToken);
        while (batch > 0);
        return count;
    }
}

/// <summary>Names and texts beside the log go after six years.</summary>
public sealed class RetireDetailsAtNight(RetireDetails retireDetails) : NightlyTask
{
    public override string Counts => "old details of the log deleted";

    public override Task<int> ExecuteAsync(CancellationToken cancellationToken) => retireDetails.ExecuteAsync(cancellationToken);
}
