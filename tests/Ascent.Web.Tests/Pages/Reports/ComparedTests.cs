using Ascent.Measures;
using Ascent.TestSupport.Web.Reports;
using Ascent.Web.Components;
using Ascent.Web.Pages.Reports.Parts;

namespace Ascent.Web.Tests.Pages.Reports;

public sealed class ComparedTests
{
    [Fact]
    public void Of_IntervalJustAboveNational_IsJudgedBeforeRounding()
    {
        var compared = Compared.Of(new Measure.Estimated(70, 63.3, 76, MeasureUnit.Percentage, new(58, 58)), ReportSamples.England(63.2));
        Assert.Equal(Significance.Above, compared.Verdict);
        Assert.Equal("63 to 76", MeasureText.Interval(compared.School));
        Assert.Equal(new Measure.Estimated(70, 63, 76, MeasureUnit.Percentage, new(58, 58)), compared.School);
    }

    [Fact]
    public void Difference_TwoFigures_IsOfWhatIsShown()
    {
        var compared = Compared.Of(new Measure.Estimated(5.34, 4.9, 5.8, MeasureUnit.Average, new(92, 92)), ReportSamples.England(4.56, MeasureUnit.Average));
        // 5.3 and 4.6 are shown; 5.34 - 4.56 would be 0.8.
        Assert.Equal("+0.7", MeasureText.Difference(compared.Difference));
    }

    [Fact]
    public void Difference_FigureMissing_IsWhatIsMissing()
    {
        var england = ReportSamples.England(63);
        Assert.IsType<Measure.Withheld>(Compared.Of(ReportSamples.Withheld, england).Difference);
        Assert.Equal("No baseline", MeasureText.Difference(Compared.Of(ReportSamples.Missing(NotApplicableReason.NoBaseline), england).Difference));
        Assert.Equal("No national figures", MeasureText.Difference(Compared.Alone(ReportSamples.Share(37, 58)).Difference));
    }

    [Fact]
    public void Verdict_WithheldOrWithoutNational_IsNeverKept()
    {
        Assert.Null(new Compared(ReportSamples.Withheld, ReportSamples.England(63), Significance.Above).Verdict);
        Assert.Null(new Compared(ReportSamples.Share(37, 58), ReportSamples.Missing(NotApplicableReason.NoReference), Significance.Above).Verdict);
    }

    [Fact]
    public void Counts_Subjects_AddUpAndNameTheFew()
    {
        var counts = ReportSamples.Subjects.Counts;
        Assert.Equal(ReportSamples.Subjects.Rows.Count, counts.Sum(c => c.Count));
        Assert.Equal((2, "above England", "History and Art and Design"), (counts[0].Count, counts[0].Words, counts[0].Detail));
        Assert.Equal((1, "below England", "Mathematics"), (counts[2].Count, counts[2].Words, counts[2].Detail));
        Assert.Equal((1, "withheld"), (counts[3].Count, counts[3].Words));
        Assert.Equal((1, "not compared", "Music technology"), (counts[4].Count, counts[4].Words, counts[4].Detail));
    }
}
