namespace Ascent.Measures.Ks4;

/// <summary>A pupil at the end of KS4, worked out once from the entries; every measure reads from here. The default is one without results.</summary>
public readonly record struct Ks4Pupil
{
    private Ks4Pupil(Attainment8 attainment8, EBacc ebacc, float english, float maths, PriorAttainment prior) =>
        (Attainment8, EBacc, English, Maths, Prior, HasResults) = (attainment8, ebacc, english, maths, prior, true);

    /// <summary>False while no results are stored: the pupil is in n and not matched. One who took nothing has results, and scores nought.</summary>
    public bool HasResults { get; }

    public Attainment8 Attainment8 { get; }

    public EBacc EBacc { get; }

    /// <summary>The better of language and literature, also where only one was taken; nought without.</summary>
    public float English { get; }

    public float Maths { get; }

    /// <summary>Mean of KS2 reading and maths.</summary>
    public PriorAttainment Prior { get; private init; }

    /// <param name="entries">Those that count in the performance tables, in any order.</param>
    /// <param name="prior">None also for a pupil who is not included in Progress 8.</param>
    public static Ks4Pupil Of(ReadOnlySpan<Ks4Entry> entries, PriorAttainment prior)
    {
        float english = 0, maths = 0;
        foreach (var entry in entries)
            if (entry.Subject is Ks4Subject.EnglishLanguage or Ks4Subject.EnglishLiterature)
                english = Math.Max(english, entry.Points);
            else if (entry.Subject == Ks4Subject.Maths)
                maths = Math.Max(maths, entry.Points);
        return new(Attainment8.Of(entries), EBacc.Of(entries), english, maths, prior);
    }

    public static Ks4Pupil WithoutResults(PriorAttainment prior) => new() { Prior = prior };
}
