using System.Net;
using MimeKit;

namespace Ascent.Shared;

/// <summary>What whoever runs the server decides, read once at start from the environment and the command line.</summary>
public sealed record ServerSettings
{
    /// <summary>Database, keys, mail and uploads lie here.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where people reach the server, such as https://ascent.example.org. Links in mails are built from this and nothing else.</summary>
    public required Uri PublicAddress { get; init; }

    /// <summary>ASCENT_DATABASE; empty means SQLite in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary>ASCENT_DATABASE_OWNER, for PostgreSQL: the owner of the tables, used for migrations and nothing else; empty means the role of ASCENT_DATABASE.</summary>
    public string? DatabaseOwner { get; init; }

    /// <summary>ASCENT_MASTER_KEY; empty means the file in the data folder.</summary>
    public string? MasterKey { get; init; }

    /// <summary>ASCENT_SMTP, such as smtp://user:password@mail.example.org:587; empty means .eml files in the data folder.</summary>
    public string? Smtp { get; init; }

    /// <summary>ASCENT_PROXIES: whose word is taken for where a request comes from. Everybody else's X-Forwarded-For is passed over.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Where mail goes, in words and without user name and password.</summary>
    public string MailPlace => string.IsNullOrWhiteSpace(Smtp) ? $"the folder {Path.Combine(DataFolder, "mail")}"
        : Uri.TryCreate(Smtp, UriKind.Absolute, out var server) ? $"the mail server {server.Host}{(server.Port > 0 ? $":{server.Port}" : "")}"
        : "the mail server";

    /// <summary>The sender of every mail.</summary>
    public string MailFrom { get; init; } = "Ascent <no-reply@localhost>";

    /// <summary>How long a sign-up link and its code work.</summary>
    public TimeSpan InvitationLife { get; init; } = TimeSpan.FromDays(14);

    /// <summary>An address below the public one. <paramref name="path"/> begins without a slash.</summary>
    public Uri Address(string path) => new(new Uri(PublicAddress.AbsoluteUri.TrimEnd('/') + "/"), path);

    /// <summary>
    /// Reads the settings, for the web and the command line alike. The addresses of database and mail server are read where they are
    /// used (<c>DatabaseAddress</c>, <c>SmtpTransport</c>).
    /// </summary>
    /// <param name="environment">Gives the value of a setting by its name, or null. Empty counts as not set.</param>
    /// <param name="dataFolder">Overrides ASCENT_DATA; null means the setting, or ./data.</param>
    /// <param name="publicAddress">Used when ASCENT_PUBLIC_ADDRESS is not set; null means http://localhost:5080.</param>
    /// <exception cref="FormatException">A setting cannot be read; the text says which and how it has to look, and repeats no secret.</exception>
    public static ServerSettings Read(Func<string, string?> environment, string? dataFolder, string? publicAddress)
    {
        string? Setting(string name) => environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
        var (smtp, from, address) = (Setting("ASCENT_SMTP"), Setting("ASCENT_MAIL_FROM"), Setting("ASCENT_PUBLIC_ADDRESS") ?? publicAddress);
        // Mail goes to real people then. A link to localhost would reach nobody, and a mail cannot be called back.
        if (smtp is not null && address is null)
            throw new FormatException("ASCENT_SMTP is set and ASCENT_PUBLIC_ADDRESS is not: the links in mails would lead to localhost.");
        if (smtp is not null && from is null)
            throw new FormatException("ASCENT_SMTP is set and ASCENT_MAIL_FROM is not: mails need a sender, such as Ascent <ascent@example.org>.");
        if (from is not null && !MailboxAddress.TryParse(from, out _))
            throw new FormatException("ASCENT_MAIL_FROM has to look like Ascent <ascent@example.org>.");
        var settings = new ServerSettings
        {
            DataFolder = Path.GetFullPath(dataFolder ?? Setting("ASCENT_DATA") ?? "data"),
            PublicAddress = ReadPublicAddress(address ?? "http://localhost:5080"),
            Database = Setting("ASCENT_DATABASE"),
            DatabaseOwner = Setting("ASCENT_DATABASE_OWNER"),
            MasterKey = Setting("ASCENT_MASTER_KEY"),
            Smtp = smtp,
            Proxies = [.. (Setting("ASCENT_PROXIES") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ReadProxy)],
        };
        return from is null ? settings : settings with { MailFrom = from };
    }

    private static IPNetwork ReadProxy(string text) =>
        IPAddress.TryParse(text, out var one) ? new(one, one.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : throw new FormatException("ASCENT_PROXIES has to hold addresses or networks, such as 10.0.0.5, 10.1.0.0/16.");

    private static Uri ReadPublicAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.Host.Length > 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri
            : throw new FormatException("ASCENT_PUBLIC_ADDRESS has to look like https://ascent.example.org.");
}
