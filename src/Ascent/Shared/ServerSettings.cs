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

    /// <summary>ASCENT_MASTER_KEY; empty means the file in the data folder.</summary>
    public string? MasterKey { get; init; }

    /// <summary>ASCENT_SMTP, such as smtp://user:password@mail.example.org:587; empty means .eml files in the data folder.</summary>
    public string? Smtp { get; init; }

    /// <summary>The sender of every mail.</summary>
    public string MailFrom { get; init; } = "Ascent <no-reply@localhost>";

    /// <summary>How long a sign-up link and its code work.</summary>
    public TimeSpan InvitationLife { get; init; } = TimeSpan.FromDays(14);

    /// <param name="environment">Gives the value of a setting by its name, or null.</param>
    /// <param name="dataFolder">Overrides ASCENT_DATA; null means the setting, or ./data.</param>
    /// <param name="publicAddress">Used when ASCENT_PUBLIC_ADDRESS is not set.</param>
    /// <exception cref="FormatException">A setting cannot be read; the text says which and how it has to look.</exception>
    public static ServerSettings Read(Func<string, string?> environment, string? dataFolder, string? publicAddress)
    {
        var address = environment("ASCENT_PUBLIC_ADDRESS") ?? publicAddress ?? "http://localhost:5080";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new FormatException("ASCENT_PUBLIC_ADDRESS has to look like https://ascent.example.org.");
        var settings = new ServerSettings
        {
            DataFolder = Path.GetFullPath(dataFolder ?? environment("ASCENT_DATA") ?? "data"),
            PublicAddress = uri,
            Database = environment("ASCENT_DATABASE"),
            MasterKey = environment("ASCENT_MASTER_KEY"),
            Smtp = environment("ASCENT_SMTP"),
        };
        return environment("ASCENT_MAIL_FROM") is { Length: > 0 } from ? settings with { MailFrom = from } : settings;
    }

    /// <summary>An address below the public one. <paramref name="path"/> begins without a slash.</summary>
    public Uri Address(string path) => new(new Uri(PublicAddress.AbsoluteUri.TrimEnd('/') + "/"), path);
}
