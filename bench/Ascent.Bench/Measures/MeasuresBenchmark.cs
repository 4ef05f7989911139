using Ascent.Measures;
using Ascent.Measures.Ks4;
using Ascent.Measures.Primary;
using Ascent.Shared;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Ascent.Bench.Measures;

/// <summary>
/// The calculation core: one measure over a hundred thousand pupils, and the working out of a pupil from nine or ten qualifications. The time is that
/// of one pupil in one measure. To show: at least 5 million pupil-measures a second a core, so at most 200 ns each, without allocating.
/// </summary>
[Config(typeof(Short))]
[MemoryDiagnoser]
public class MeasuresBenchmark
{
    private const int Pupils = 100_000;

    private readonly Ks4Pupil[] ks4 = new Ks4Pupil[Pupils];
    private readonly Ks2Pupil[] ks2 = new Ks2Pupil[Pupils];
    private readonly Ks4Entry[][] entries = new Ks4Entry[Pupils][];
    private readonly Progress8Reference reference = new(
        new(AcademicYear.EndingIn(2024), ReferenceStatus.Illustrative), [.. Enumerable.Range(1, 34).Select(g => new Attainment8Estimate(15 + (2 * g), 4, 3, 4, 5))], new(1.4, 1.6, 1.5, 1.6, 1.6));

    // The grades of invented pupils: spread by their number, the same in every run.
    [GlobalSetup]
    public void SetUp()
    {
        Ks4Subject[] subjects =
        [
            Ks4Subject.EnglishLanguage, Ks4Subject.EnglishLiterature, Ks4Subject.Maths, Ks4Subject.CombinedScience, Ks4Subject.History, Ks4Subject.Language, Ks4Subject.Geography, Ks4Subject.Other,
            Ks4Subject.Other, Ks4Subject.ComputerScience,
        ];
        for (var i = 0; i < Pupils; i++)
        {
            entries[i] = [.. subjects[..(9 + (i % 2))].Select((subject, s) => new Ks4Entry(subject, (i * 7 + s * 13) % 37 / 4.0))];
            ks4[i] = Ks4Pupil.Of(entries[i], i % 14 == 0 ? PriorAttainment.None : PriorAttainment.Of(80 + (i * 11 % 81 / 2.0)));
            ks2[i] = new(ScaledScore.Of(80 + (i * 7 % 41)), (TeacherJudgement)(2 + (i % 5)), ScaledScore.Of(80 + (i * 11 % 41)), ScaledScore.Of(80 + (i % 41)), TeacherJudgement.Expected, PriorAttainment.None);
        }
    }

    [Benchmark(OperationsPerInvoke = Pupils)]
    public Tally Attainment8() => Ks4Indicators.Attainment8.Tally(ks4);

    [Benchmark(OperationsPerInvoke = Pupils)]
    public Tally EBaccStrong() => Ks4Indicators.EBaccStrong.Tally(ks4);

    [Benchmark(OperationsPerInvoke = Pupils)]
    public Tally Progress8Total() => Progress8.Tally(ks4, Progress8Part.Total, reference);

    [Benchmark(OperationsPerInvoke = Pupils)]
    public Tally RwmExpected() => Ks2.RwmExpected.Tally(ks2);

    [Benchmark(OperationsPerInvoke = Pupils)]
    public double PupilFromEntries()
    {
        double sum = 0;
        foreach (var one in entries)
            sum += Ks4Pupil.Of(one, PriorAttainment.None).Attainment8.Total;
        return sum;
    }

    private sealed class Short : ManualConfig
    {
        public Short() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
