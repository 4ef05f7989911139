using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Ascent.Mail;

/// <summary>The outside world of mail: a server, or a folder when there is none.</summary>
public interface IMailTransport
{
    /// <exception cref="MailRefusedException">The receiving side refused this mail for good.</exception>
    Task HandOverAsync(MimeMessage message, CancellationToken cancellationToken);
}

/// <summary>Trying again would not help: the server refused the address or the message.</summary>
public sealed class MailRefusedException(string message, Exception inner) : Exception(message, inner);

/// <summary>The folder for mails cannot be written to.</summary>
public sealed class MailFolderException(string folder, Exception inner) : Exception($"the folder {folder} cannot be written to", inner);

/// <summary>Writes each mail as an .eml file, whole or not at all.</summary>
public sealed class FolderTransport(string folder) : IMailTransport
{
    public async Task HandOverAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        // The name comes from the Message-ID, so a mail handed over twice is one file.
        var name = $"{message.Date.UtcDateTime:yyyyMMdd-HHmmss}-{message.MessageId!.Split('@')[0]}.eml";
        var aside = Path.Combine(folder, $".{name}.part");
        try
        {
            Directory.CreateDirectory(folder);
            await message.WriteToAsync(aside, cancellationToken);
            File.Move(aside, Path.Combine(folder, name), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MailFolderException(folder, exception);
        }
    }
}

/// <summary>Speaks SMTP; one conversation a mail.</summary>
public sealed class SmtpTransport : IMailTransport
{
    // A server that stops leaves a mail in hand this long, which is within what the host waits for its workers.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private readonly Uri server;
    private readonly SecureSocketOptions security;
    private readonly string user;
    private readonly string password;

    /// <param name="address">smtp://user:password@host:port (STARTTLS when offered, required once a user is named) or smtps:// (TLS from the start).</param>
    /// <exception cref="FormatException">The address is neither. The text does not repeat it.</exception>
    public SmtpTransport(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0)
            throw new FormatException("ASCENT_SMTP has to look like smtp://user:password@mail.example.org:587.");
        server = uri;
        var who = uri.UserInfo.Split(':', 2);
        user = Uri.UnescapeDataString(who[0]);
        password = who.Length > 1 ? Uri.UnescapeDataString(who[1]) : "";
        // A password never goes over an open line.
        security = uri.Scheme == "smtps" ? SecureSocketOptions.SslOnConnect
            : user.Length > 0 ? SecureSocketOptions.StartTls
            : SecureSocketOptions.StartTlsWhenAvailable;
    }

    public async Task HandOverAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = (int)Timeout.TotalMilliseconds };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            await client.ConnectAsync(server.Host, server.Port > 0 ? server.Port : server.Scheme == "smtps" ? 465 : 25, security, limit.Token);
            if (user.Length > 0)
                await client.AuthenticateAsync(user, password, limit.Token);
            await client.SendAsync(message, limit.Token);
        }
        catch (SmtpCommandException refused) when ((int)refused.StatusCode >= 500 && refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            throw new MailRefusedException($"the mail server refused it ({(int)refused.StatusCode})", refused);
        }
        await LeaveAsync(client);
    }

    // The mail has been taken: whatever happens now must not make it look unsent, or it would be sent twice.
    private static async Task LeaveAsync(SmtpClient client)
    {
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            await client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception rude) when (rude is OperationCanceledException or IOException or SocketException or ProtocolException)
        {
            // Closing the line is all that is left to do, and disposing does it.
        }
    }
}
