namespace Ascent.Demo.Pupils;

/// <summary>
/// Numbers that look like chance and are the same on every machine and in every run: SplitMix64, and nothing of the machine's own mathematics
/// beyond the four basic operations.
/// </summary>
internal sealed class DemoRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>Another row of numbers, which does not depend on how many were taken from this one.</summary>
    public static DemoRandom For(ulong seed, int number) => new(Mix(seed + (0x9E3779B97F4A7C15UL * (ulong)(number + 1))));

    /// <returns>0 to <paramref name="end"/> - 1.</returns>
    public int Below(int end) => (int)(Next() % (ulong)end);

    /// <returns>From 0, always less than 1.</returns>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Is(double chance) => Share() < chance;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>One of them, the more often the more it weighs.</summary>
    public T Of<T>(IReadOnlyList<(T Choice, double Weight)> choices)
    {
        var at = Share() * choices.Sum(c => c.Weight);
        foreach (var (choice, weight) in choices)
            if ((at -= weight) < 0)
                return choice;
        return choices[^1].Choice;
    }

    /// <summary>Spread like many things of people: mean 0, standard deviation 1, seldom beyond 3. The sum of twelve shares.</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
            sum += Share();
        return sum;
    }

    public ulong Next() => Mix(state += 0x9E3779B97F4A7C15UL);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
