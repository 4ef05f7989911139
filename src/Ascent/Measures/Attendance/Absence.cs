namespace Ascent.Measures.Attendance;

/// <summary>The sessions (half days) of one pupil in a period.</summary>
public readonly record struct PupilSessions(int Possible, int Authorised, int Unauthorised)
{
    public int Absent => Authorised + Unauthorised;

    /// <summary>Some were possible, and no more were missed than that. Anything else says nothing of the pupil, and does not count.</summary>
    public bool AreSound => Possible > 0 && Authorised >= 0 && Unauthorised >= 0 && Absent <= Possible;
}

/// <summary>Absence from school. Source: DfE, pupil absence statistics, by the local authority interactive tool's dictionary and FFT.</summary>
public static class Absence
{
    /// <summary>
    /// Persistent absence: percent of pupils who missed 10% or more of their own possible sessions, authorised or not. Of all pupils with
    /// possible sessions.
    /// </summary>
    public static Indicator<PupilSessions> Persistent { get; } = new("absence-persistent", MeasureUnit.Percentage, static (in p) => Missed(p, 10));

    /// <summary>Severe absence: the same with 50% or more. Who is severely absent is persistently absent too.</summary>
    public static Indicator<PupilSessions> Severe { get; } = new("absence-severe", MeasureUnit.Percentage, static (in p) => Missed(p, 50));

    /// <summary>
    /// Overall absence: sessions missed, authorised or not, of those possible; percent of sessions with one decimal. A sum over a sum: a pupil
    /// who came in May counts for the sessions since. <see cref="Rate"/> makes the figure of the tally.
    /// </summary>
    public static RatioTally Overall(ReadOnlySpan<PupilSessions> pupils) => Sum(pupils, authorised: true, unauthorised: true);

    /// <summary>Sessions missed with leave, of those possible.</summary>
    public static RatioTally AuthorisedOnly(ReadOnlySpan<PupilSessions> pupils) => Sum(pupils, authorised: true, unauthorised: false);

    /// <summary>Sessions missed without leave, of those possible.</summary>
    public static RatioTally UnauthorisedOnly(ReadOnlySpan<PupilSessions> pupils) => Sum(pupils, authorised: false, unauthorised: true);

    /// <summary>The rate of tallied sessions. NotApplicable when no session was possible.</summary>
    public static Measure Rate(RatioTally sessions) => sessions.Ratio(MeasureUnit.Rate, 100);

    // Whole numbers on both sides: 19 of 190 is exactly a tenth.
    private static Outcome Missed(PupilSessions pupil, int percent) =>
        pupil.AreSound ? Outcome.Met(100L * pupil.Absent >= (long)percent * pupil.Possible) : Outcome.Missing;

    private static RatioTally Sum(ReadOnlySpan<PupilSessions> pupils, bool authorised, bool unauthorised)
    {
        var matched = 0;
        long missed = 0, possible = 0;
        foreach (ref readonly var pupil in pupils)
            if (pupil.AreSound)
            {
                matched++;
                possible += pupil.Possible;
                missed += (authorised ? pupil.Authorised : 0) + (unauthorised ? pupil.Unauthorised : 0);
            }
        return new(pupils.Length, matched, missed, possible);
    }
}
