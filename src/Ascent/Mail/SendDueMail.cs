using System.Diagnostics;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Ascent.Mail;

/// <summary>
/// Hands over what is due: takes mails by a conditional update, sends them outside any transaction, a few at once so that a slow server
/// does not hold up the others, and records how each went. A sender that dies in between leaves its mails to be taken again, under the
/// same Message-ID: at least once.
/// </summary>
public sealed class SendDueMail(
    Database database, IMailTransport transport, IEnumerable<MailTemplate> templates, Secrets secrets, ServerSettings settings, TimeProvider clock, ILogger<SendDueMail> log)
{
    private const int AtOnce = 4;

    // What is taken and not sent yet waits its turn within the lease: two mails for each line, each of them some seconds at most.
    private const int Batch = 2 * AtOnce;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    // A round ends now and then, although there is more, so that one can see that the worker lives.
    private static readonly TimeSpan LongestRound = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    /// <summary>The pauses between tries; after the last the mail is dead.</summary>
    public static IReadOnlyList<TimeSpan> Pauses { get; } =
    [
        TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(24),
    ];

    /// <param name="cancellationToken">Takes up no further mail; those in hand are brought to an end.</param>
    /// <returns>How many mails were handed over.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        using var round = new Round(this);
        var lines = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SendAllAsync(round, cancellationToken)));
        return lines.Sum();
    }

    private async Task<int> SendAllAsync(Round round, CancellationToken cancellationToken)
    {
        var sent = 0;
        while (true)
        {
            if (await round.NextAsync(cancellationToken) is { } mail)
                sent += await round.HoldAsync(() => SendAsync(mail)) ? 1 : 0;
            else if (round.IsIdle || round.IsOver || cancellationToken.IsCancellationRequested)
                return sent;
            else
                // Another line is busy, perhaps with a slow server: what comes in meanwhile does not wait for it.
                await Task.Delay(Glance, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task<List<OutboxMail>> TakeAsync(CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            var now = clock.Now();
            var mails = await db.Set<OutboxMail>().Where(m => m.State == MailState.Waiting && m.NextAttemptAt <= now)
                .OrderBy(m => m.NextAttemptAt).ThenBy(m => m.Id).Take(Batch).ToListAsync(cancellationToken);
            foreach (var mail in mails)
            {
                mail.NextAttemptAt = now + Lease;
                mail.Attempts++;
                mail.Version++;
            }
            if (mails.Count > 0)
                await db.SaveChangesAsync(cancellationToken);
            return mails;
        }, cancellationToken);

    private async Task<bool> SendAsync(OutboxMail mail)
    {
        string? problem = null;
        var final = false;
        try
        {
            await transport.HandOverAsync(Write(mail), CancellationToken.None);
        }
        catch (Exception exception)
        {
            final = exception is MailRefusedException;
            problem = MailProblem.Of(exception);
            log.LogWarning("Mail {MailId} was not handed over, try {Attempt}: {Problem}", mail.Id, mail.Attempts, problem);
        }
        await database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            var row = await db.Set<OutboxMail>().SingleOrDefaultAsync(m => m.OrganisationId == mail.OrganisationId && m.Id == mail.Id, CancellationToken.None);
            if (row is null || row.State != MailState.Waiting)
                return 0;
            Record(row, problem, final);
            return await db.SaveChangesAsync(CancellationToken.None);
        }, CancellationToken.None);
        return problem is null;
    }

    private void Record(OutboxMail mail, string? problem, bool final)
    {
        mail.Version++;
        mail.LastError = problem;
        if (problem is null)
        {
            mail.State = MailState.Sent;
            mail.SentAt = clock.Now();
            mail.SecretCipher = null;
        }
        else if (final || mail.Attempts > Pauses.Count)
            mail.State = MailState.Dead;
        else
            mail.NextAttemptAt = clock.Now() + Pauses[mail.Attempts - 1];
    }

    private MimeMessage Write(OutboxMail mail)
    {
        var template = templates.Single(t => t.Name == mail.Template);
        var secret = mail.SecretCipher is null ? null
            : secrets.Unprotect(OutboxMail.SecretPurpose, mail.SecretCipher) ?? throw new MailSecretLostException();
        return template.Write(mail.Values, secret, settings).Message(mail.Id, mail.CreatedAt, new(mail.RecipientName, mail.Recipient), settings);
    }

    /// <summary>What the lines of one round share: mails that are taken, and how many are in hand.</summary>
    private sealed class Round(SendDueMail sender) : IDisposable
    {
        private readonly Stopwatch age = Stopwatch.StartNew();
        private readonly SemaphoreSlim gate = new(1, 1);
        private readonly Queue<OutboxMail> taken = new();
        private int inHand;

        public bool IsOver => age.Elapsed > LongestRound;

        public bool IsIdle => Volatile.Read(ref inHand) == 0;

        public void Dispose() => gate.Dispose();

        public async Task<bool> HoldAsync(Func<Task<bool>> send)
        {
            try
            {
                return await send();
            }
            finally
            {
                Interlocked.Decrement(ref inHand);
            }
        }

        public async Task<OutboxMail?> NextAsync(CancellationToken cancellationToken)
        {
            await gate.WaitAsync(CancellationToken.None);
            try
            {
                if (taken.Count == 0 && !IsOver && !cancellationToken.IsCancellationRequested)
                    foreach (var mail in await sender.TakeAsync(CancellationToken.None))
                        taken.Enqueue(mail);
                if (!taken.TryDequeue(out var next))
                    return null;
                Interlocked.Increment(ref inHand);
                return next;
            }
            finally
            {
                gate.Release();
            }
        }
    }
}
