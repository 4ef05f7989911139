using Ascent.Measures;
using Ascent.Reports.Disclosure;
using CsCheck;
using static Ascent.Tests.Reports.Disclosure.Cohort;

namespace Ascent.Tests.Reports.Disclosure;

/// <summary>Over cohorts by chance: what is shown gives nobody away, to an attacker who goes about it in another way.</summary>
public sealed class DisclosureProperties
{
    private const int Cases = 300;

    [Fact]
    public void Decide_AnyCohort_GivesNothingAway() => Gen.Select(Gen.UInt, Gen.Frequency((3, Gen.Const(6)), (1, Gen.Int[3, 8]))).Hold(t =>
    {
        var (number, threshold) = t;
        var cohort = Chance.Wild(number);

        Assert.Empty(new Attacker(cohort, cohort.Decide(threshold), threshold).All());
    }, Cases);

    // Who sees some pupils by name knows the figures of the others. What one of the two decisions withholds for its own pupils may be known of the others.
    [Fact]
    public void Decide_ReaderOfOwnClasses_IsGivenNothingAway() => Gen.UInt.Hold(number =>
    {
        var cohort = Chance.Wild(number);
        var decision = cohort.DecideForOwnClasses();

        foreach (var attacker in new[] { new Attacker(cohort, decision), new Attacker(cohort.WithoutOwn(), decision) })
            Assert.Empty(attacker.People());
    }, Cases);

    [Fact]
    public void Decide_PupilsInAnotherOrder_IsTheSame() => Gen.UInt.Hold(number =>
    {
        var cohort = Chance.Wild(number);
        var chance = new Chance(number);

        Assert.Equal(Cells(cohort.Decide()), Cells(new Cohort([.. cohort.Years.Select(chance.Shuffled)]).Decide()));
    }, Cases);

    // With a guard off the attacker finds somebody: each rule, and each reason of the first, is needed.
    [Theory]
    [InlineData(WithheldReason.Few, "shown")]
    [InlineData(WithheldReason.FewOthers, "shown")]
    [InlineData(WithheldReason.AllOrNone, "shown")]
    [InlineData(WithheldReason.Recoverable, "derived")]
    [InlineData(WithheldReason.Nested, "nested")]
    public void Decide_WithoutAGuard_GivesSomebodyAway(WithheldReason guard, string how) =>
        Assert.Contains(Leaks(unlessFor: guard), leak => leak.StartsWith(how, StringComparison.Ordinal));

    // Nor is the decision over all pupils enough for one who knows some of them.
    [Fact]
    public void Decide_OverAllPupilsOnly_GivesSomebodyAwayToAReaderOfOwnClasses()
    {
        var leaks = Some().SelectMany(cohort => new Attacker(cohort.WithoutOwn(), cohort.Decide()).People()).Select(leak => leak.Split(':')[0]).Distinct();

        Assert.Equal(["derived", "nested", "shown"], leaks.Order(StringComparer.Ordinal));
    }

    // What it costs, of cells with pupils in them: about 35% are withheld for what they are, most of them looked after, service and small ethnic groups in
    // single years, and 11% for the sake of those. No whole and no sex is among them.
    [Fact]
    public void Decide_UsualSchool_WithholdsLittleMoreThanItMust()
    {
        var shares = Shares([.. Enumerable.Range(0, 100).Select(i => Chance.Realistic((uint)i))]);

        Assert.InRange(shares["Few"] + shares["FewOthers"] + shares["AllOrNone"], 0.30, 0.40);
        Assert.InRange(shares["Recoverable"] + shares["Nested"], 0.05, 0.13);
        Assert.Equal((0, 0), (shares["all"], shares["sex"]));
    }

    private static Dictionary<string, double> Shares(Cohort[] cohorts)
    {
        var cells = cohorts.SelectMany(cohort => Cells(cohort.Decide()).Where(cell => !IsEmpty(cohort, cell.Period, cell.Name))).ToList();
        double Of(Func<(string Period, string Name, WithheldReason? Reason), bool> which, Func<WithheldReason?, bool> why) =>
            (double)cells.Count(c => which(c) && why(c.Reason)) / cells.Count(which);
        var shares = Enum.GetValues<WithheldReason>().ToDictionary(reason => $"{reason}", reason => Of(_ => true, r => r == reason));
        foreach (var group in PupilGroups.All)
            shares[group.Code()] = Of(c => c.Name.StartsWith(group.Code() + "/", StringComparison.Ordinal), r => r is not null);
        shares["all"] = Of(c => c.Name == "all", r => r is not null);
        return shares;
    }

    private static bool IsEmpty(Cohort cohort, string period, string name)
    {
        var years = period == "span" ? cohort.Years[^Math.Min(3, cohort.Years.Length)..] : [cohort.Years[int.Parse(period, System.Globalization.CultureInfo.InvariantCulture)]];
        var group = PupilGroups.Find(name.Split('/')[0]);
        var value = group?.FindValue(name.Split('/')[1]);
        return !years.Any(year => year.Any(p => p.Standing != Standing.Outside && (group is not { } one || p.Values[(int)one] == value)));
    }

    private static IEnumerable<Cohort> Some() => Enumerable.Range(0, 60).Select(i => Chance.Wild((uint)i));

    private static IEnumerable<string> Leaks(params WithheldReason[] unlessFor) =>
        Some().SelectMany(cohort => new Attacker(cohort, cohort.Decide(), unlessFor: unlessFor).All());
}
