using System.Collections.Concurrent;
using MimeKit;

namespace Ascent.Web.Tests.Crashes;

/// <param name="Id">The part of the Message-ID that is the mail's id; it begins with the time when the mail was made.</param>
internal sealed record Arrived(string Id, string To, string Text);

/// <summary>Every mail that has arrived in a folder of whole files: the server's own, or the one behind a mail server.</summary>
internal sealed class Mailbox(string folder)
{
    private readonly ConcurrentDictionary<string, Arrived> read = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<Arrived>> ReadAsync()
    {
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : [])
            if (!read.ContainsKey(file))
                read.TryAdd(file, Read(await MimeMessage.LoadAsync(file)));
        return [.. read.Values];
    }

    /// <summary>The mails to somebody, each once however often it came, the newest last.</summary>
    public async Task<IReadOnlyList<Arrived>> ToAsync(string email) =>
        [.. (await ReadAsync()).Where(m => m.To == email).DistinctBy(m => m.Id).OrderBy(m => m.Id, StringComparer.Ordinal)];

    private static Arrived Read(MimeMessage mail) => new(mail.MessageId!.Split('@')[0], mail.To.Mailboxes.Single().Address, mail.TextBody!);
}
