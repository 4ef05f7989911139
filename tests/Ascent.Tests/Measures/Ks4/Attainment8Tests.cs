using Ascent.Measures.Ks4;
using CsCheck;

namespace Ascent.Tests.Measures.Ks4;

public sealed class Attainment8Tests
{
    private static readonly Ks4Subject[] EBaccSubjects =
        [Ks4Subject.Biology, Ks4Subject.Chemistry, Ks4Subject.Physics, Ks4Subject.ComputerScience, Ks4Subject.History, Ks4Subject.Geography, Ks4Subject.Language];

    internal static readonly Gen<Ks4Entry[]> Entries =
        Gen.Select(OneOf.These(Enum.GetValues<Ks4Subject>()), Gen.Int[0, 18]).Select((subject, halves) => new Ks4Entry(subject, halves / 2.0)).Array[0, 16];

    // The four examples of the published rules, re-computed: language, literature (−1: not taken), maths, EBacc subjects, other subjects → elements.
    // First: 7 × 2; 8 × 2; 7 + 7 + 6; of 9, 4, the fourth EBacc subject 5 and the lower English 6: 9 + 6 + 5.
    // Third: language alone counts once; two EBacc subjects fill two slots; 6 + 5 + 3. Fourth: the fourth example has one open slot filled.
    public static TheoryData<int, int, int, int[], int[], float[]> Examples => new()
    {
        { 7, 6, 8, [7, 7, 6, 5], [9, 4], [14, 16, 20, 20] },
        { 9, 9, 9, [9, 9, 9], [9, 9, 9], [18, 18, 27, 27] },
        { 5, -1, 4, [4, 4], [6, 5, 3], [5, 8, 8, 14] },
        { -1, 4, 3, [3, 3, 2], [4], [4, 6, 8, 4] },
    };

    [Theory, MemberData(nameof(Examples))]
    public void Of_PublishedExample_FillsItsElements(int language, int literature, int maths, int[] ebacc, int[] other, float[] expected)
    {
        var score = Attainment8.Of(Pupil(language, literature, maths, ebacc, other));

        Assert.Equal(expected, new[] { score.English, score.Maths, score.EBacc, score.Open });
        Assert.Equal(expected.Sum(), score.Total);
    }

    [Fact]
    public void Of_TopGradesEverywhere_IsNinety() => Assert.Equal(90, Attainment8.Of(Pupil(9, 9, 9, [9, 9, 9], [9, 9, 9])).Total);

    // Combined science 7-6 is 6.5 in each of two slots. With history 8 and a language 7 the slots hold 8, 7, 6.5; the second 6.5 goes to an open one.
    [Fact]
    public void Of_CombinedScience_FillsTwoSlots()
    {
        var score = Attainment8.Of([new(Ks4Subject.CombinedScience, 6.5), new(Ks4Subject.History, 8), new(Ks4Subject.Language, 7)]);

        Assert.Equal(new Attainment8(0, 0, 21.5f, 6.5f, 3, 1), score);
    }

    // A grade U is an entry: both were taken, so the 5 in literature counts twice, and the U fills an open slot with nought.
    [Fact]
    public void Of_UngradedEnglish_StillDoublesTheOther() =>
        Assert.Equal(new Attainment8(10, 0, 0, 0, 0, 1), Attainment8.Of([new(Ks4Subject.EnglishLanguage, 0), new(Ks4Subject.EnglishLiterature, 5)]));

    // The same qualification twice: the better one counts, and the other takes no other place.
    [Fact]
    public void Of_MathsTwice_CountsTheBetterOnly() =>
        Assert.Equal(new Attainment8(6, 14, 0, 0, 0, 0), Attainment8.Of([new(Ks4Subject.Maths, 5), new(Ks4Subject.Maths, 7), new(Ks4Subject.EnglishLanguage, 6), new(Ks4Subject.EnglishLanguage, 4)]));

    [Fact]
    public void Of_NoEntries_IsNought() => Assert.Equal(default, Attainment8.Of([]));

    [Theory]
    [InlineData(-0.5)]
    [InlineData(14.5)]
    [InlineData(double.NaN)]
    public void Entry_PointsOutsideTheScale_AreRefused(double points) => Assert.Throws<ArgumentOutOfRangeException>(() => new Ks4Entry(Ks4Subject.Other, points));

    [Fact]
    public void Of_EntriesInAnotherOrder_IsTheSame() =>
        Gen.Select(Entries, Gen.Int).Hold(one =>
        {
            var (entries, seed) = one;
            var shuffled = entries.Select((e, i) => (e, Key: HashCode.Combine(seed, i))).OrderBy(p => p.Key).Select(p => p.e).ToArray();

            Assert.Equal(Attainment8.Of(entries), Attainment8.Of(shuffled));
            Assert.Equal(EBacc.Of(entries), EBacc.Of(shuffled));
        });

    [Fact]
    public void Of_AnyEntries_KeepsToItsLimits() =>
        Entries.Hold(entries =>
        {
            var score = Attainment8.Of(entries);

            Assert.True(score is { English: <= 18, Maths: <= 18, EBacc: <= 27, Open: <= 27, EBaccSlots: <= 3, OpenSlots: <= 3 });
            Assert.InRange(score.Total, 0, 90);
        });

    // Against a plain search: the slots are filled by qualifications that are taken out of a bag, each once, and no other filling gives more.
    [Fact]
    public void Of_AnyEntries_UsesEachQualificationOnceAndTheBest() =>
        Entries.Hold(entries =>
        {
            var score = Attainment8.Of(entries);
            var bag = entries.Where(e => EBaccSubjects.Contains(e.Subject)).Select(e => e.Points).Concat(entries.Where(e => e.Subject == Ks4Subject.CombinedScience).SelectMany(e => new[] { e.Points, e.Points })).OrderDescending().ToList();
            var ebacc = TakeThree(bag);
            bag.AddRange(entries.Where(e => e.Subject == Ks4Subject.Other).Select(e => e.Points));
            var english = new[] { Ks4Subject.EnglishLanguage, Ks4Subject.EnglishLiterature }.Select(s => entries.Where(e => e.Subject == s).Select(e => e.Points).DefaultIfEmpty(-1).Max()).Order().ToArray();
            if (english[0] >= 0)
                bag.Add(english[0]);
            bag.Sort((a, b) => b.CompareTo(a));
            var open = TakeThree(bag);

            Assert.Equal((ebacc.Sum(), (byte)ebacc.Count), (score.EBacc, score.EBaccSlots));
            Assert.Equal((open.Sum(), (byte)open.Count), (score.Open, score.OpenSlots));
            Assert.Equal(english[0] >= 0 ? 2 * english[1] : Math.Max(0, english[1]), score.English);
        });

    [Fact]
    public void Of_OneGradeBetterOrOneEntryMore_NeverLowersTheScore() =>
        Gen.Select(Entries.Where(e => e.Length > 0), Gen.Int[0, 100], Gen.Int[1, 4]).Hold(one =>
        {
            var (entries, place, halves) = one;
            place %= entries.Length;
            Ks4Entry[] better = [.. entries];
            better[place] = new(better[place].Subject, better[place].Points + (halves / 2.0));

            Assert.True(Attainment8.Of(better).Total >= Attainment8.Of(entries).Total);
            Assert.True(Attainment8.Of(entries).Total >= Attainment8.Of(entries.AsSpan(1)).Total);
        });

    // What a pupil costs is known before: no memory, whatever is taken.
    [Fact]
    public void Of_ManyPupils_AllocatesNothing()
    {
        var entries = Pupil(7, 6, 8, [7, 7, 6, 5], [9, 4]);
        Ks4Pupil.Of(entries, default);

        Assert.InRange(
            Property.Allocates(() =>
            {
                for (var i = 0; i < 10_000; i++)
                    Ks4Pupil.Of(entries, default);
            }),
            0, Property.LittleMemory);
    }

    private static List<float> TakeThree(List<float> bag)
    {
        var taken = bag.Take(3).ToList();
        bag.RemoveRange(0, taken.Count);
        return taken;
    }

    private static Ks4Entry[] Pupil(int language, int literature, int maths, int[] ebacc, int[] other) =>
    [
        .. language < 0 ? Array.Empty<Ks4Entry>() : [new(Ks4Subject.EnglishLanguage, language)],
        .. literature < 0 ? Array.Empty<Ks4Entry>() : [new(Ks4Subject.EnglishLiterature, literature)],
        new(Ks4Subject.Maths, maths),
        .. ebacc.Select((points, i) => new Ks4Entry(EBaccSubjects[i], points)),
        .. other.Select(points => new Ks4Entry(Ks4Subject.Other, points)),
    ];
}
