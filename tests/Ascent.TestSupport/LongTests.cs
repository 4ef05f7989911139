namespace Ascent.TestSupport;

/// <summary>Some tests run a small share of themselves in the normal run, and all of it under `./dev test --long`.</summary>
public static class LongTests
{
    public static bool AreOn { get; } = Environment.GetEnvironmentVariable("ASCENT_LONG_TESTS") == "1";

    public static T OrShare<T>(T whole, T share) => AreOn ? whole : share;
}
