using Ascent.Persistence;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData;

/// <param name="NotKnown">Of those on the roll, by characteristic; all nine of them.</param>
/// <param name="Imports">By state; only states in which there are any.</param>
public sealed record DataSummary(int OnRoll, int Left, int Deleted, IReadOnlyDictionary<PupilAttention, int> Attention, IReadOnlyDictionary<PupilField, int> NotKnown, IReadOnlyDictionary<ImportState, int> Imports);

/// <summary>How many records of each kind a school has, and how many of them need a look. Every number is the length of a list.</summary>
public sealed class SummariseData(Database database, TimeProvider clock)
{
    public Task<DataSummary> ExecuteAsync(Actor actor, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var today = clock.Today();
            Task<int> CountAsync(PupilsQuery query) => db.Pupils().Filter(query, today).CountAsync(cancellationToken);
            var (attention, notKnown) = (new Dictionary<PupilAttention, int>(), new Dictionary<PupilField, int>());
            foreach (var what in Enum.GetValues<PupilAttention>())
                attention[what] = await CountAsync(new(Attention: what));
            foreach (var field in PupilCharacteristics.Fields)
                notKnown[field] = await CountAsync(new(NotKnown: field));
            var imports = await db.Set<Import>().GroupBy(i => i.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            return new DataSummary(await CountAsync(new()), await CountAsync(new(Status: PupilStatus.Left)), await db.DeletedPupils().CountAsync(cancellationToken), attention, notKnown, imports);
        });
}
