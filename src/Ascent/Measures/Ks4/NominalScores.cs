namespace Ascent.Measures.Ks4;

/// <summary>
/// What stands for a KS2 scaled score in the baseline of Progress 8 where a pupil has none. Source: DfE, KS4 ready reckoner (0df3197).
/// </summary>
public static class NominalScores
{
    /// <param name="examYear">The calendar year of the KS2 tests.</param>
    /// <param name="outcome">N in any year; BLW, PKF, PKE and PKG in 2016 and 2017.</param>
    /// <returns>False when nothing stands for the outcome: a pupil who was absent has no baseline.</returns>
    public static bool TryFind(int examYear, string outcome, out int score)
    {
        score = (outcome, examYear) switch
        {
            ("N", _) => 79,
            ("BLW", 2016) => 70,
            ("BLW", 2017) => 71,
            ("PKF", 2016 or 2017) => 73,
            ("PKE", 2016 or 2017) => 76,
            ("PKG", 2016 or 2017) => 79,
            _ => 0,
        };
        return score > 0;
    }
}
