using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Ascent.Mail;

/// <summary>
/// Why a mail was not handed over, as the end of a sentence. The kind of fault only: what mail servers answer often repeats the address,
/// and this is logged and shown to people who may not know it.
/// </summary>
public static class MailProblem
{
    public static string Of(Exception exception) => exception switch
    {
        MailRefusedException or MailFolderException or MailSecretLostException => exception.Message,
        SmtpCommandException { StatusCode: var code } => (int)code >= 500 ? $"the mail server refused it ({(int)code})" : $"the mail server said “not now” ({(int)code})",
        AuthenticationException => "the mail server does not accept the user name and password of ASCENT_SMTP",
        SslHandshakeException or NotSupportedException => "no safe line (TLS) to the mail server could be made",
        OperationCanceledException or TimeoutException => "the mail server did not answer in time",
        SocketException => "the mail server cannot be reached",
        ProtocolException or IOException or ServiceNotConnectedException => "the line to the mail server broke off",
        _ => exception.GetType().Name,
    };
}

/// <summary>The secret of a mail was kept under another master key.</summary>
public sealed class MailSecretLostException() : Exception("the key for the link in it is lost");
