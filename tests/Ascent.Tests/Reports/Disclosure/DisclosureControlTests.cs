using Ascent.Measures;
using Ascent.Reports.Disclosure;
using static Ascent.Tests.Reports.Disclosure.Cohort;

namespace Ascent.Tests.Reports.Disclosure;

public sealed class DisclosureControlTests
{
    private const int Ehc = 0, Support = 1, NoSen = 2, Girls = 0, Boys = 1;

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Decide_WholeYear_IsWithheldForOneToFive(int pupils, bool isWithheld) =>
        Assert.Equal(isWithheld ? WithheldReason.Few : null, new Cohort(Alike(pupils)).Decide().Whole(ReportPeriod.Year(0)));

    // As on the overview: SEN support would give the EHC plans away, no SEN is shown.
    [Fact]
    public void Decide_FewWithAnEhcPlan_TakesSenSupportWithIt() =>
        Assert.Equal(["0 sen/ehc Few", "0 sen/support Recoverable"], Withheld(new Cohort(Year(PupilGroup.Sen, 4, 20, 150)).Decide()));

    // Nobody is in "not known", which is shown and hides nothing.
    [Fact]
    public void Decide_SensitiveValueUnderTen_TakesItsComplementWithIt() =>
        Assert.Equal(["0 disadvantaged/no FewOthers", "0 disadvantaged/yes Few"], Withheld(new Cohort(Year(PupilGroup.Disadvantaged, 9, 60)).Decide()));

    [Fact]
    public void Decide_SensitiveValueOfTen_IsShown() => Assert.Empty(Withheld(new Cohort(Year(PupilGroup.Disadvantaged, 10, 60)).Decide()));

    [Fact]
    public void Decide_ValueUnderTenThatIsNotSensitive_IsShown() => Assert.Empty(Withheld(new Cohort(Year(PupilGroup.Sex, 6, 60)).Decide()));

    // Nobody is outside the value: it is the year itself, under the year's rule. (Or no year of 6 to 9 could be shown, since none of them is looked after.)
    [Theory]
    [InlineData(60, false)]
    [InlineData(6, false)]
    [InlineData(5, true)]
    public void Decide_EverybodyHasTheSensitiveValue_IsAsTheYear(int pupils, bool isWithheld)
    {
        var decision = new Cohort(Alike(pupils)).Decide();

        Assert.Equal(isWithheld ? WithheldReason.Few : null, decision.Value(ReportPeriod.Year(0), PupilGroup.LookedAfter, 0));
        Assert.Equal(isWithheld ? WithheldReason.Few : null, decision.Whole(ReportPeriod.Year(0)));
    }

    [Theory]
    [InlineData(9, 0, true)]
    [InlineData(9, 9, true)]
    [InlineData(9, 8, false)]
    [InlineData(9, 1, false)]
    [InlineData(10, 10, false)]
    [InlineData(10, 0, false)]
    public void Decide_AllOrNoneOfAGroup_IsWithheldUnderTen(int girls, int met, bool isWithheld)
    {
        var decision = new Cohort([
            .. Alike(met, Standing.Met, (PupilGroup.Sex, Girls)), .. Alike(girls - met, Standing.NotMet, (PupilGroup.Sex, Girls)),
            .. Alike(30, Standing.Met, (PupilGroup.Sex, Boys)), .. Alike(30, Standing.NotMet, (PupilGroup.Sex, Boys))]).Decide();

        Assert.Equal(isWithheld ? ["0 sex/boys Recoverable", "0 sex/girls AllOrNone"] : [], Withheld(decision));
    }

    // Pupils without a result are in no number: 8 are asked about, 5 count.
    [Fact]
    public void Decide_PupilsOutsideTheMeasure_DoNotCount()
    {
        var decision = new Cohort([.. Alike(5, (PupilGroup.Sex, Girls)), .. Alike(3, Standing.Outside, (PupilGroup.Sex, Girls)), .. Alike(40, (PupilGroup.Sex, Boys))]).Decide();

        Assert.Equal(["0 sex/boys Recoverable", "0 sex/girls Few"], Withheld(decision));
    }

    // The small year is what the span has more than the other. No group's values may add up to the span either.
    [Fact]
    public void Decide_SmallYear_TakesTheSpanWithIt()
    {
        var decision = new Cohort(Alike(3), Alike(180)).Decide();

        Assert.Equal((WithheldReason.Few, null, WithheldReason.Recoverable), (decision.Whole(ReportPeriod.Year(0)), decision.Whole(ReportPeriod.Year(1)), decision.Whole(ReportPeriod.Span)));
        Assert.All(PupilGroups.All, group => Assert.Equal(WithheldReason.Recoverable, decision.Value(ReportPeriod.Span, group, 0)));
    }

    // The three low ones of the first year are low of the span less those of the other years (span before single year), and the year less its
    // middle and high (smaller before larger, value before whole year). Middle of the span would bring the first year's middle back.
    [Fact]
    public void Decide_FewInOneYearOfThree_GivesUpInTheOrder()
    {
        var decision = new Cohort(Year(PupilGroup.PriorAttainment, 3, 60, 70), Year(PupilGroup.PriorAttainment, 40, 60, 70), Year(PupilGroup.PriorAttainment, 40, 60, 70)).Decide();

        Assert.Equal(["0 prior/low Few", "0 prior/middle Recoverable", "span prior/low Recoverable", "span prior/middle Recoverable"], Withheld(decision));
    }

    // Two years have few low ones, and together more than few: each year's middle is enough, and the span stays.
    [Fact]
    public void Decide_FewInTwoYears_AreCoverForOneAnother()
    {
        var decision = new Cohort(Year(PupilGroup.PriorAttainment, 3, 60, 70), Year(PupilGroup.PriorAttainment, 4, 50, 70), Year(PupilGroup.PriorAttainment, 40, 60, 70)).Decide();

        Assert.Equal(["0 prior/low Few", "0 prior/middle Recoverable", "1 prior/low Few", "1 prior/middle Recoverable"], Withheld(decision));
    }

    // Two of the one year and three of the other are five: low of the span less the third year.
    [Fact]
    public void Decide_FewInTwoYearsTogether_TakesTheSpanToo()
    {
        var decision = new Cohort(Year(PupilGroup.PriorAttainment, 2, 60, 70), Year(PupilGroup.PriorAttainment, 3, 50, 70), Year(PupilGroup.PriorAttainment, 40, 60, 70)).Decide();

        Assert.Equal(WithheldReason.Recoverable, decision.Value(ReportPeriod.Span, PupilGroup.PriorAttainment, 0));
        Assert.Null(decision.Whole(ReportPeriod.Span));
    }

    // Between two of the same number the code decides: "high" before "middle".
    [Fact]
    public void Decide_TwoOfTheSameNumber_GivesUpByCode() =>
        Assert.Equal(["0 prior/high Recoverable", "0 prior/low Few"], Withheld(new Cohort(Year(PupilGroup.PriorAttainment, 3, 60, 60)).Decide()));

    // The oldest of four years is not in the span: it is made up of its own values only.
    [Fact]
    public void Decide_YearBeforeTheSpan_TakesPartByItself()
    {
        var decision = new Cohort(Year(PupilGroup.Sex, 4, 90), Year(PupilGroup.Sex, 80, 90), Year(PupilGroup.Sex, 80, 90), Year(PupilGroup.Sex, 80, 90)).Decide();

        Assert.Equal(["0 sex/boys Recoverable", "0 sex/girls Few"], Withheld(decision));
    }

    // All but two of the disadvantaged pupils are those with an additional language: the later group gives way, and what would bring it back.
    [Fact]
    public void Decide_ValueInsideAValueOfAnotherGroup_WithholdsTheLaterGroup()
    {
        var decision = new Cohort([
            .. Alike(30, (PupilGroup.Disadvantaged, 0), (PupilGroup.Eal, 0)), .. Alike(2, (PupilGroup.Disadvantaged, 0), (PupilGroup.Eal, 1)),
            .. Alike(60, (PupilGroup.Disadvantaged, 1), (PupilGroup.Eal, 1))]).Decide();

        Assert.Equal(["0 eal/english Recoverable", "0 eal/other Nested"], Withheld(decision));
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(5, true)]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Decide_ValueWithAFewMore_IsWithheldForOneToTheThreshold(int more, bool isWithheld)
    {
        var decision = new Cohort([
            .. Alike(30, (PupilGroup.Sex, 0), (PupilGroup.TermOfBirth, 0)), .. Alike(more, (PupilGroup.Sex, 0), (PupilGroup.TermOfBirth, 1)),
            .. Alike(60, (PupilGroup.Sex, 1), (PupilGroup.TermOfBirth, 1)), .. Alike(60, (PupilGroup.Sex, 1), (PupilGroup.TermOfBirth, 2))]).Decide(threshold: 7);

        Assert.Equal(isWithheld, decision.Value(ReportPeriod.Year(0), PupilGroup.TermOfBirth, 0) is WithheldReason.Nested);
    }

    [Fact]
    public void Decide_HigherThreshold_WithholdsMore()
    {
        var cohort = new Cohort(Year(PupilGroup.Sex, 6, 60));

        Assert.Empty(Withheld(cohort.Decide()));
        Assert.Equal(["0 sex/boys Recoverable", "0 sex/girls Few"], Withheld(cohort.Decide(threshold: 7)));
        Assert.Equal(12, new DisclosureSettings(12).SensitiveThreshold);
        Assert.All([2, 21], threshold => Assert.Throws<ArgumentOutOfRangeException>(() => new DisclosureSettings(threshold)));
    }

    // 12 girls may be shown; of them 10 are the reader's own, and what is left is two.
    [Fact]
    public void Decide_AllButFewAreTheReadersOwn_IsWithheldFromHim()
    {
        var own = Alike(10, (PupilGroup.Sex, Girls)).Select(p => p with { IsOwn = true });
        var cohort = new Cohort([.. own, .. Alike(2, (PupilGroup.Sex, Girls)), .. Alike(60, (PupilGroup.Sex, Boys))]);

        Assert.Empty(Withheld(cohort.Decide()));
        Assert.Equal(["0 sex/boys Recoverable", "0 sex/girls Few"], Withheld(cohort.DecideForOwnClasses()));
    }

    [Fact]
    public void And_WithheldByEither_IsWithheld()
    {
        var (one, other) = (new Cohort(Year(PupilGroup.Sex, 4, 60)).Decide(), new Cohort(Year(PupilGroup.Sen, 4, 20, 150)).Decide());

        Assert.Equal([.. Withheld(one).Concat(Withheld(other)).Order(StringComparer.Ordinal)], Withheld(one.And(other)));
        Assert.Throws<ArgumentOutOfRangeException>(() => one.And(new Cohort([], []).Decide()));
    }

    [Fact]
    public void Cells_ThatAreNotOfTheFamily_AreRefused()
    {
        var decision = new Cohort(Alike(30)).Decide();

        Assert.Throws<ArgumentException>(() => decision.Whole(ReportPeriod.Span));
        Assert.Throws<ArgumentException>(() => decision.Whole(ReportPeriod.Year(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => decision.Value(ReportPeriod.Year(0), PupilGroup.Sen, NoSen + 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => decision.Value(ReportPeriod.Year(0), PupilGroup.Sen, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReportPeriod.Year(-1));
    }

    [Fact]
    public void Input_ThatDoesNotFit_IsRefused()
    {
        var columns = PupilGroups.All.Select(_ => new byte[2]).ToArray();

        Assert.Throws<ArgumentException>(() => new PupilColumns(columns[1..]));
        Assert.Throws<ArgumentException>(() => new PupilColumns([.. columns[1..], new byte[3]]));
        Assert.Throws<ArgumentException>(() => new PupilColumns([.. columns[1..], [0, 3]]));
        Assert.Throws<ArgumentException>(() => new DisclosureYear(new(columns), new Standing[3]));
        Assert.Throws<ArgumentException>(() => new DisclosureYear(new(columns), [Standing.Met, (Standing)4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DisclosureControl.Decide([], DisclosureSettings.Default));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cohort([.. Enumerable.Repeat(Alike(1), 13)]).Decide());
        Assert.NotNull(new Cohort([.. Enumerable.Repeat(Alike(1), 12)]).Decide());
    }

    [Fact]
    public void Attacker_OfWhatIsShownWithoutControl_FindsEachWay()
    {
        // The checker of the properties has to be right itself: here by hand.
        var cohort = new Cohort(Year(PupilGroup.Sen, 4, 20, 150), Year(PupilGroup.Sen, 30, 20, 150));
        Attacker Without(params (int? Year, int Value)[] withheld) => new(cohort, (period, group, value) =>
            group != PupilGroup.Sen || !withheld.Any(w => (w.Year is { } year ? ReportPeriod.Year(year) : ReportPeriod.Span) == period && w.Value == value));

        Assert.Contains("shown: 0 Sen/0", Without().Shown());
        Assert.Contains("derived: 0 Sen/0", Without((0, Ehc)).Derived());
        Assert.Contains("derived: 0 Sen/0", Without((0, Ehc), (null, Ehc)).Derived());
        Assert.Contains("derived: 0 Sen/0", Without((0, Ehc), (null, Ehc), (0, Support)).Derived());
        Assert.Empty(Without((0, Ehc), (null, Ehc), (0, Support), (null, Support)).All());
    }
}
