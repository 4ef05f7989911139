using Ascent.Shared;
using Ascent.Shared.Journeys;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Persistence;

/// <summary>Keeps the answers of journeys, each for the account and organisation that began it.</summary>
public sealed class JourneyStore(Database database, TimeProvider clock)
{
    /// <summary>Begins a journey with its first answers.</summary>
    /// <param name="steps">The steps that they answer, in order.</param>
    public Task<Guid> BeginAsync<T>(Actor actor, string name, int stateVersion, IReadOnlyList<string> steps, T answers, CancellationToken cancellationToken) =>
        database.ChangeAsync(Scope(actor), async db =>
        {
            var journey = new Journey
            {
                OrganisationId = actor.OrganisationId!.Value,
                Id = clock.NewId(),
                AccountId = Journey.OwnerOf(actor),
                Name = name,
                StateVersion = stateVersion,
                State = "{}",
                ExpiresAt = clock.Now() + Journey.Life,
            };
            foreach (var step in steps)
                journey.Answer(step, answers);
            db.Add(journey);
            await db.SaveChangesAsync(cancellationToken);
            return journey.Id;
        }, cancellationToken);

    /// <returns>Null when it is unknown, somebody else's, of another shape, or past its 24 hours.</returns>
    public Task<Journey?> FindAsync(Actor actor, string name, int stateVersion, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(Scope(actor), db => Mine(db, actor, name, stateVersion, id).SingleOrDefaultAsync(cancellationToken));

    /// <summary>Puts the answers of one step into the journey; those of the other steps stay as they are in the database.</summary>
    /// <param name="asksAgain">Given the answers before and after, the steps that have to be answered anew.</param>
    /// <returns>False when the journey is gone or finished.</returns>
    public Task<bool> AnswerAsync<T>(
        Actor actor, string name, int stateVersion, Guid id, string step, Func<T, T> change, CancellationToken cancellationToken, Func<T, T, IEnumerable<string>>? asksAgain = null) =>
        database.ChangeAsync(Scope(actor), async db =>
        {
            var journey = await Mine(db, actor, name, stateVersion, id).SingleOrDefaultAsync(cancellationToken);
            if (journey is null || journey.IsFinished)
                return false;
            var (before, after) = (journey.Answers<T>(), change(journey.Answers<T>()));
            journey.Answer(step, after);
            journey.AskAgain(asksAgain?.Invoke(before, after) ?? []);
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);

    private IQueryable<Journey> Mine(AppDb db, Actor actor, string name, int stateVersion, Guid id)
    {
        var (now, owner) = (clock.Now(), Journey.OwnerOf(actor));
        return db.Set<Journey>().Where(j => j.Id == id && j.AccountId == owner && j.Name == name && j.StateVersion == stateVersion && j.ExpiresAt > now);
    }

    private static OrganisationScope Scope(Actor actor) => OrganisationScope.Of(actor.OrganisationId!.Value);
}
