using Ascent.Measures;

namespace Ascent.Reference.National.Files;

/// <summary>Which of our measures a published figure is, of which pupils.</summary>
/// <param name="Value">Of the group; null for all pupils.</param>
internal sealed record NationalMeasure(string Code, PupilGroup? Group, string? Value, NationalPhase Phase)
{
    public string? GroupCode => Group?.Code();

    /// <summary>Progress may be negative; all else is a share or a mean of points.</summary>
    public double Least => Code.Contains("progress", StringComparison.Ordinal) ? -50 : 0;

    /// <summary>No scaled score lies above 120, no share above 100.</summary>
    public double Most => Code.EndsWith("-score", StringComparison.Ordinal) ? 120 : 100;
}

/// <summary>
/// What the local authority interactive tool calls its measures. Left out are those of children looked after (that counts who was so for a whole
/// year, we who is now), free school meals (no group here), and what no report shows.
/// </summary>
internal static class NationalMeasures
{
    private static readonly (string Code, NationalPhase Phase, string[] Names)[] Whole =
    [
        ("eyfs-gld", NationalPhase.All, ["FSP_NEW_GOODDEV"]),
        ("eyfs-all-goals", NationalPhase.All, ["FSP_NEW_ALL-ELGS"]),
        ("eyfs-average-goals", NationalPhase.All, ["FSPAVEPreChild"]),
        ("phonics-met", NationalPhase.All, ["KS1P_all"]),
        ("ks1-reading", NationalPhase.All, ["KS1R_Expected_STD"]),
        ("ks1-reading-higher", NationalPhase.All, ["KS1R_Greater_Depth"]),
        ("ks1-writing", NationalPhase.All, ["KS1W_Expected _STD", "KS1W_Expected_STD"]),
        ("ks1-writing-higher", NationalPhase.All, ["KS1W_Greater_Depth"]),
        ("ks1-maths", NationalPhase.All, ["KS1M_Expected _STD", "KS1M_Expected_STD"]),
        ("ks1-maths-higher", NationalPhase.All, ["KS1M_Greater_Depth"]),
        ("ks1-science", NationalPhase.All, ["KS1S_Expected_STD"]),
        ("mtc-full", NationalPhase.All, ["Multiplication_Total"]),
        ("mtc-mark", NationalPhase.All, ["Multiplication_Total_APS"]),
        ("ks2-reading", NationalPhase.All, ["KS2R_Expected_STD"]),
        ("ks2-reading-higher", NationalPhase.All, ["KS2R_Higher_STD"]),
        ("ks2-reading-score", NationalPhase.All, ["KS2R_AVG_Scaled_Score"]),
        ("ks2-writing", NationalPhase.All, ["KS2W_Teacher_Assess"]),
        ("ks2-writing-higher", NationalPhase.All, ["KS2GDW_Teacher_Assess"]),
        ("ks2-maths", NationalPhase.All, ["KS2M_Expected_STD"]),
        ("ks2-maths-higher", NationalPhase.All, ["KS2M_Higher_STD"]),
        ("ks2-maths-score", NationalPhase.All, ["KS2M_AVG_Scaled_Score"]),
        ("ks2-gps", NationalPhase.All, ["KS2GPS_Expected_STD"]),
        ("ks2-gps-higher", NationalPhase.All, ["KS2GPS_Higher_STD"]),
        ("ks2-gps-score", NationalPhase.All, ["KS2GPS_AVG_Scaled_Score"]),
        ("ks2-science", NationalPhase.All, ["KS2Sci_Teacher_Assess"]),
        ("ks2-rwm", NationalPhase.All, ["KS2RWM_Expected_STD"]),
        ("ks2-rwm-higher", NationalPhase.All, ["KS2RWM_Higher_STD"]),
        (MeasureCodes.Ks2ProgressReading, NationalPhase.All, ["KS2R_Prog_VA"]),
        (MeasureCodes.Ks2ProgressWriting, NationalPhase.All, ["KS2W_Prog_VA"]),
        (MeasureCodes.Ks2ProgressMaths, NationalPhase.All, ["KS2M_Prog_VA"]),
        ("ks4-attainment8", NationalPhase.All, ["AVG_Attain8_Score"]),
        (MeasureCodes.Progress8, NationalPhase.All, ["AVG_Prog8_Score"]),
        ("ks4-english-maths-95", NationalPhase.All, ["EngMaths9-5"]),
        ("ks4-english-maths-94", NationalPhase.All, ["EngMaths9-4"]),
        ("ks4-ebacc-entered", NationalPhase.All, ["EngBacEntries"]),
        ("ks4-ebacc-aps", NationalPhase.All, ["EngBacAvgPointScore"]),
        ("ks4-ebacc-95", NationalPhase.All, ["EngBac9-5"]),
        ("ks4-ebacc-94", NationalPhase.All, ["EngBac9-4"]),
        ("ks5-best-three", NationalPhase.All, ["APSE_Best_3ALevels"]),
        (MeasureCodes.AbsenceOverall, NationalPhase.All, ["TotAbs"]),
        (MeasureCodes.AbsenceOverall, NationalPhase.Primary, ["PriTotAbs"]),
        (MeasureCodes.AbsenceOverall, NationalPhase.Secondary, ["SecTotAbs"]),
        (MeasureCodes.AbsenceOverall, NationalPhase.Special, ["total_absence_special"]),
        (MeasureCodes.AbsenceAuthorised, NationalPhase.All, ["TotAuthAbs"]),
        (MeasureCodes.AbsenceAuthorised, NationalPhase.Primary, ["PriAuth"]),
        (MeasureCodes.AbsenceAuthorised, NationalPhase.Secondary, ["SecAuth"]),
        (MeasureCodes.AbsenceAuthorised, NationalPhase.Special, ["authorised_absence_special"]),
        (MeasureCodes.AbsenceUnauthorised, NationalPhase.All, ["TotUnAuthAbs"]),
        (MeasureCodes.AbsenceUnauthorised, NationalPhase.Primary, ["PriUnauth"]),
        (MeasureCodes.AbsenceUnauthorised, NationalPhase.Secondary, ["SecUnauth"]),
        (MeasureCodes.AbsenceUnauthorised, NationalPhase.Special, ["unauthorised_absence_special"]),
        ("absence-persistent", NationalPhase.All, ["TotPerAbNew"]),
        ("absence-persistent", NationalPhase.Primary, ["SFPriPerAbNew"]),
        ("absence-persistent", NationalPhase.Secondary, ["SFSecPerAbNew"]),
        ("absence-persistent", NationalPhase.Special, ["SpecPerAbNew"]),
        ("absence-severe", NationalPhase.All, ["TotSevPerAbNew"]),
        ("absence-severe", NationalPhase.Primary, ["SFPriSevPerAbNew"]),
        ("absence-severe", NationalPhase.Secondary, ["SFSecSevPerAbNew"]),
        ("absence-severe", NationalPhase.Special, ["SpecSevPerAbNew"]),
    ];

    private static readonly (string Code, PupilGroup Group, (string Value, string Name)[] Values)[] Groups =
    [
        ("eyfs-gld", PupilGroup.Ethnicity,
            [("asian", "FSP_Gooddev_Asian"), ("black", "FSP_Gooddev_Black"), ("chinese", "FSP_Gooddev_Chinese"), ("mixed", "FSP_Gooddev_Mixed"), ("white", "FSP_Gooddev_White"), ("other", "FSP_Gooddev_Other")]),
        ("phonics-met", PupilGroup.Sen, [("ehc", "KS1P_EHCP"), ("support", "KS1P_SEND"), ("none", "KS1P_NonSEND")]),
        ("mtc-full", PupilGroup.Sen, [("ehc", "Multiplication_EHCP"), ("support", "Multiplication_SENDSupport")]),
        ("ks2-rwm", PupilGroup.Disadvantaged, [("yes", "DAP_NEW_KS2_RWM"), ("no", "NonDAP_NEW_KS2_RWM")]),
        ("ks2-rwm", PupilGroup.Ethnicity,
            [("asian", "KS2_NEW_Asian_RWM"), ("black", "KS2_NEW_Black_RWM"), ("chinese", "KS2_NEW_Chine_RWM"), ("mixed", "KS2_NEW_Mixed_RWM"), ("white", "KS2_NEW_White_RWM"), ("other", "KS2_NEW_Other_RWM")]),
        ("ks2-rwm", PupilGroup.Sen, [("ehc", "NEW_KS2_RWM_Sen_Withsta"), ("support", "NEW_KS2_RWM_Sen_W/Osta"), ("none", "NoID_SEN_NEW_KS2_RWM")]),
        (MeasureCodes.Ks2ProgressReading, PupilGroup.Disadvantaged, [("yes", "KS2_DAP_Reading_Progress"), ("no", "KS2_NonDAP_Reading_Progress")]),
        (MeasureCodes.Ks2ProgressWriting, PupilGroup.Disadvantaged, [("yes", "KS2_DAP_Writing_Progress"), ("no", "KS2_NonDAP_Writing_Progress")]),
        (MeasureCodes.Ks2ProgressMaths, PupilGroup.Disadvantaged, [("yes", "KS2_DAP_Maths_Progress"), ("no", "KS2_NonDAP_Maths_Progress")]),
        (MeasureCodes.Ks2ProgressReading, PupilGroup.Sen, [("ehc", "KS2_SEN_Reading_Progress"), ("support", "KS2_SENSupport_Reading_Progress"), ("none", "KS2_NonSEN_Reading_Progress")]),
        (MeasureCodes.Ks2ProgressWriting, PupilGroup.Sen, [("ehc", "KS2_SEN_Writing_Progress"), ("support", "KS2_SENSupport_Writing_Progress"), ("none", "KS2_NonSEN_Writing_Progress")]),
        (MeasureCodes.Ks2ProgressMaths, PupilGroup.Sen, [("ehc", "KS2_SEN_Maths_Progress"), ("support", "KS2_SENSupport_Maths_Progress"), ("none", "KS2_NonSEN_Maths_Progress")]),
        ("ks4-attainment8", PupilGroup.Disadvantaged, [("yes", "DAP_KS4_ATT8"), ("no", "NonDAP_KS4_ATT8")]),
        ("ks4-attainment8", PupilGroup.Sen, [("ehc", "SEN_Stat_AVG_Attain8_Score"), ("support", "SEN_WoStat_AVG_Attain8_Score"), ("none", "SEN_NoID_AVG_Attain8_Score")]),
        ("ks4-attainment8", PupilGroup.Ethnicity,
            [("asian", "AVG_Attain8_Score_Asian"), ("black", "AVG_Attain8_Score_Black"), ("chinese", "AVG_Attain8_Score_Chine"), ("mixed", "AVG_Attain8_Score_Mixed"), ("white", "AVG_Attain8_Score_White")]),
        (MeasureCodes.Progress8, PupilGroup.Disadvantaged, [("yes", "DAP_KS4_Prog8"), ("no", "NonDAP_KS4_Prog8")]),
        (MeasureCodes.Progress8, PupilGroup.Sen, [("ehc", "SEN_Stat_AVG_Prog8_Score"), ("support", "SEN_WoStat_AVG_Prog8_Score"), ("none", "SEN_NoID_AVG_Prog8_Score")]),
        (MeasureCodes.Progress8, PupilGroup.Ethnicity,
            [("asian", "AVG_Prog8_Score_Asian"), ("black", "AVG_Prog8_Score_Black"), ("chinese", "AVG_Prog8_Score_Chine"), ("mixed", "AVG_Prog8_Score_Mixed"), ("white", "AVG_Prog8_Score_White")]),
        ("ks4-ebacc-aps", PupilGroup.Sen, [("ehc", "EngBacAvgPointScoreSEN"), ("support", "EngBacAvgPointScoreSENSupport"), ("none", "EngBacAvgPointScoreNonSEN")]),
        ("ks4-ebacc-entered", PupilGroup.Sen, [("ehc", "EngBacEntriesSEN"), ("support", "EngBacEntriesSENSupport"), ("none", "EngBacEntriesNonSEN")]),
    ];

    private static readonly Dictionary<string, NationalMeasure> ByName = Table();

    /// <summary>All of them, for the test that holds them to the measures and groups.</summary>
    public static IReadOnlyCollection<NationalMeasure> All => ByName.Values;

    /// <returns>Null for a measure that no report shows.</returns>
    public static NationalMeasure? Find(string name) => ByName.GetValueOrDefault(name);

    private static Dictionary<string, NationalMeasure> Table()
    {
        var table = new Dictionary<string, NationalMeasure>(StringComparer.Ordinal);
        foreach (var (code, phase, names) in Whole)
            foreach (var name in names)
                table.Add(name, new(code, null, null, phase));
        foreach (var (code, group, values) in Groups)
            foreach (var (value, name) in values)
                table.Add(name, new(code, group, value, NationalPhase.All));
        return table;
    }
}
