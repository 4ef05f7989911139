using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Pupils;

/// <param name="Attention">Of those on the roll.</param>
public sealed record RollCounts(int OnRoll, int Left, IReadOnlyDictionary<PupilAttention, int> Attention);

/// <summary>How many pupils the school has, and how many of them need a look.</summary>
public sealed class CountPupils(Database database, TimeProvider clock)
{
    public Task<RollCounts> ExecuteAsync(Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var today = clock.Today();
            Task<int> CountAsync(PupilsQuery query) => db.Pupils().Filter(query, today).CountAsync(cancellationToken);
            var attention = new Dictionary<PupilAttention, int>();
            foreach (var what in Enum.GetValues<PupilAttention>())
                attention[what] = await CountAsync(new(Attention: what));
            return new RollCounts(await CountAsync(new()), await CountAsync(new(Status: PupilStatus.Left)), attention);
        });
}
