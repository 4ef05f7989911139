using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Ascent.Measures;
using Ascent.Reference.National.Files;
using Ascent.Shared;
using Ascent.Shared.Csv;

namespace Ascent.Reference.National;

/// <summary>The file as a whole is not taken; says where and why.</summary>
public sealed record NationalFileRefused(string Reason) : Refusal("reference-file-refused", Reason, RefusalKind.Refused);

/// <summary>A set of figures as a file holds it.</summary>
internal sealed record ReadDataset(NationalKind Kind, AcademicYear Year, ReferenceStatus Status, NationalContent Content);

/// <param name="LeftOut">Rows about something that no report shows.</param>
internal sealed record NationalFileContent(NationalKind Kind, IReadOnlyList<ReadDataset> Datasets, int LeftOut, string Sha256);

/// <summary>
/// A published file of a known layout, by its name: the columns that it has to have, and what its rows mean. It is read as a whole or refused as
/// a whole, because a figure that is missing or doubled would pass for one that was published.
/// </summary>
internal abstract partial class NationalFile(NationalKind kind, string pattern, params string[] columns)
{
    public const int LongestName = 200;

    /// <summary>In bytes; the longest of these files has a quarter of a megabyte.</summary>
    public const long Longest = 16 * 1024 * 1024;

    private const int MostColumns = 500;

    public static readonly IReadOnlyList<NationalFile> All =
    [
        new Attainment8EstimatesFile(), new Progress8DeviationsFile(), new EBaccEstimatesFile(), new EBaccDeviationsFile(), new GcseTransitionFile(),
        new CombinedScienceTransitionFile(), new GcseGradesFile(), new HeadlinesFile(), new HeadlineSeriesFile(), new SchoolDistributionsFile(),
    ];

    public NationalKind Kind => kind;

    /// <returns>Null for a file that no report uses.</returns>
    public static NationalFile? Find(string name) => All.FirstOrDefault(f => f.Is(name));

    /// <summary>Of the columns that were found, the ones that matter here; a layout with a column for each year looks for them itself.</summary>
    protected abstract IEnumerable<ReadDataset> Read(IReadOnlyList<NationalRow> rows, FileFacts facts);

    /// <param name="Headings">All columns.</param>
    /// <param name="LeftOut">Counted by the layout.</param>
    protected sealed class FileFacts(string name, IReadOnlyList<string> headings)
    {
        public IReadOnlyList<string> Headings => headings;

        public int LeftOut { get; set; }

        /// <summary>The year in the file's name: that in which the school year ended.</summary>
        public AcademicYear Year => YearInName().Match(name) is { Success: true } found
            ? AcademicYear.EndingIn(int.Parse(found.Value, System.Globalization.CultureInfo.InvariantCulture))
            : throw new FormatException("the name of the file has no year");
    }

    /// <param name="stream">It must be able to go back, and stays open.</param>
    public Result<NationalFileContent> Read(string name, Stream stream)
    {
        if (stream.Length > Longest)
            return new NationalFileRefused($"The file is longer than {Longest / 1024 / 1024} MB.");
        var source = CsvSource.Inspect(stream);
        if (!source.Succeeded)
            return Result.Refuse<NationalFileContent>(source.Refusals);
        if (source.Value.IsDamaged)
            return new NationalFileRefused($"There are bytes in it that mean nothing in {source.Value.EncodingName}.");
        try
        {
            using var text = source.Value.Open(stream);
            using var csv = new CsvRows(text);
            var (headings, rows) = Rows(csv);
            var facts = new FileFacts(name, headings);
            ReadDataset[] datasets = [.. Read(rows, facts)];
            return datasets.Length == 0
                ? new NationalFileRefused("There is nothing in the file.")
                : new NationalFileContent(kind, datasets, facts.LeftOut, Convert.ToHexStringLower(source.Value.Sha256));
        }
        catch (FormatException refused)
        {
            return new NationalFileRefused(refused.Message);
        }
    }

    private bool Is(string name) => FileSystemName.MatchesSimpleExpression(pattern, name);

    private (IReadOnlyList<string> Headings, IReadOnlyList<NationalRow> Rows) Rows(CsvRows csv)
    {
        var heading = csv.Next(null) is { Fault: null } first ? first : throw new FormatException("the first line is no heading");
        if (heading.Cells.Count > MostColumns)
            throw new FormatException($"the heading has {heading.Cells.Count} columns");
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < heading.Cells.Count; i++)
            if (!places.TryAdd(heading.Cells[i].Trim(), i))
                throw new FormatException($"the column “{NationalRow.Short(heading.Cells[i])}” is there twice");
        if (columns.Where(c => !places.ContainsKey(c)).ToArray() is { Length: > 0 } missing)
            throw new FormatException($"the file has no column {string.Join(", ", missing)}");
        var rows = new List<NationalRow>();
        while (csv.Next(heading.Cells.Count) is { } row)
            rows.Add(row.Fault is null ? new(row.Line, places, row.Cells) : throw new FormatException($"line {row.Line}: {row.Fault}"));
        return ([.. places.Keys], rows);
    }

    [GeneratedRegex(@"(?<=_)(19|20)\d\d(?=[_.])")]
    private static partial Regex YearInName();
}
