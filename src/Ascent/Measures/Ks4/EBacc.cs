namespace Ascent.Measures.Ks4;

/// <summary>
/// The English Baccalaureate of one pupil: five pillars, of which science counts for two places. Each pillar has the points that count, or was not
/// entered, which gives nought.
/// </summary>
/// <param name="Pillars">The ones that were entered.</param>
/// <param name="Strong">Those with a grade 5 or better.</param>
/// <param name="Standard">Those with a grade 4 or better.</param>
public readonly record struct EBacc(float English, float Maths, float Science, float Humanities, float Language, EBaccPillars Pillars, EBaccPillars Strong, EBaccPillars Standard)
{
    private const int Places = 6;

    public bool IsEntered => Pillars == EBaccPillars.All;

    /// <summary>
    /// (English + maths + 2 × science + humanities + language) ÷ 6, 0 to 9: the best two science grades have a place each. Source: DfE, as quoted by the LGA's
    /// definitions of metrics (standards.esd.org.uk, 10751).
    /// </summary>
    public double AveragePoints => ((double)English + Maths + (2 * Science) + Humanities + Language) / Places;

    /// <summary>
    /// English: language and literature both taken, the better counts. Maths. Science: combined science with the mean of its grades, or three of
    /// biology, chemistry, physics and computer science with the mean of the best two; for a threshold both of them have to reach it. Humanities:
    /// the better of history and geography. Language: the best. Who took both kinds of science gets the better. Source: DfE, EBacc guidance, as quoted by schools and the LGA.
    /// </summary>
    public static EBacc Of(ReadOnlySpan<Ks4Entry> entries)
    {
        var found = new Found();
        foreach (var entry in entries)
            found.Add(entry);
        return found.ToEBacc();
    }

    private struct Found()
    {
        private const float Strongly = 5;
        private const float Standardly = 4;

        // Minus one: not taken.
        private float language = -1, literature = -1, maths = -1, combined = -1, humanities = -1, foreign = -1, first = -1, second = -1;
        private int singles;

        public void Add(Ks4Entry entry)
        {
            var points = entry.Points;
            switch (entry.Subject)
            {
                case Ks4Subject.EnglishLanguage: language = Math.Max(language, points); break;
                case Ks4Subject.EnglishLiterature: literature = Math.Max(literature, points); break;
                case Ks4Subject.Maths: maths = Math.Max(maths, points); break;
                case Ks4Subject.CombinedScience: combined = Math.Max(combined, points); break;
                case Ks4Subject.History or Ks4Subject.Geography: humanities = Math.Max(humanities, points); break;
                case Ks4Subject.Language: foreign = Math.Max(foreign, points); break;
                case Ks4Subject.Biology or Ks4Subject.Chemistry or Ks4Subject.Physics or Ks4Subject.ComputerScience:
                    singles++;
                    (first, second) = points > first ? (points, first) : (first, Math.Max(second, points));
                    break;
                default: break;
            }
        }

        public readonly EBacc ToEBacc()
        {
            var english = language >= 0 && literature >= 0 ? Math.Max(language, literature) : -1;
            var single = singles >= 3 ? (first + second) / 2 : -1;
            var science = Math.Max(combined, single);
            // The lower of the two places in science.
            var scienceLeast = Math.Max(combined, singles >= 3 ? second : -1);
            return new(
                Math.Max(0, english), Math.Max(0, maths), Math.Max(0, science), Math.Max(0, humanities), Math.Max(0, foreign),
                At(0, english, science), At(Strongly, english, scienceLeast), At(Standardly, english, scienceLeast));
        }

        private readonly EBaccPillars At(float least, float english, float science) =>
            (english >= least ? EBaccPillars.English : 0) | (maths >= least ? EBaccPillars.Maths : 0) | (science >= least ? EBaccPillars.Science : 0)
            | (humanities >= least ? EBaccPillars.Humanities : 0) | (foreign >= least ? EBaccPillars.Language : 0);
    }
}

[Flags]
public enum EBaccPillars : byte
{
    None = 0,
    English = 1,
    Maths = 2,
    Science = 4,
    Humanities = 8,
    Language = 16,
    All = 31,
}
