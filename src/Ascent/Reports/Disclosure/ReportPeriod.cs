namespace Ascent.Reports.Disclosure;

/// <summary>What a figure is about in time: one of the single years, by its place from the oldest, or the span of the latest three.</summary>
public readonly record struct ReportPeriod
{
    private readonly int _year;

    private ReportPeriod(int year) => _year = year;

    /// <summary>The latest three of the single years together; fewer where there are fewer, and nothing where there is only one.</summary>
    public static ReportPeriod Span { get; } = new(-1);

    public static ReportPeriod Year(int place) => place >= 0 ? new(place) : throw new ArgumentOutOfRangeException(nameof(place), place, "Years are counted from nought.");

    internal int PlaceIn(Periods periods) => this == Span
        ? periods.HasSpan ? periods.Span : throw new ArgumentException("One year alone has no span.")
        : _year < periods.Years ? _year : throw new ArgumentException($"There are {periods.Years} years.");
}

/// <summary>The single years of a decision from the oldest, and after them the span.</summary>
internal readonly record struct Periods(int Years)
{
    private const int InSpan = 3;

    public bool HasSpan => Years > 1;

    /// <summary>The place of the span; with one year it is past the end.</summary>
    public int Span => Years;

    public int Count => HasSpan ? Years + 1 : Years;

    /// <summary>Without a span: past the last year.</summary>
    public int FirstInSpan => HasSpan ? Math.Max(0, Years - InSpan) : Years;

    public bool Covers(int period, int year) => period == year || (HasSpan && period == Span && year >= FirstInSpan);

    public bool StandsAlone(int period) => period < FirstInSpan;
}
