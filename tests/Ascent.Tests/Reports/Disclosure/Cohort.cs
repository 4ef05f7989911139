using Ascent.Measures;
using Ascent.Reports.Disclosure;

namespace Ascent.Tests.Reports.Disclosure;

/// <summary>A pupil of a made-up cohort.</summary>
/// <param name="Values">The place of the value in each group.</param>
/// <param name="IsOwn">Whether the reader sees this one by name.</param>
internal sealed record Pupil(byte[] Values, Standing Standing, bool IsOwn = false);

/// <summary>Years of pupils, by hand or by chance, in the form that the control takes.</summary>
internal sealed record Cohort(params Pupil[][] Years)
{
    /// <summary>A number of pupils alike; in groups that are not named all pupils are alike.</summary>
    public static Pupil[] Alike(int count, Standing standing, params (PupilGroup Group, int Value)[] values)
    {
        var places = new byte[PupilGroups.All.Count];
        foreach (var (group, value) in values)
            places[(int)group] = (byte)value;
        return [.. Enumerable.Range(0, count).Select(_ => new Pupil(places, standing))];
    }

    public static Pupil[] Alike(int count, params (PupilGroup Group, int Value)[] values) => Alike(count, Standing.Counts, values);

    /// <summary>A year of an average in which only one group has several values, with these numbers.</summary>
    public static Pupil[] Year(PupilGroup group, params int[] numbers) => [.. numbers.SelectMany((n, value) => Alike(n, (group, value)))];

    public IReadOnlyList<DisclosureYear> Columns() => [.. Years.Select(Column)];

    public DisclosureDecision Decide(int threshold = 6) => DisclosureControl.Decide(Columns(), new(threshold));

    public DisclosureDecision DecideForOwnClasses() =>
        DisclosureControl.Decide(Columns(), [.. Years.Select(year => year.Select(p => p.IsOwn).ToArray())], DisclosureSettings.Default);

    public Cohort WithoutOwn() => new([.. Years.Select(year => year.Where(p => !p.IsOwn).ToArray())]);

    /// <summary>What is withheld, in words, such as "2 sen/ehc Few"; wholes are "2 all Few".</summary>
    public static string[] Withheld(DisclosureDecision decision) =>
        [.. Cells(decision).Where(c => c.Reason is not null).Select(c => $"{c.Period} {c.Name} {c.Reason}").Order(StringComparer.Ordinal)];

    public static IEnumerable<(string Period, string Name, WithheldReason? Reason)> Cells(DisclosureDecision decision)
    {
        var periods = Enumerable.Range(0, decision.Years).Select(y => (Name: $"{y}", Period: ReportPeriod.Year(y)));
        foreach (var (name, period) in decision.HasSpan ? periods.Append(("span", ReportPeriod.Span)) : periods)
        {
            yield return (name, "all", decision.Whole(period));
            foreach (var group in PupilGroups.All)
                for (var value = 0; value < group.Values().Count; value++)
                    yield return (name, $"{group.Code()}/{group.Values()[value].Code}", decision.Value(period, group, value));
        }
    }

    private static DisclosureYear Column(Pupil[] pupils) => new(
        new([.. PupilGroups.All.Select(group => pupils.Select(p => p.Values[(int)group]).ToArray())]), [.. pupils.Select(p => p.Standing)]);
}
