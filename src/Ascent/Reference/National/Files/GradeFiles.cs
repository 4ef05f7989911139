using Ascent.Measures;
using Ascent.Shared;

namespace Ascent.Reference.National.Files;

/// <summary>Transition matrices: for each subject one row a prior-attainment group, one of the pupils without, and one of all.</summary>
/// <param name="noGrade">The column of entries without a grade.</param>
internal abstract class TransitionFile(NationalKind kind, string pattern, GradeScale scale, string noGrade) : NationalFile(
    kind, pattern, ["time_period", "version", "establishment_type_group", "breakdown_topic", "breakdown", "ks2_scaled_score_group", "subject", "qualification_type", noGrade, "num_covid_impacted", "all_grades", .. scale.Labels.Select(g => "num_" + g)])
{
    private const string WithoutPrior = "No scaled score";
    private const string Total = "Total";

    protected override IEnumerable<ReadDataset> Read(IReadOnlyList<NationalRow> rows, FileFacts facts)
    {
        foreach (var edition in rows.GroupBy(r => (Year: Year(r), Status: r.Status("version"))))
        {
            var subjects = new List<GradesOfSubject>();
            foreach (var named in edition.GroupBy(r => r.Text("subject")))
                if (Subjects.All.FirstOrDefault(s => s.Ks4Name == named.Key) is { } subject)
                    subjects.Add(Read(subject.Code, [.. named]));
                else
                    facts.LeftOut += named.Count();
            yield return new(Kind, edition.Key.Year, edition.Key.Status, new SubjectGrades(subjects));
        }
    }

    private GradesOfSubject Read(string subject, IReadOnlyList<NationalRow> rows)
    {
        var found = new Dictionary<string, int[]>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            row.Expect("establishment_type_group", "All state-funded");
            row.Expect("breakdown_topic", Total);
            row.Expect("breakdown", Total);
            row.Expect("qualification_type", "GCSE");
            var group = row.Text("ks2_scaled_score_group");
            if (group is not (WithoutPrior or Total) && !NationalGroups.TransitionLabels.Contains(group))
                throw row.Refused($"“{NationalRow.Short(group)}” is no group of prior attainment that is known here");
            if (!found.TryAdd(group, Counts(row)))
                throw row.Refused($"“{group}” of {row.Text("subject")} is there twice");
        }
        if (!found.Remove(Total, out var all))
            throw rows[^1].Refused($"{rows[0].Text("subject")} has no row “{Total}”");
        // A group that nobody was in has no row; a row that was lost shows in the sum.
        for (var i = 0; i < all.Length; i++)
            if (found.Values.Sum(counts => counts[i]) != all[i])
                throw rows[^1].Refused($"the groups of {rows[0].Text("subject")} do not add up to its total");
        return new(subject, all[..scale.Count], all[^1], [.. NationalGroups.TransitionLabels.Select(l => found.TryGetValue(l, out var counts) ? counts[..scale.Count] : new int[scale.Count])]);
    }

    // The grades, and last the entries without one.
    private int[] Counts(NationalRow row)
    {
        int[] counts = [.. scale.Labels.Select(g => row.Count("num_" + g)), row.Count(noGrade) + row.Count("num_covid_impacted")];
        return counts.Sum() == row.Count("all_grades") ? counts : throw row.Refused("the grades do not add up to all_grades");
    }

    private static AcademicYear Year(NationalRow row) =>
        AcademicYear.Read(row.Text("time_period")) ?? throw row.Refused($"“{NationalRow.Short(row.Text("time_period"))}” in time_period is no school year");
}

internal sealed class GcseTransitionFile() : TransitionFile(NationalKind.GcseTransition, "ks2_ks4_transition_*_gcse_grades_all_pupils.csv", GradeScale.Gcse, "num_X");

internal sealed class CombinedScienceTransitionFile() : TransitionFile(NationalKind.CombinedScienceTransition, "ks2_ks4_transition_*_combined_science_all_pupils.csv", GradeScale.CombinedScience, "num_XX");

/// <summary>Percentages by grade, from which counts are made again. Year by the file's name; it says no status and is taken as final.</summary>
internal sealed class GcseGradesFile() : NationalFile(
    NationalKind.GcseGrades, "gcse_grade_distribution_*.csv", ["subject", "results_with_grade", .. GradeScale.Gcse.Labels.Select(g => "pct_" + g)])
{
    // Ten percentages with two decimals.
    private const double Rounding = 0.1;

    protected override IEnumerable<ReadDataset> Read(IReadOnlyList<NationalRow> rows, FileFacts facts)
    {
        var subjects = new List<GradesOfSubject>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!seen.Add(row.Text("subject")))
                throw row.Refused($"{NationalRow.Short(row.Text("subject"))} is there twice");
            var percents = GradeScale.Gcse.Labels.Select(g => row.Number("pct_" + g, 0, 100)).ToArray();
            if (Math.Abs(percents.Sum() - 100) > Rounding)
                throw row.Refused("the percentages do not add up to 100");
            var results = row.Count("results_with_grade");
            if (Subjects.All.FirstOrDefault(s => s.Ks4Name == row.Text("subject")) is { } subject)
                subjects.Add(new(subject.Code, [.. percents.Select(p => (int)Math.Round(p * results / 100))], 0, []));
            else
                facts.LeftOut++;
        }
        return subjects.Count == 0 ? [] : [new(Kind, facts.Year, ReferenceStatus.Final, new SubjectGrades(subjects))];
    }
}
