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

    /// <summary>An address below the public one. <paramref name="path"/> begins without a slash.</summary>
    public Uri Address(string path) => new(new Uri(PublicAddress.AbsoluteUri.TrimEnd('/') + "/"), path);
}
