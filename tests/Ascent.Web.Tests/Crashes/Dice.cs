namespace Ascent.Web.Tests.Crashes;

/// <summary>Throws that a seed repeats (SplitMix64, prng.di.unimi.it/splitmix64.c).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Throw(int least, int most)
    {
        state += 0x9e3779b97f4a7c15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return least + (int)((z ^ (z >> 31)) % (ulong)(most - least + 1));
    }
}
