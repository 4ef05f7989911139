using System.Diagnostics;
using System.Text.RegularExpressions;
using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    /// <summary>The activation code of a pending membership, read without leaving a trace as the page would.</summary>
    public async Task<string> CodeOfAsync(Guid membershipId)
    {
        var cipher = await ReadAsync(db => db.Set<Invitation>().Where(i => i.MembershipId == membershipId).Select(i => i.CodeCipher).SingleAsync());
        return Get<Secrets>().Unprotect("activation code", cipher)!;
    }

    /// <summary>The token in the present link of a pending membership, out of the mail that was really sent to the mail folder.</summary>
    public async Task<string> TokenOfAsync(Guid membershipId)
    {
        await Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        var mailId = await ReadAsync(db => db.Set<Invitation>().Where(i => i.MembershipId == membershipId).Select(i => i.MailId).SingleAsync());
        var mail = await FindMailAsync(mailId);
        return SignUpAddress().Match(mail.TextBody!).Groups["token"].Value;
    }

    // A server that runs sends mail by itself: it may hold this one in its hands at this moment.
    private async Task<MimeMessage> FindMailAsync(Guid mailId)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            if ((await ReadMailAsync()).SingleOrDefault(m => m.MessageId!.StartsWith($"{mailId:N}@", StringComparison.Ordinal)) is { } mail)
                return mail;
            if (patience.Elapsed > TimeSpan.FromSeconds(10))
                throw new InvalidOperationException($"Mail {mailId} was not sent.");
            await Task.Delay(20);
        }
    }

    /// <summary>The path of the sign-up link of a pending membership, as the mail has it.</summary>
    public async Task<string> LinkOfAsync(Guid membershipId) => $"/sign-up/{await TokenOfAsync(membershipId)}";

    /// <summary>Every mail in the mail folder, the oldest first. Nothing is sent by asking.</summary>
    public async Task<IReadOnlyList<MimeMessage>> ReadMailAsync()
    {
        var folder = Path.Combine(Get<ServerSettings>().DataFolder, "mail");
        if (!Directory.Exists(folder))
            return [];
        var mails = new List<MimeMessage>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal))
            mails.Add(await MimeMessage.LoadAsync(file));
        return mails;
    }

    [GeneratedRegex("/sign-up/(?<token>[A-Za-z0-9_-]{43})")]
    private static partial Regex SignUpAddress();
}
