using System.Net;
using System.Text;
using Ascent.Shared;
using MimeKit;

namespace Ascent.Mail;

/// <summary>
/// A mail as paragraphs, from which the text part and the HTML part are both written, so that they never differ.
/// </summary>
public sealed record MailContent(string Subject, IReadOnlyList<MailBlock> Blocks)
{
    public string Text()
    {
        var text = new StringBuilder();
        foreach (var block in Blocks)
            text.AppendJoin('\n', block.Lines()).Append("\n\n");
        return text.ToString().TrimEnd() + "\n";
    }

    public string Html()
    {
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
            .Append(WebUtility.HtmlEncode(Subject))
            .Append("</title></head><body style=\"margin:0;padding:24px;background:#f8f7f3;color:#13282b;font:16px/25px 'Segoe UI',system-ui,sans-serif\">")
            .Append("<div style=\"max-width:560px;margin:0 auto;padding:32px;background:#fff;border:1px solid #d6dfde;border-radius:12px\">");
        foreach (var block in Blocks)
            html.Append(block.Html());
        return html.Append("</div></body></html>").ToString();
    }
}

internal static class MailMessages
{
    /// <summary>The mail as it goes out. The same id gives the same Message-ID, however often it is tried.</summary>
    public static MimeMessage Message(this MailContent content, Guid id, DateTime createdAt, MailboxAddress to, ServerSettings settings) => new()
    {
        MessageId = $"{id:N}@{settings.PublicAddress.Host}",
        Date = new DateTimeOffset(createdAt),
        From = { MailboxAddress.Parse(settings.MailFrom) },
        To = { to },
        Subject = content.Subject,
        Headers = { { HeaderId.AutoSubmitted, "auto-generated" } },
        Body = new MultipartAlternative { new TextPart("plain") { Text = content.Text() }, new TextPart("html") { Text = content.Html() } },
    };
}

public abstract record MailBlock
{
    public abstract IEnumerable<string> Lines();

    public abstract string Html();

    protected static string Encode(string text) => WebUtility.HtmlEncode(text);
}

public sealed record MailParagraph(string Words) : MailBlock
{
    public override IEnumerable<string> Lines() => [Words];

    public override string Html() => $"<p style=\"margin:0 0 16px\">{Encode(Words)}</p>";
}

/// <summary>A name and its value on a line of their own.</summary>
public sealed record MailFact(string Name, string Value) : MailBlock
{
    public override IEnumerable<string> Lines() => [$"{Name}: {Value}"];

    public override string Html() => $"<p style=\"margin:0 0 16px\">{Encode(Name)}: <strong>{Encode(Value)}</strong></p>";
}

/// <summary>The one thing to do. The address is also written out, for readers that show no buttons.</summary>
public sealed record MailButton(string Label, Uri Address) : MailBlock
{
    public override IEnumerable<string> Lines() => [$"{Label}:", Address.AbsoluteUri];

    public override string Html() =>
        $"<p style=\"margin:0 0 8px\"><a href=\"{Encode(Address.AbsoluteUri)}\" style=\"display:inline-block;padding:12px 20px;background:#0b5a62;color:#fff;border-radius:7px;font-weight:600;text-decoration:none\">{Encode(Label)}</a></p>"
        + $"<p style=\"margin:0 0 16px;font-size:13px;line-height:20px;color:#47595c;word-break:break-all\">{Encode(Address.AbsoluteUri)}</p>";
}

/// <summary>
/// Writes one kind of mail from its stored values. Modules register theirs; the outbox finds them by name.
/// </summary>
public abstract class MailTemplate
{
    public abstract string Name { get; }

    /// <param name="secret">The decrypted token, or null when the mail carries none.</param>
    public abstract MailContent Write(string values, string? secret, ServerSettings settings);
}

/// <summary>A template with its values as a record.</summary>
public abstract class MailTemplate<TValues>(string name) : MailTemplate
{
    public override string Name => name;

    public override MailContent Write(string values, string? secret, ServerSettings settings) =>
        Write(System.Text.Json.JsonSerializer.Deserialize<TValues>(values)!, secret, settings);

    protected abstract MailContent Write(TValues v, string? secret, ServerSettings settings);
}
