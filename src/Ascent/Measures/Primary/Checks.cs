namespace Ascent.Measures.Primary;

/// <summary>Phonics screening check: 40 words in Year 1, again in Year 2 for who did not meet it. Source: STA, by vendors' help pages.</summary>
public static class Phonics
{
    public const int Words = 40;

    /// <summary>
    /// Met the standard: percent of pupils with the threshold mark or more. Of all pupils with a result: absent, disapplied and annulled ones
    /// have not met it.
    /// </summary>
    /// <param name="threshold">The mark of that year; it is published after the check, and was 32 in every year so far.</param>
    public static Indicator<CheckMark> MetStandard(int threshold) =>
        new("phonics-met", MeasureUnit.Percentage, (in p) => p.IsKnown ? Outcome.Met(p.HasMet(threshold)) : Outcome.Missing);

    /// <summary>Mean mark, 0 to 40, of the pupils with a mark.</summary>
    public static Indicator<CheckMark> AverageMark { get; } = new("phonics-mark", MeasureUnit.Average, static (in p) => p.TryMark(out var mark) ? Outcome.Of(mark) : Outcome.Missing);
}

/// <summary>Multiplication tables check: 25 questions in Year 4, without a pass mark. Population: pupils who took it. Source: MTC 249e339; EES 2024.</summary>
public static class MultiplicationCheck
{
    public const int Questions = 25;

    /// <summary>Mean mark, 0 to 25.</summary>
    public static Indicator<CheckMark> AverageMark { get; } = new("mtc-mark", MeasureUnit.Average, static (in p) => p.TryMark(out var mark) ? Outcome.Of(mark) : Outcome.Missing);

    /// <summary>Percent of those who took it with 25 of 25.</summary>
    public static Indicator<CheckMark> FullMarks { get; } = new(
        "mtc-full", MeasureUnit.Percentage, static (in p) => p.TryMark(out var mark) ? Outcome.Met(mark == Questions) : Outcome.Missing);

    public static IReadOnlyList<Indicator<CheckMark>> Indicators { get; } = [AverageMark, FullMarks];
}
