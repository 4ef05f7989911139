using Ascent.TestSupport;
using CsCheck;

namespace Ascent.Tests;

/// <summary>How long a property is tried: 2,000 cases in the normal run, a minute under `./dev test --long`.</summary>
internal static class Property
{
    private const int Cases = 2_000;
    private const int Seconds = 60;

    /// <param name="fewer">Cases in the normal run, where one of them is much work.</param>
    public static void Hold<T>(this Gen<T> cases, Action<T> property, int fewer = Cases)
    {
        if (LongTests.AreOn)
            cases.Sample(property, time: Seconds);
        else
            cases.Sample(property, iter: fewer);
    }

    /// <summary>For work whose memory does not depend on its input: some KiB, which the runtime may take for itself on the way.</summary>
    public const long LittleMemory = 20_000;

    /// <summary>Runs it and says how many bytes it took from memory: a bound that, unlike time, is the same on every machine.</summary>
    public static long Allocates(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
