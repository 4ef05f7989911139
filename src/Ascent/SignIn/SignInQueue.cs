using System.Net;
using Ascent.Shared;

namespace Ascent.SignIn;

/// <summary>
/// Stands before everything that a sign-in costs and lets a few at a time through. While few wait it hardly shows. In a flood it decides
/// who goes first: browsers that are known to the account; then networks that have tried least; among equals the newest, because
/// whoever has just come is still there. Of a full queue the worst placed is turned away. So a flood waits for itself, and cannot
/// keep out a person who comes from elsewhere. It only orders; how often somebody may try is a matter of <see cref="Throttle"/>.
/// </summary>
public sealed class SignInQueue(TimeProvider clock, int slots, int longest)
{
    // Who waits holds a request of some ten KiB. A flood that is turned away at once comes back at once; one that waits does not.
    private const int Longest = 1000;
    private const int MostNetworks = 10_000;
    private const int Known = -1;
    private static readonly TimeSpan Forget = TimeSpan.FromHours(1);

    // Some half a second of work: as long as that, order is fairness.
    private readonly int orderly = 8 * slots;
    private readonly Lock gate = new();
    private readonly List<Place> waiting = [];
    private readonly Dictionary<string, int> tries = new(StringComparer.Ordinal);
    private DateTime triesSince = clock.Now();
    private int free = slots;

    /// <summary>Enough at a time that one can be at the database while another's password is hashed.</summary>
    public SignInQueue(TimeProvider clock) : this(clock, 2 * Math.Max(2, Environment.ProcessorCount), Longest)
    {
    }

    /// <returns>True when it is the caller's turn, who then has to <see cref="Leave"/>; false when it was turned away.</returns>
    public async Task<bool> EnterAsync(IPAddress network, bool isKnownDevice, CancellationToken cancellationToken)
    {
        if (Queue(Throttle.Network(network), isKnownDevice, out var worst) is not { } place)
            return true;
        worst?.Turn.SetResult(false);
        await using var given = cancellationToken.Register(() => GiveUp(place, cancellationToken));
        return await place.Turn.Task;
    }

    /// <param name="wasRight">The password was right: it does not count as a try of this network.</param>
    public void Leave(IPAddress network, bool wasRight)
    {
        Place? next;
        lock (gate)
        {
            if (wasRight)
                TakeBack(Throttle.Network(network));
            next = Take(Best());
            if (next is null)
                free++;
        }
        next?.Turn.SetResult(true);
    }

    /// <returns>The place in the queue; null when there is no need to wait.</returns>
    private Place? Queue(string network, bool isKnownDevice, out Place? worst)
    {
        lock (gate)
        {
            worst = null;
            var place = new Place(network, isKnownDevice ? Known : CountTry(network));
            if (free > 0)
            {
                free--;
                return null;
            }
            waiting.Add(place);
            if (waiting.Count > longest && (worst = Take(waiting.MaxBy(p => p.Rank))) is not null)
                TakeBack(worst.Network);
            return place;
        }
    }

    private int CountTry(string network)
    {
        // What is forgotten too early costs nothing but order.
        if (tries.Count >= MostNetworks || clock.Now() - triesSince > Forget)
        {
            tries.Clear();
            triesSince = clock.Now();
        }
        var before = tries.GetValueOrDefault(network);
        tries[network] = before + 1;
        return before;
    }

    private void TakeBack(string network)
    {
        if (tries.GetValueOrDefault(network) is > 0 and var count)
            tries[network] = count - 1;
    }

    // They stand in the order in which they came.
    private Place? Best()
    {
        var best = waiting.MinBy(p => p.Rank);
        return best is null || waiting.Count <= orderly ? best : waiting.FindLast(p => p.Rank == best.Rank);
    }

    private Place? Take(Place? place)
    {
        if (place is not null)
            waiting.Remove(place);
        return place;
    }

    private void GiveUp(Place place, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            // Whoever has been given a turn, or turned away, does not wait any more.
            if (!waiting.Remove(place))
                return;
        }
        place.Turn.SetCanceled(cancellationToken);
    }

    private sealed class Place(string network, int rank)
    {
        public string Network => network;

        /// <summary>How many tries this network had made before; the lowest goes first.</summary>
        public int Rank => rank;

        public TaskCompletionSource<bool> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
