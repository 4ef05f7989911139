namespace Ascent.Measures.Ks4;

/// <summary>
/// Attainment 8 of one pupil: points of up to eight qualifications in four elements, English and maths doubled. The score is their sum, divided by
/// nothing; an empty slot gives nought. 0 to 90 with GCSEs (English 18, maths 18, EBacc 27, open 27).
/// </summary>
/// <param name="EBaccSlots">How many of the three EBacc slots are filled.</param>
/// <param name="OpenSlots">How many of the three open slots.</param>
public readonly record struct Attainment8(float English, float Maths, float EBacc, float Open, byte EBaccSlots, byte OpenSlots)
{
    private const int Slots = 3;

    public double Total => (double)English + Maths + EBacc + Open;

    /// <summary>
    /// English: the better of language and literature, doubled only if both were taken. Maths: doubled. EBacc: the best three of sciences,
    /// computer science, geography, history and languages; combined science fills two slots. Open: the best three of what is left, with the
    /// lower English where both were taken. Of two entries in language, literature or maths the better counts. Nothing counts twice.
    /// Source: DfE, secondary accountability measures; four examples re-computed.
    /// </summary>
    /// <param name="entries">In any order; none gives a score of nought.</param>
    public static Attainment8 Of(ReadOnlySpan<Ks4Entry> entries)
    {
        float language = -1, literature = -1, maths = 0;
        // What does not fit the EBacc slots can still take an open one: six of the best are enough.
        var ebacc = new Best(stackalloc float[2 * Slots]);
        var open = new Best(stackalloc float[Slots]);
        foreach (var entry in entries)
            switch (entry.Subject)
            {
                case Ks4Subject.EnglishLanguage: language = Math.Max(language, entry.Points); break;
                case Ks4Subject.EnglishLiterature: literature = Math.Max(literature, entry.Points); break;
                case Ks4Subject.Maths: maths = Math.Max(maths, entry.Points); break;
                case Ks4Subject.Other: open.Add(entry.Points); break;
                case Ks4Subject.CombinedScience: ebacc.Add(entry.Points); ebacc.Add(entry.Points); break;
                default: ebacc.Add(entry.Points); break;
            }
        var both = language >= 0 && literature >= 0;
        if (both)
            open.Add(Math.Min(language, literature));
        foreach (var points in ebacc.From(Slots))
            open.Add(points);
        var english = Math.Max(0, Math.Max(language, literature)) * (both ? 2 : 1);
        return new(english, 2 * maths, ebacc.Sum(Slots), open.Sum(Slots), ebacc.Filled(Slots), open.Filled(Slots));
    }

    /// <summary>The best points so far, falling, in a place as long as is needed.</summary>
    private ref struct Best(Span<float> places)
    {
        private readonly Span<float> places = places;
        private int count;

        public void Add(float points)
        {
            if (count == places.Length && points <= places[^1])
                return;
            var at = count < places.Length ? count++ : count - 1;
            for (; at > 0 && places[at - 1] < points; at--)
                places[at] = places[at - 1];
            places[at] = points;
        }

        public readonly ReadOnlySpan<float> From(int place) => count > place ? places[place..count] : [];

        public readonly float Sum(int most)
        {
            float sum = 0;
            foreach (var points in places[..Filled(most)])
                sum += points;
            return sum;
        }

        public readonly byte Filled(int most) => (byte)Math.Min(count, most);
    }
}
