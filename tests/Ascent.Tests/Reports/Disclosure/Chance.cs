using Ascent.Measures;
using Ascent.Reports.Disclosure;

namespace Ascent.Tests.Reports.Disclosure;

/// <summary>Cohorts by chance, the same for the same number.</summary>
internal sealed class Chance(uint number)
{
    // How a school's pupils fall into the values, in hundredths.
    private static readonly int[][] Usual =
    [
        [25, 74, 1], [50, 50], [4, 13, 82, 1], [17, 82, 1], [25, 50, 23, 2], [34, 33, 33], [94, 6], [11, 6, 1, 7, 71, 2, 2], [1, 98, 1], [1, 97, 2],
    ];

    private ulong _state = (number * 0x9E3779B97F4A7C15) + 0xD1B54A32D192ED03;

    /// <summary>Years of many sizes, values of many sizes, groups that follow one another: whatever may give somebody away.</summary>
    public static Cohort Wild(uint number)
    {
        var chance = new Chance(number);
        var profile = PupilGroups.All.Select(chance.Profile).ToArray();
        var (outside, met, own, size) = (chance.Of(0, 0, 10, 40), chance.Of(-1, -1, 0, 5, 50, 95, 100), chance.Of(5, 30, 80), chance.Of(12, 40, 40, 120));
        return new([.. Enumerable.Range(0, 1 + chance.Below(5)).Select(_ => Enumerable.Range(0, chance.Of(chance.Below(8), chance.Below(size), size)).Select(_ =>
            new Pupil(chance.Values(profile), chance.Is(outside) ? Standing.Outside : met < 0 ? Standing.Counts : chance.Is(met) ? Standing.Met : Standing.NotMet, chance.Is(own))).ToArray())]);
    }

    /// <summary>A school as many are: about 180 pupils in a year, disadvantage more frequent with special needs, three classes in ten are the reader's own.</summary>
    public static Cohort Realistic(uint number, int pupils = 180, int years = 3)
    {
        var chance = new Chance(number);
        return new([.. Enumerable.Range(0, years).Select(_ => Enumerable.Range(0, pupils - 8 + chance.Below(17)).Select(_ =>
        {
            var values = Usual.Select(weights => (byte)chance.Weighted(weights)).ToArray();
            if (values[(int)PupilGroup.Sen] < 2 && chance.Is(25))
                values[(int)PupilGroup.Disadvantaged] = 0;
            return new Pupil(values, chance.Is(3) ? Standing.Outside : chance.Is(62) ? Standing.Met : Standing.NotMet, chance.Is(30));
        }).ToArray())]);
    }

    public T[] Shuffled<T>(T[] items)
    {
        var shuffled = (T[])items.Clone();
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
        }
        return shuffled;
    }

    private (int[] Weights, int Follows, int Strays) Profile(PupilGroup group)
    {
        var steep = Of(0, 1, 2, 4);
        var weights = Shuffled(Enumerable.Range(1, group.Values().Count).Select(i => (int)(1_000 / Math.Pow(i, steep))).ToArray());
        return (weights, group > 0 && Is(50) ? Below((int)group) : -1, Of(0, 2, 8, 25));
    }

    private byte[] Values((int[] Weights, int Follows, int Strays)[] profile)
    {
        var values = new byte[profile.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = profile[i].Follows >= 0 && !Is(profile[i].Strays)
                ? (byte)Math.Min(values[profile[i].Follows], profile[i].Weights.Length - 1)
                : (byte)Weighted(profile[i].Weights);
        return values;
    }

    private int Weighted(int[] weights)
    {
        var left = Below(weights.Sum());
        for (var i = 0; ; i++)
            if ((left -= weights[i]) < 0)
                return i;
    }

    private bool Is(int hundredths) => Below(100) < hundredths;

    private int Of(params int[] one) => one[Below(one.Length)];

    // Splitmix: good enough, and the same everywhere.
    private int Below(int bound)
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return bound == 0 ? 0 : (int)((mixed ^ (mixed >> 31)) % (ulong)bound);
    }
}
