using Ascent.Reference;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports;

/// <summary>An assessment of which (nearly) no value in a file is understood: the column is probably something else.</summary>
/// <param name="Values">How many it has.</param>
/// <param name="NotUnderstood">How many of them are not understood.</param>
/// <param name="Examples">The first of those, each once.</param>
public sealed record ColumnFault(Assessment Assessment, AcademicYear Year, string Qualifier, int Values, int NotUnderstood, IReadOnlyList<string> Examples)
{
    /// <summary>"Reading, test, 2024/25: none of 300 values is understood, such as “7” and “6”".</summary>
    public string What =>
        $"{AssessmentWords.Of(Assessment)}, {Year}: {(NotUnderstood == Values ? $"none of {InWords.Count(Values, "value", "values")} is" : $"{NotUnderstood:N0} of {InWords.Count(Values, "value", "values")} are not")} understood, such as {InWords.List(Examples.Select(e => $"“{ResultsTable.Short(e)}”"))}";

    public string Mend => ResultWords.WhatIsUnderstood(Assessment, Year);

    internal bool IsOf(ResultInFile result) => (result.Assessment, result.Year, result.Qualifier) == (Assessment, Year, Qualifier);
}

/// <summary>
/// Reads all values once before the rows are staged: what is wrong with a whole column is told once, and not at each row of it.
/// </summary>
internal sealed class SurveyResults
{
    // Of fewer values each is told by itself.
    private const int FewestValues = 5;
    private const double NearlyAll = 0.8;
    private const int MostExamples = 3;

    // A hostile file names another subject in each row; a real one has some dozens.
    private const int MostAssessments = 1_000;

    private readonly Dictionary<(Assessment, AcademicYear, string), Tally> tallies = [];

    public void Take(PupilInFile row)
    {
        foreach (var result in row.Results)
        {
            var key = (result.Assessment, result.Year, result.Qualifier);
            if (!tallies.TryGetValue(key, out var tally))
            {
                if (tallies.Count >= MostAssessments)
                    continue;
                tallies[key] = tally = new();
            }
            tally.Values++;
            if (ResultCodes.Read(result.Assessment, result.Year, result.Value).Kind != ResultKind.NotUnderstood)
                continue;
            tally.NotUnderstood++;
            if (tally.Examples.Count < MostExamples && !tally.Examples.Contains(result.Value))
                tally.Examples.Add(result.Value);
        }
    }

    public IReadOnlyList<ColumnFault> Faults =>
    [
        .. tallies.Where(t => t.Value.Values >= FewestValues && t.Value.NotUnderstood >= NearlyAll * t.Value.Values)
            .Select(t => new ColumnFault(t.Key.Item1, t.Key.Item2, t.Key.Item3, t.Value.Values, t.Value.NotUnderstood, t.Value.Examples)),
    ];

    private sealed class Tally
    {
        public int Values { get; set; }

        public int NotUnderstood { get; set; }

        public List<string> Examples { get; } = [];
    }
}
