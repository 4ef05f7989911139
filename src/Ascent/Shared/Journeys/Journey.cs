using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ascent.Shared.Journeys;

/// <summary>
/// Answers on their way through a journey of pages. Found by a random id in the address, and only by the account and organisation
/// that began it. The last step finishes it in the same save as what it makes, wipes the answers and keeps the result's id.
/// </summary>
public sealed class Journey : IOrganisationOwned
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>In the place of an account. Nobody who is signed in has it, so no page finds such a journey.</summary>
    public static readonly Guid Console = Guid.Empty;

    public Guid OrganisationId { get; init; }

    public Guid Id { get; init; }

    /// <summary>Who began it; <see cref="Console"/> for whoever runs the server, at the command line.</summary>
    public Guid AccountId { get; init; }

    /// <summary>Which journey, such as "create-user".</summary>
    public required string Name { get; init; }

    /// <summary>The shape of <see cref="State"/>; a journey begun before the shape changed starts anew.</summary>
    public int StateVersion { get; init; }

    public required string State { get; set; }

    /// <summary>The steps answered so far, in order, separated by blanks.</summary>
    public string Path { get; set; } = "";

    public DateTime ExpiresAt { get; init; }

    public Guid? ResultId { get; private set; }

    public int Version { get; set; }

    /// <summary>Under whose id the actor's journeys are.</summary>
    public static Guid OwnerOf(Actor actor) => actor.AccountId ?? (actor.Kind == ActorKind.Operator ? Console : throw new InvalidOperationException("A journey needs somebody who begins it."));

    public bool IsFinished => ResultId is not null;

    public bool Has(string step) => Path.Split(' ').Contains(step);

    public T Answers<T>() => JsonSerializer.Deserialize<T>(State)!;

    public void Answer<T>(string step, T answers)
    {
        State = JsonSerializer.Serialize(answers);
        if (!Has(step))
            Path = Path.Length == 0 ? step : $"{Path} {step}";
        Version++;
    }

    /// <summary>These steps count as not answered any more, because an earlier answer has changed what they begin with.</summary>
    public void AskAgain(IEnumerable<string> steps) => Path = string.Join(' ', Path.Split(' ').Except(steps));

    public void Finish(Guid resultId) => Finish(resultId, new { });

    /// <param name="outcome">What the result page needs in place of the answers: ids and counts, nobody's name.</param>
    public void Finish<T>(Guid resultId, T outcome)
    {
        ResultId = resultId;
        State = JsonSerializer.Serialize(outcome);
        Version++;
    }
}

internal sealed class JourneyMap : IEntityTypeConfiguration<Journey>
{
    public void Configure(EntityTypeBuilder<Journey> builder)
    {
        builder.ToTable("journeys");
        builder.HasKey(j => new { j.OrganisationId, j.Id });
        builder.Property(j => j.Name).HasMaxLength(40);
        builder.Property(j => j.Path).HasMaxLength(400);
        builder.Property(j => j.Version).IsConcurrencyToken();
        builder.HasIndex(j => j.ExpiresAt);
    }
}
