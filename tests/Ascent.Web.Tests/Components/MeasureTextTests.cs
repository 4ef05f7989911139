using Ascent.Measures;
using Ascent.Web.Components;

namespace Ascent.Web.Tests.Components;

public sealed class MeasureTextTests
{
    [Theory]
    [InlineData(MeasureUnit.Percentage, 62.5, "63%", "63")]
    [InlineData(MeasureUnit.Percentage, 0, "0%", "0")]
    [InlineData(MeasureUnit.Rate, 94.25, "94.3%", "94.3")]
    [InlineData(MeasureUnit.Average, 5.25, "5.3", "5.3")]
    [InlineData(MeasureUnit.Average, 1234.5, "1,234.5", "1,234.5")]
    [InlineData(MeasureUnit.Progress, 0.235, "+0.24", "+0.24")]
    [InlineData(MeasureUnit.Progress, -0.125, "−0.13", "−0.13")]
    [InlineData(MeasureUnit.Progress, -0.004, "0.00", "0.00")]
    [InlineData(MeasureUnit.Count, 1234, "1,234", "1,234")]
    [InlineData(MeasureUnit.Percentile, 61.7, "62", "62")]
    public void Of_Figure_IsRoundedWithItsSign(MeasureUnit unit, double value, string full, string plain)
    {
        var measure = new Measure.Scalar(value, unit, new(58, 58));
        Assert.Equal((full, plain), (MeasureText.Of(measure), MeasureText.Plain(measure)));
    }

    [Fact]
    public void Of_EachKindWithoutFigure_SaysWhy()
    {
        Assert.Equal("c", MeasureText.Of(new Measure.Withheld(WithheldReason.Few)));
        Assert.Equal("Too few matched", MeasureText.Of(new Measure.LowCoverage(new(20, 7))));
        Assert.Equal(["No pupils", "No results yet", "No baseline", "No national figures"],
            Enum.GetValues<NotApplicableReason>().Select(reason => MeasureText.Of(new Measure.NotApplicable(reason, new(58, 0)))));
    }

    [Fact]
    public void Interval_Estimated_IsRoundedAndOthersHaveNone()
    {
        Assert.Equal("51 to 75", MeasureText.Interval(new Measure.Estimated(63.8, 50.9, 74.9, MeasureUnit.Percentage, new(58, 58))));
        Assert.Equal("−0.10 to +0.35", MeasureText.Interval(new Measure.Estimated(0.1, -0.1, 0.345, MeasureUnit.Progress, new(58, 58))));
        Assert.Null(MeasureText.Interval(new Measure.Scalar(5, MeasureUnit.Average, new(58, 58))));
        Assert.Null(MeasureText.Interval(new Measure.Withheld(WithheldReason.Few)));
    }

    [Theory]
    [InlineData(4, "+4")]
    [InlineData(-2.4, "−2")]
    [InlineData(0.4, "0")]
    [InlineData(-0.4, "0")]
    public void Difference_AnyValue_HasASignUnlessNought(double value, string words) =>
        Assert.Equal(words, MeasureText.Difference(new Measure.Scalar(value, MeasureUnit.Percentage, default)));

    [Fact]
    public void Pupils_EachKind_TellsHowManyCountOrNothing()
    {
        Assert.Equal("1,058", MeasureText.Pupils(new Measure.Scalar(5, MeasureUnit.Average, new(1058, 1058))));
        Assert.Equal("56 of 58", MeasureText.Pupils(new Measure.Estimated(5, 4, 6, MeasureUnit.Average, new(58, 56))));
        Assert.Equal("180", MeasureText.Pupils(new Measure.NotApplicable(NotApplicableReason.NoBaseline, new(180, 0))));
        Assert.Equal("7 of 20", MeasureText.Pupils(new Measure.LowCoverage(new(20, 7))));
        Assert.Equal("c", MeasureText.Pupils(new Measure.Withheld(WithheldReason.Few)));
    }

    [Fact]
    public async Task MeasureTag_Withheld_IsALetterForTheEyeAndAWordForTheEar()
    {
        var mark = Dom.Parse(await new Tag("measure-text").With("value", new Measure.Withheld(WithheldReason.Few)).RenderAsync()).QuerySelector("abbr.ascent-withheld")!;
        Assert.Equal(MeasureText.WithheldTitle, mark.GetAttribute("title"));
        Assert.Equal("c", mark.QuerySelector("[aria-hidden=true]")!.TextContent);
        Assert.Equal("withheld", mark.QuerySelector(".govuk-visually-hidden")!.TextContent);
    }

    [Fact]
    public void StripScale_Around_HoldsEveryShownFigureWithRoundEnds()
    {
        var scale = StripScale.Around([new Measure.Estimated(6.31, 5.83, 6.84, MeasureUnit.Average, new(43, 43)), new Measure.Scalar(4.1, MeasureUnit.Average, new(1, 1)), new Measure.Withheld(WithheldReason.Few)], MeasureUnit.Average);
        Assert.Equal((4, 7), (scale.From, scale.To));
        Assert.Equal([4, 5, 6, 7], scale.Ticks);
        Assert.Equal((0, 50, 100), (scale.At(3), scale.At(5.5), scale.At(9)));

        var progress = StripScale.Around([new Measure.Estimated(0.24, 0.06, 0.42, MeasureUnit.Progress, new(178, 178)), new Measure.Scalar(-0.03, MeasureUnit.Progress, new(1, 1))], MeasureUnit.Progress);
        Assert.Equal([-0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5], progress.Ticks);
    }

    [Fact]
    public void StripScale_NothingOrOneFigure_StillHasAWidth()
    {
        foreach (var measures in new Measure[][] { [], [new Measure.Withheld(WithheldReason.Few)], [new Measure.Scalar(5, MeasureUnit.Average, new(1, 1))] })
        {
            var scale = StripScale.Around(measures, MeasureUnit.Average);
            Assert.True(scale.To > scale.From && double.IsFinite(scale.At(5)));
        }
    }

    [Fact]
    public async Task FigureStrip_Drawn_TellsNoMoreThanTheRoundedFigures()
    {
        var scale = StripScale.Percent;
        var exact = await Strip(scale, new Measure.Estimated(63.793, 50.91, 74.88, MeasureUnit.Percentage, new(58, 58)));
        Assert.Equal(await Strip(scale, new Measure.Estimated(64, 51, 75, MeasureUnit.Percentage, new(58, 58))), exact);
        Assert.Contains("cx=\"64%\"", exact, StringComparison.Ordinal);
        Assert.DoesNotContain("style", exact, StringComparison.Ordinal);
    }

    private static Task<string> Strip(StripScale scale, Measure school) =>
        new Tag("figure-strip").With("scale", scale).With("school", school).With("national", new Measure.Scalar(62.6, MeasureUnit.Percentage, new(1, 1))).RenderAsync();
}
