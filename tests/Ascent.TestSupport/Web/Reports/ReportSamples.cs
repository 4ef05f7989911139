using Ascent.Measures;
using Ascent.Web.Components;
using Ascent.Web.Pages.Reports.Parts;

namespace Ascent.TestSupport.Web.Reports;

/// <summary>Figures for looking at and testing the parts of reports; made up, and nowhere in the product.</summary>
public static class ReportSamples
{
    public static readonly ReportNames Larkfield = new("Larkfield", "England", "Illustrative England");

    public static readonly Basis Basis = new("2025/26, provisional. Every pupil at the end of key stage 2: 58, all with results. Compared with Illustrative England 2025/26, which is invented.", "#how");

    public static readonly Measure Withheld = new Measure.Withheld(WithheldReason.Few);

    public static BlockWords Words(string id, string title, string about, string? note = null) => new(id, title, about, Basis, note);

    public static Measure Share(int met, int matched, int? n = null)
    {
        var (lower, upper) = Intervals.Wilson(met, matched);
        return new Measure.Estimated(100.0 * met / matched, 100 * lower, 100 * upper, MeasureUnit.Percentage, new(n ?? matched, matched));
    }

    public static Measure Mean(double mean, double deviation, int matched, MeasureUnit unit = MeasureUnit.Average)
    {
        var half = Intervals.HalfWidth(deviation, matched);
        return new Measure.Estimated(mean, mean - half, mean + half, unit, new(matched, matched));
    }

    public static Measure England(double value, MeasureUnit unit = MeasureUnit.Percentage) => new Measure.Scalar(value, unit, new(650_000, 640_000));

    public static Measure Missing(NotApplicableReason reason, int n = 58) => new Measure.NotApplicable(reason, new(n, 0));

    public static FigureTiles Tiles => new("headlines", "Headlines 2025/26", Larkfield,
    [
        Tile("Reading, writing and maths", "Expected standard", Compared.Of(Share(37, 58), England(63)), 37),
        Tile("Reading, writing and maths", "Higher standard", Compared.Of(Share(6, 58), England(8)), 6),
        Tile("Reading test", "Expected standard", Compared.Of(Share(52, 58), England(76)), 52),
        Tile("Grammar, punctuation, spelling", "Test, expected standard", Compared.Of(Share(33, 58), England(73)), 33),
        Tile("Writing", "Greater depth", Compared.Of(Withheld, England(13)), 3),
        Tile("Progress", "Key stage 1 to 2, reading", Compared.Of(Missing(NotApplicableReason.NoBaseline), Missing(NotApplicableReason.NoBaseline)), null),
    ], Basis);

    private static FigureTile Tile(string title, string subtitle, Compared figure, int? met) => new(title, subtitle, figure, Larkfield, "#how", met);

    public static GroupTable Groups => new(
        Words("groups", "Gaps between pupil groups", "Reading, writing and maths together, expected standard, %. Disadvantaged pupils are 24 points behind other pupils here, 22 in England.", "Pupils with an EHC plan are withheld: too few. Pupils with SEN support are withheld with them, or the first figure could be worked out from the total."),
        Larkfield, StripScale.Percent,
        [
            Gapped("Gap by sex", new("Girls", Compared.Of(Share(21, 30), England(66))), new("Boys", Compared.Of(Share(16, 28), England(59)))),
            Gapped("Gap by disadvantage", new("Other pupils", Compared.Of(Share(29, 41), England(70))), new("Disadvantaged", Compared.Of(Share(8, 17), England(48)))),
            new("Gap by special educational need", new(Compared.Of(Withheld, England(66)), 2, 0),
            [
                new("EHC plan", Compared.Of(Withheld, England(9))), new("SEN support", Compared.Of(Withheld, England(25))), new("No SEN", Compared.Of(Share(34, 46), England(75))),
            ]),
            Gapped("Gap by first language", new("English", Compared.Of(Share(29, 44, 45), England(63))), new("English as an additional language", Compared.Of(Missing(NotApplicableReason.NobodyCounts, 14), England(62)))),
            new("Prior attainment", null, [new("Low prior attainment", Compared.Of(new Measure.LowCoverage(new(20, 7)), England(20))), new("High prior attainment", Compared.Alone(Share(18, 19)))]),
        ]);

    private static GroupBlock Gapped(string title, GroupRow one, GroupRow other) =>
        new(title, new(Compared.Of(Gap.Between(one.Figure.School, other.Figure.School), Gap.Between(one.Figure.National, other.Figure.National)), 0, 1), [one, other]);

    public static SubjectTable Subjects
    {
        get
        {
            (string Name, double Ours, double Theirs, int Pupils, int Met, double Share)[] rows =
            [
                ("History", 5.3, 4.6, 92, 70, 63), ("Art and Design", 5.6, 4.9, 46, 40, 76), ("English literature", 5.0, 4.8, 176, 130, 73), ("English language", 4.9, 4.8, 184, 129, 72),
                ("Combined Science", 4.1, 4.1, 141, 80, 57), ("Geography", 4.5, 4.6, 71, 43, 64), ("Mathematics", 4.3, 4.7, 184, 118, 73), ("French", 4.4, 4.9, 38, 22, 70),
            ];
            var all = rows.Select(r => new SubjectRow(r.Name, "#subject", Compared.Of(Mean(r.Ours, 2.1, r.Pupils), England(r.Theirs, MeasureUnit.Average)), Compared.Of(Share(r.Met, r.Pupils), England(r.Share)))).ToList();
            all.Insert(2, new("Biology", "#subject", Compared.Of(Mean(6.3, 1.6, 43), England(6.0, MeasureUnit.Average)), Compared.Of(Withheld, England(90))));
            all.Add(new("Music technology", "#subject", Compared.Of(Mean(4.8, 2.1, 12), Missing(NotApplicableReason.NoReference)), Compared.Alone(Share(8, 12))));
            all.Add(new("Latin", null, Compared.Of(Withheld, England(6.7, MeasureUnit.Average)), Compared.Of(Withheld, England(97))));
            return new(Words("subjects", "Average grade in each subject", "GCSE grades 9 to 1, U counts as 0. Combined Science: the mean of its two grades.", "In Biology so few pupils are below grade 4 that the share from 9 to 4 is withheld."),
                Larkfield with { School = "Harbour" }, StripScale.Around(all.SelectMany(r => new[] { r.Figure.School, r.Figure.National }), MeasureUnit.Average), "Average", "9 to 4", all);
        }
    }

    public static Trend Trend => new(
        Words("trend", "Three years: reading, writing and maths together", "Pupils who reached the expected standard in all three, %", "Each year the interval crosses England’s figure: in no year is the difference more than chance could make it."),
        Larkfield, "Expected standard in all three, % of pupils", "%",
        [
            new("2023/24", Compared.Of(Share(31, 56), England(61))), new("2024/25", Compared.Of(Share(36, 60), England(62))), new("2025/26", Compared.Of(Share(37, 58), England(63))),
        ]);

    /// <summary>With a year withheld and a year without a baseline.</summary>
    public static Trend BrokenTrend => new(
        Words("progress", "Four years: Progress 8", "Mean difference from the estimate, grades"), Larkfield with { School = "Harbour" }, "Progress 8", "",
        [
            new("2021/22", Compared.Of(Mean(-0.31, 1.2, 171, MeasureUnit.Progress), England(-0.02, MeasureUnit.Progress))), new("2022/23", Compared.Of(Withheld, England(-0.03, MeasureUnit.Progress))),
            new("2023/24", Compared.Of(Mean(0.24, 1.2, 178, MeasureUnit.Progress), England(-0.03, MeasureUnit.Progress))), new("2024/25", Compared.Of(Missing(NotApplicableReason.NoBaseline, 180), Missing(NotApplicableReason.NoBaseline, 180))),
        ]);

    public static Distribution Grades => new(
        Words("grades", "Grades against England", "Pupils with each grade, % of the 92 who took History", "Grades 1 and U are withheld: too few pupils. The average has one decimal place, so that they cannot be worked out from it."),
        Larkfield with { School = "Harbour" }, "Pupils with each grade", "Grade",
        [
            Bar("9", 7, 6), Bar("8", 11, 9), Bar("7", 14, 11), Bar("6", 15, 14), Bar("5", 12, 13), Bar("4", 11, 12), Bar("3", 9, 15), Bar("2", 7, 11),
            new("1", Compared.Of(Withheld, England(7)), 4), new("U", Compared.Of(Withheld, England(4)), 2),
        ]);

    private static DistributionBar Bar(string grade, int pupils, double england) => new(grade, Compared.Of(new Measure.Scalar(100.0 * pupils / 92, MeasureUnit.Percentage, new(92, 92)), England(england)), pupils);

    public static Scatter Pupils
    {
        get
        {
            var pupils = Enumerable.Range(1, 172).Select(Pupil).ToArray();
            var below = pupils.Where(p => p.Standing == Standing.FarBelow).OrderBy(p => p.Against).ToArray();
            below[2] = below[2] with { IsChosen = true, Detail = "Disadvantaged" };
            pupils[Array.FindIndex(pupils, p => p.Key == below[2].Key)] = below[2];
            return new(Words("scatter", "Where pupils started, and where they arrived", "Each mark is one pupil. Choose one in the list to find it.", "An estimate says what pupils with the same start reached in England. It is not a target, and it says nothing about why."),
                Larkfield with { School = "Harbour" }, "KS2", "Key stage 2, reading and maths, average scaled score, 2019", "Att. 8", "Attainment 8", pupils,
                [.. Enumerable.Range(0, 9).Select(i => 80 + (5.0 * i)).Select(s => new EstimatePoint(s, Estimate(s), Math.Max(0, Estimate(s) - 13), Math.Min(90, Estimate(s) + 13)))],
                [new("Far below", "#without", new Measure.Scalar(below.Length, MeasureUnit.Count, new(below.Length, below.Length))), new("Far above", "#above", null, IsOffer: true)],
                "Furthest below the estimate first", [.. below.Take(7)], $"All {below.Length} pupils far below", "#all");
        }
    }

    private static double Estimate(double start) => 14 + (72 / (1 + Math.Exp(-(start - 102) / 8)));

    // Evenly over 0 to 1 and the same in every run, as multiples of an irrational number lie.
    private static double Spread(int i, double step) => i * step % 1;

    private static ScatterPupil Pupil(int i)
    {
        string[] surnames = ["Whelan", "Sadiq", "Fenwick", "Marsh", "Oduya", "Carver", "Lindqvist", "O’Neill", "Zhao"];
        string[] forenames = ["Kieran", "Imran", "Poppy", "Jayden", "Precious", "Ellis", "Alva", "Siobhán"];
        var start = Math.Round(85 + (33 * ((Spread(i, 0.618034) + Spread(i, 0.754878)) / 2)), 1);
        var outcome = Math.Round(Math.Clamp(Estimate(start) + ((Spread(i, 0.569840) + Spread(i, 0.819173) + Spread(i, 0.220744) - 1.5) * 22), 1, 90), 1);
        var against = outcome - Estimate(start);
        var (surname, forename) = (surnames[i % surnames.Length], forenames[i / 3 % forenames.Length]);
        return new($"p{i}", $"{surname}, {forename}", $"{forename} {surname}", "#pupil", start, outcome, against, against > 13 ? Standing.FarAbove : against < -13 ? Standing.FarBelow : Standing.AsMost);
    }

    public static ReportFilters Filters => new("/schools/900001/reports/ks2",
        [new("Year: 2025/26", "#latest", Count(58)), new("SEN: EHC plan", "#all", Withheld)], "Year and pupil group",
        [
            new("year", "Year", [new("latest", "2025/26", IsChosen: true), new("2024", "2024/25"), new("span", "Three years together")]),
            new("group", "One pupil group", [new("", "All pupils", Count(58)), new("sex.girls", "Girls", Count(30), "Sex"), new("sex.boys", "Boys", Count(28), "Sex"), new("sen.ehc", "EHC plan", Withheld, "Special educational needs", IsChosen: true)]),
        ],
        [new("subject", "english & maths")], [new("CSV", "#csv"), new("XLSX", "#xlsx")], "The class of this bookmark is gone, so all pupils are shown.");

    public static ReportTabs Tabs => new("Key stage 2", [new("Overview", "#overview", IsCurrent: true), new("Attainment and progress", "#attainment"), new("Pupil groups", "#groups"), new("Context", "#context"), new("Governor summary", "#governors")]);

    public static Measure Count(int count) => new Measure.Scalar(count, MeasureUnit.Count, new(count, count));

    /// <summary>Every part once, for pictures and the browser's tests.</summary>
    public static IEnumerable<(string Name, object Model)> Everything =>
    [
        ("_ReportTabs", Tabs), ("_ReportFilters", Filters), ("_FigureTiles", Tiles), ("_Trend", Trend), ("_Trend", BrokenTrend), ("_GroupTable", Groups),
        ("_SubjectTable", Subjects), ("_Distribution", Grades), ("_Scatter", Pupils),
        .. Enum.GetValues<NothingReason>().Select(reason => ("_NothingToShow", (object)new NothingToShow(reason, "key stage 2 results", new("Show 2024/25", "#2024")))),
    ];
}
