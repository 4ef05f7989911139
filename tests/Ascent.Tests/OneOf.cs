using CsCheck;

namespace Ascent.Tests;

internal static class OneOf
{
    /// <summary>A generator that takes one of these values.</summary>
    public static Gen<T> These<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
