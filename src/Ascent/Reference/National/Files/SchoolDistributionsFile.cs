using System.Globalization;
using Ascent.Measures;
using Ascent.Measures.Ks4;

namespace Ascent.Reference.National.Files;

/// <summary>Percentiles of schools' scores. Year by the file's name; the tables that they come from are final. Independent schools are left out.</summary>
internal sealed class SchoolDistributionsFile() : NationalFile(
    NationalKind.SchoolDistributions, "national_school_distributions_*.csv", ["scope", "field", .. SchoolSpread.Percents.Select(Column)])
{
    private const string Mainstream = "state mainstream (maintained + academy)";
    private const double Most = 1000;

    /// <summary>What the performance tables call a measure.</summary>
    private static readonly Dictionary<string, string> Measures = new(StringComparer.Ordinal)
    {
        ["READPROG"] = MeasureCodes.Ks2ProgressReading,
        ["WRITPROG"] = MeasureCodes.Ks2ProgressWriting,
        ["MATPROG"] = MeasureCodes.Ks2ProgressMaths,
        ["P8MEA"] = MeasureCodes.Progress8,
        ["ATT8SCR"] = Ks4Indicators.Attainment8.Code,
        ["PTL2BASICS_95"] = Ks4Indicators.EnglishAndMathsStrong.Code,
        ["PTEBACC_E_PTQ_EE"] = Ks4Indicators.EBaccEntered.Code,
        ["EBACCAPS"] = Ks4Indicators.EBaccAveragePoints.Code,
        ["VA_INS_ALEV"] = MeasureCodes.Ks5ValueAdded,
        ["TALLPPE_ALEV_1618"] = MeasureCodes.Ks5PointsPerEntry,
    };

    protected override IEnumerable<ReadDataset> Read(IReadOnlyList<NationalRow> rows, FileFacts facts)
    {
        var spreads = new List<SchoolSpread>();
        var seen = new HashSet<(string, string)>();
        foreach (var row in rows)
        {
            var (scope, field) = (row.Text("scope"), row.Text("field"));
            if (!seen.Add((scope, field)))
                throw row.Refused($"{NationalRow.Short(field)} of {NationalRow.Short(scope)} is there twice");
            var scores = SchoolSpread.Percents.Select(p => row.Number(Column(p), -Most, Most)).ToArray();
            for (var i = 1; i < scores.Length; i++)
                if (scores[i] < scores[i - 1])
                    throw row.Refused($"{Column(SchoolSpread.Percents[i])} lies below {Column(SchoolSpread.Percents[i - 1])}");
            NationalPhase? phase = scope switch { Mainstream => NationalPhase.All, "special" => NationalPhase.Special, _ => null };
            if (phase is { } known && Measures.TryGetValue(field, out var measure))
                spreads.Add(new(measure, scores, known));
            else
                facts.LeftOut++;
        }
        return spreads.Count == 0 ? [] : [new(Kind, facts.Year, ReferenceStatus.Final, new SchoolSpreads(spreads))];
    }

    private static string Column(int percent) => "p" + percent.ToString("00", CultureInfo.InvariantCulture);
}
