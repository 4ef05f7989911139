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

    public Attacker(Cohort cohort, Func<ReportPeriod, PupilGroup?, int, bool> isShown, int threshold = 6)
    {
        (_cohort, _isShown, _threshold) = (cohort, isShown, threshold);
        int[] years = [.. Enumerable.Range(0, cohort.Years.Length)];
        var periods = years.Select(y => ($"{y}", ReportPeriod.Year(y), new[] { y }));
        _periods = [.. years.Length > 1 ? periods.Append(("span", ReportPeriod.Span, years[^Math.Min(3, years.Length)..])) : periods];
    }

    public Attacker(Cohort cohort, DisclosureDecision decision, int threshold = 6, params WithheldReason[] unlessFor)
        : this(cohort, (period, group, value) => (group is { } one ? decision.Value(period, one, value) : decision.Whole(period)) is not { } reason || unlessFor.Contains(reason), threshold)
    {
    }

    public IEnumerable<string> All() => [.. Shown(), .. Derived(), .. Nested()];

    /// <summary>Shown cells that are too small themselves.</summary>
    public IEnumerable<string> Shown() =>
        from period in _periods
        from cell in PupilGroups.All.SelectMany(g => ValuesOf(g).Select(v => ((PupilGroup?)g, v))).Append((null, 0))
        where _isShown(period.Period, cell.Item1, cell.Item2) && IsSmall(period.Years, cell.Item1, cell.Item2)
        select $"shown: {period.Name} {cell.Item1}/{cell.Item2}";

    /// <summary>What the shown cells of one group add up to: few pupils, a cell that is too small, or a whole that is withheld.</summary>
    public IEnumerable<string> Derived() => PupilGroups.All.SelectMany(Derived);

    /// <summary>Known sets of pupils of two groups of which one holds the other and a few more.</summary>
    public IEnumerable<string> Nested()
    {
        var known = PupilGroups.All.SelectMany(Known).ToArray();
        for (var i = 0; i < known.Length; i++)
            for (var j = i + 1; j < known.Length; j++)
                if (known[i].Group != known[j].Group && Math.Abs(known[i].Pupils.Count - known[j].Pupils.Count) is > 0 and var more && more < _threshold
                    && (known[i].Pupils.IsSubsetOf(known[j].Pupils) || known[j].Pupils.IsSubsetOf(known[i].Pupils)))
                    yield return $"nested: {known[i].Name} and {known[j].Name}";
    }

    private static IEnumerable<int> ValuesOf(PupilGroup group) => Enumerable.Range(0, group.Values().Count);

    private IEnumerable<Pupil> Counted(int[] years) => years.SelectMany(y => _cohort.Years[y]).Where(p => p.Standing != Standing.Outside);

    private static bool Has(Pupil pupil, PupilGroup? group, int value) => group is not { } one || pupil.Values[(int)one] == value;

    private bool IsSmall(int[] years, PupilGroup? group, int value)
    {
        var inside = Counted(years).Where(p => Has(p, group, value)).ToList();
        var outside = Counted(years).Count() - inside.Count;
        var (n, isShare, met) = (inside.Count, inside.Any(p => p.Standing != Standing.Counts), inside.Count(p => p.Standing == Standing.Met));
        return n > 0 && (n < _threshold
            || (group?.IsSensitive() == true && outside > 0 && (n < 10 || outside < 10))
            || (isShare && n < 10 && (met == 0 || met == n)));
    }

    private (Equations Equations, (int Year, int Value, int Pupils)[] Atoms) Solve(PupilGroup group)
    {
        var atoms = Enumerable.Range(0, _cohort.Years.Length)
            .SelectMany(year => ValuesOf(group).Select(value => (Year: year, Value: value, Pupils: Counted([year]).Count(p => Has(p, group, value))))).Where(a => a.Pupils > 0).ToArray();
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
        var (equations, atoms) = Solve(group);
        foreach (var set in Sets(atoms, 0, _threshold - 1))
            if (set.Length > 0 && equations.Give(set))
                yield return $"derived: {string.Join(" + ", set.Select(i => $"{atoms[i].Year} {group}/{atoms[i].Value}"))}";
        foreach (var (name, period, years) in _periods)
        {
            foreach (var value in ValuesOf(group).Where(v => IsSmall(years, group, v)))
                if (equations.Give(Places(atoms, years, value)))
                    yield return $"derived: {name} {group}/{value}";
            if (!_isShown(period, null, 0) && Counted(years).Any() && equations.Give(Places(atoms, years)))
                yield return $"derived: {name} all, by {group}";
        }
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

    private IEnumerable<(PupilGroup Group, string Name, HashSet<Pupil> Pupils)> Known(PupilGroup group)
    {
        var (equations, atoms) = Solve(group);
        foreach (var (name, period, years) in _periods)
            foreach (var value in ValuesOf(group))
                if (_isShown(period, group, value) || equations.Give(Places(atoms, years, value)))
                    if (Counted(years).Where(p => Has(p, group, value)).ToHashSet<Pupil>(ReferenceEqualityComparer.Instance) is { Count: > 0 } pupils)
                        yield return (group, $"{name} {group}/{value}", pupils);
    }
}
