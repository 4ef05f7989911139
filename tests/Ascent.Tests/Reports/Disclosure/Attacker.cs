using Ascent.Measures;
using Ascent.Reports.Disclosure;

namespace Ascent.Tests.Reports.Disclosure;

/// <summary>
/// Finds what shown cells give away, by another way than the control: all of a group's shown cells are equations over the values of single years, solved
/// with fractions; every set of few pupils is then tried, and every two sets of pupils are compared one by one. It knows the rules, and nothing
/// of how they are kept.
/// </summary>
internal sealed class Attacker
{
    private readonly Cohort _cohort;
    private readonly Func<ReportPeriod, PupilGroup?, int, bool> _isShown;
    private readonly int _threshold;
    private readonly (string Name, ReportPeriod Period, int[] Years)[] _periods;
    private readonly Pupil[][] _counted;
    private readonly Dictionary<PupilGroup, (Equations, (int Year, int Value, int Pupils)[])> _solved = [];
    private readonly Dictionary<(int Year, PupilGroup? Group, int Value), (int N, int Met, int NotMet)> _numbers = [];

    public Attacker(Cohort cohort, Func<ReportPeriod, PupilGroup?, int, bool> isShown, int threshold = 6)
    {
        (_cohort, _isShown, _threshold) = (cohort, isShown, threshold);
        int[] years = [.. Enumerable.Range(0, cohort.Years.Length)];
        var periods = years.Select(y => ($"{y}", ReportPeriod.Year(y), new[] { y }));
        _counted = [.. cohort.Years.Select(year => year.Where(p => p.Standing != Standing.Outside).ToArray())];
        foreach (var year in years)
            foreach (var (group, value) in AllCells)
            {
                var pupils = _counted[year].Where(p => Has(p, group, value)).ToArray();
                _numbers[(year, group, value)] = (pupils.Length, pupils.Count(p => p.Standing == Standing.Met), pupils.Count(p => p.Standing == Standing.NotMet));
            }
        _periods = [.. years.Length > 1 ? periods.Append(("span", ReportPeriod.Span, years[^Math.Min(3, years.Length)..])) : periods];
    }

    public Attacker(Cohort cohort, DisclosureDecision decision, int threshold = 6, params WithheldReason[] unlessFor)
        : this(cohort, (period, group, value) => (group is { } one ? decision.Value(period, one, value) : decision.Whole(period)) is not { } reason || unlessFor.Contains(reason), threshold)
    {
    }

    public IEnumerable<string> All() => [.. People(), .. Wholes()];

    public IEnumerable<string> People() => [.. Shown(), .. Derived(), .. Nested()];

    /// <summary>Shown cells that are too small themselves.</summary>
    public IEnumerable<string> Shown() =>
        from period in _periods
        from cell in AllCells
        where _isShown(period.Period, cell.Group, cell.Value) && IsSmall(period.Years, cell.Group, cell.Value)
        select $"shown: {period.Name} {cell.Group}/{cell.Value}";

    /// <summary>What the shown cells of one group add up to: few pupils, or a cell that is too small.</summary>
    public IEnumerable<string> Derived() => PupilGroups.All.SelectMany(Derived);

    /// <summary>Withheld wholes that the shown cells of a group add up to.</summary>
    public IEnumerable<string> Wholes() =>
        from period in _periods
        where !_isShown(period.Period, null, 0) && Number(period.Years, null, 0).N > 0
        from one in PupilGroups.All
        let solved = Solved(one)
        where solved.Equations.Give(Places(solved.Atoms, period.Years))
        select $"whole: {period.Name} by {one}";

    /// <summary>Known sets of pupils of two groups of which one holds the other and a few more.</summary>
    public IEnumerable<string> Nested()
    {
        var known = PupilGroups.All.SelectMany(Known).ToArray();
        return from one in known
               from other in known
               where one.Group != other.Group && other.N - one.N > 0 && other.N - one.N < _threshold
                   && one.Years.All(y => _counted[y].Where(p => Has(p, one.Group, one.Value)).All(p => other.Years.Contains(y) && Has(p, other.Group, other.Value)))
               select $"nested: {one.Name} in {other.Name}";
    }

    private static IEnumerable<(PupilGroup? Group, int Value)> AllCells { get; } =
        [.. PupilGroups.All.SelectMany(g => ValuesOf(g).Select(v => ((PupilGroup?)g, v))), (null, 0)];

    private static IEnumerable<int> ValuesOf(PupilGroup group) => Enumerable.Range(0, group.Values().Count);

    private static bool Has(Pupil pupil, PupilGroup? group, int value) => group is not { } one || pupil.Values[(int)one] == value;

    private (int N, int Met, int NotMet) Number(int[] years, PupilGroup? group, int value)
    {
        var sum = (N: 0, Met: 0, NotMet: 0);
        foreach (var year in years)
        {
            var (n, met, notMet) = _numbers[(year, group, value)];
            sum = (sum.N + n, sum.Met + met, sum.NotMet + notMet);
        }
        return sum;
    }

    private bool IsSmall(int[] years, PupilGroup? group, int value)
    {
        var (n, met, notMet) = Number(years, group, value);
        var outside = Number(years, null, 0).N - n;
        return n > 0 && (n < _threshold
            || (group?.IsSensitive() == true && outside > 0 && (n < 10 || outside < 10))
            || (n < 10 && (met == n || notMet == n)));
    }

    private (Equations Equations, (int Year, int Value, int Pupils)[] Atoms) Solved(PupilGroup group) =>
        _solved.TryGetValue(group, out var solved) ? solved : _solved[group] = Solve(group);

    private (Equations Equations, (int Year, int Value, int Pupils)[] Atoms) Solve(PupilGroup group)
    {
        var atoms = Enumerable.Range(0, _counted.Length)
            .SelectMany(year => ValuesOf(group).Select(value => (Year: year, Value: value, Pupils: _numbers[(year, group, value)].N))).Where(a => a.Pupils > 0).ToArray();
        var equations = new Equations(atoms.Length);
        foreach (var (_, period, years) in _periods)
        {
            foreach (var value in ValuesOf(group).Where(v => _isShown(period, group, v)))
                equations.Add(i => years.Contains(atoms[i].Year) && atoms[i].Value == value);
            if (_isShown(period, null, 0))
                equations.Add(i => years.Contains(atoms[i].Year));
        }
        equations.Solve();
        return (equations, atoms);
    }

    private IEnumerable<string> Derived(PupilGroup group)
    {
        var (equations, atoms) = Solved(group);
        foreach (var set in Sets(atoms, 0, _threshold - 1))
            if (set.Length > 0 && equations.Give(set))
                yield return $"derived: {string.Join(" + ", set.Select(i => $"{atoms[i].Year} {group}/{atoms[i].Value}"))}";
        foreach (var (name, _, years) in _periods)
            foreach (var value in ValuesOf(group).Where(v => IsSmall(years, group, v)))
                if (equations.Give(Places(atoms, years, value)))
                    yield return $"derived: {name} {group}/{value}";
    }

    private static int[] Places((int Year, int Value, int Pupils)[] atoms, int[] years, int? value = null) =>
        [.. Enumerable.Range(0, atoms.Length).Where(i => years.Contains(atoms[i].Year) && (value ?? atoms[i].Value) == atoms[i].Value)];

    // Every choice of atoms with no more pupils than that.
    private static IEnumerable<int[]> Sets((int Year, int Value, int Pupils)[] atoms, int from, int pupils)
    {
        yield return [];
        for (var i = from; i < atoms.Length; i++)
            if (atoms[i].Pupils <= pupils)
                foreach (var set in Sets(atoms, i + 1, pupils - atoms[i].Pupils))
                    yield return [i, .. set];
    }

    private IEnumerable<(PupilGroup Group, string Name, int Value, int[] Years, int N)> Known(PupilGroup of)
    {
        var (equations, atoms) = Solved(of);
        return from period in _periods
               from value in ValuesOf(of)
               let n = Number(period.Years, of, value).N
               where n > 0 && (_isShown(period.Period, of, value) || equations.Give(Places(atoms, period.Years, value)))
               select (of, $"{period.Name} {of}/{value}", value, period.Years, n);
    }
}
