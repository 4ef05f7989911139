using Ascent.Mail;

namespace Ascent.Web.Tests.Support;

/// <summary>Finds the links that were really mailed, as their owner does.</summary>
public static class Mailed
{
    /// <param name="begins">How the link's path begins, such as "/reset/".</param>
    /// <returns>The paths of such links in the mails to this address, the oldest first.</returns>
    public static async Task<IReadOnlyList<string>> PathsAsync(this SchoolServer server, string begins, string to)
    {
        // The server's own worker may have some of them in its hands.
        while (await server.ReadAsync(db => Task.FromResult(db.Set<OutboxMail>().Any(m => m.State == MailState.Waiting))))
            await server.Factory.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        return [.. (await server.Data.ReadMailAsync()).Where(m => m.To.Mailboxes.Single().Address == to)
            .SelectMany(m => m.TextBody!.Split('\n').Select(line => line.Trim()))
            .Where(line => Uri.TryCreate(line, UriKind.Absolute, out var link) && link.AbsolutePath.StartsWith(begins, StringComparison.Ordinal))
            .Select(line => new Uri(line).PathAndQuery)];
    }

    public static async Task<string> PathAsync(this SchoolServer server, string begins, string to) => (await server.PathsAsync(begins, to))[^1];
}
