using System.Text.Json;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Mail;

public enum MailState
{
    Waiting,
    Sent,

    /// <summary>Not tried any more by itself; an operator tries again or gives it up.</summary>
    Dead,
}

/// <summary>
/// A mail that a use case decided, saved with it and sent afterwards, at least once, always under the same Message-ID.
/// It keeps the template's name and values; the text is written when it is sent.
/// </summary>
public sealed class OutboxMail : IOrganisationOwned
{
    public const string SecretPurpose = "mail secret";

    /// <summary><see cref="Guid.Empty"/> for mails of the server.</summary>
    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }

    public required string Template { get; init; }

    /// <summary>The address alone; the name stands beside it, so that neither can pass for the other.</summary>
    public required string Recipient { get; init; }

    public required string RecipientName { get; init; }

    public required string Values { get; set; }

    /// <summary>The one secret of the mail (the token of a link), encrypted; wiped when the mail is handed over or given up.</summary>
    public string? SecretCipher { get; set; }

    public MailState State { get; set; } = MailState.Waiting;

    public DateTime CreatedAt { get; init; }

    public int Attempts { get; set; }

    /// <summary>Not before this moment; a sender that takes the mail moves it ahead, so that no other takes it meanwhile.</summary>
    public DateTime NextAttemptAt { get; set; }

    public DateTime? SentAt { get; set; }

    /// <summary>When an operator decided that this dead mail is not sent any more.</summary>
    public DateTime? GivenUpAt { get; set; }

    /// <summary>What went wrong last (<see cref="MailProblem"/>), without addresses or server answers that may repeat them.</summary>
    public string? LastError { get; set; }

    public int Version { get; set; }

    public static OutboxMail Create<T>(Guid id, Guid organisationId, string template, string recipient, string recipientName, T values, DateTime now, string? secretCipher = null) => new()
    {
        Id = id,
        OrganisationId = organisationId,
        Template = template,
        Recipient = recipient,
        RecipientName = recipientName,
        Values = JsonSerializer.Serialize(values),
        SecretCipher = secretCipher,
        CreatedAt = now,
        NextAttemptAt = now,
    };
}

internal sealed class OutboxMailMap : IEntityTypeConfiguration<OutboxMail>
{
    public void Configure(EntityTypeBuilder<OutboxMail> builder)
    {
        builder.ToTable("outbox_mails");
        builder.HasKey(m => new { m.OrganisationId, m.Id });
        builder.Property(m => m.Template).HasMaxLength(60);
        builder.Property(m => m.Recipient).HasMaxLength(254);
        builder.Property(m => m.RecipientName).HasMaxLength(900);
        builder.Property(m => m.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(m => m.SecretCipher).HasMaxLength(1000);
        builder.Property(m => m.LastError).HasMaxLength(200);
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.HasIndex(m => m.NextAttemptAt).HasFilter("state = 'Waiting'");
        builder.HasIndex(m => new { m.CreatedAt, m.Id }).HasFilter("state = 'Dead'");
    }
}
