using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Audit;

/// <summary>Texts about one person that belong to an entry.</summary>
public sealed record AuditPerson(Guid PersonId, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>Who the person was then; every other text but the address is a line of before and after, under its label.</summary>
    public const string Name = "name";

    public const string Email = "email";

    /// <summary>Set for who did it, where that is somebody from above the organisation: of which authority or trust they were.</summary>
    public const string From = "from above";

    private const string Becomes = " → ";

    public static string Change(string before, string after) => $"{before}{Becomes}{after}";

    /// <summary>The two halves of <see cref="Change"/>; everything as what it became when there was no before.</summary>
    public static (string? Before, string After) ReadChange(string text) =>
        text.IndexOf(Becomes, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + Becomes.Length)..]) : (null, text);
}

/// <summary>Adds entries to the save that is being made.</summary>
public static class AuditTrail
{
    /// <summary>The chain of what concerns the server and no organisation.</summary>
    public static readonly Guid Server = Guid.Empty;

    /// <param name="organisationId">The organisation's chain, or <see cref="Server"/>.</param>
    /// <param name="people">One for each person whom the entry names.</param>
    public static void AddAudit(this DbContext db, DateTime now, Actor actor, Guid organisationId, AuditEvent happened, params ReadOnlySpan<AuditPerson> people)
    {
        var id = Guid.CreateVersion7(new DateTimeOffset(now));
        var hashes = new StringBuilder();
        foreach (var person in people)
        {
            var detail = new AuditDetail
            {
                OrganisationId = organisationId,
                EntryId = id,
                PersonId = person.PersonId,
                Salt = RandomNumberGenerator.GetBytes(16),
                Text = JsonSerializer.Serialize(person.Texts),
            };
            if (hashes.Length > 0)
                hashes.Append(' ');
            hashes.Append(person.PersonId.ToString("N")).Append(':').Append(Convert.ToHexStringLower(HashOf(detail)));
            db.Add(detail);
        }
        db.Add(new AuditEntry
        {
            OrganisationId = organisationId,
            Id = id,
            At = now,
            Kind = happened.Kind,
            ActorKind = actor.Kind,
            ActorId = actor.AccountId,
            Facts = JsonSerializer.Serialize(happened, happened.GetType()),
            DetailHashes = hashes.ToString(),
        });
    }

    internal static byte[] HashOf(AuditDetail detail) => SHA256.HashData([.. detail.Salt, .. Encoding.UTF8.GetBytes(detail.Text)]);
}
