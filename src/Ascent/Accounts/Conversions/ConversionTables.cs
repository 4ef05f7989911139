namespace Ascent.Accounts.Conversions;

/// <summary>What a conversion does with the rows of a table.</summary>
public enum OnConversion
{
    /// <summary>They stay with the school, and so are the successor's from now on. The successor may have none of its own.</summary>
    Goes,

    /// <summary>The same; what the successor has of its own stays behind with the old number.</summary>
    GoesOrStaysBehind,

    /// <summary>They belong to the number in the register: the rows of the two schools change places.</summary>
    ChangesPlaces,

    /// <summary>While either of the two has one there is no conversion.</summary>
    Forbids,

    /// <summary>They belong to an authority or trust and name schools: the two schools change places in them.</summary>
    OfBodies,
}

/// <param name="One">How a preview counts it, and <paramref name="Many"/>; null for what hangs on something that is counted.</param>
public sealed record ConversionTable(string Table, OnConversion Decision, string? One = null, string? Many = null);

/// <summary>
/// Every table whose rows belong to an organisation, and what becomes of them. A test holds the list to the model, so a table that is added later
/// has to be thought about here.
/// </summary>
public static class ConversionTables
{
    public const string People = "memberships";

    public static IReadOnlyList<ConversionTable> All { get; } =
    [
        new(People, OnConversion.GoesOrStaysBehind, "person with a place, pending and closed ones too", "people with a place, pending and closed ones too"),
        new("invitations", OnConversion.GoesOrStaysBehind, "sign-up link with its code", "sign-up links with their codes"),
        new("reset_codes", OnConversion.GoesOrStaysBehind, "reset code", "reset codes"),
        new("factor_resets", OnConversion.GoesOrStaysBehind, "leave to add a new second factor", "leaves to add a new second factor"),
        new("seats", OnConversion.GoesOrStaysBehind),
        new("holder_guards", OnConversion.GoesOrStaysBehind),
        new("single_holder_warnings", OnConversion.GoesOrStaysBehind),
        new("access_templates", OnConversion.Goes, "access template", "access templates"),
        new("access_reviews", OnConversion.GoesOrStaysBehind, "access review", "access reviews"),
        new("access_review_items", OnConversion.GoesOrStaysBehind),
        new("access_review_settings", OnConversion.GoesOrStaysBehind),
        new("pupils", OnConversion.Goes, "pupil, leavers and deleted ones too", "pupils, leavers and deleted ones too"),
        new("former_upns", OnConversion.Goes),
        new("pupil_changes", OnConversion.Goes, "change in the histories of pupils", "changes in the histories of pupils"),
        new("results", OnConversion.Goes, "result", "results"),
        new("attendance_totals", OnConversion.Goes, "year of attendance", "years of attendance"),
        new("former_schools", OnConversion.Goes, "former school of a pupil", "former schools of pupils"),
        new("classes", OnConversion.Goes, "class", "classes"),
        new("class_pupils", OnConversion.Goes),
        new("class_teachers", OnConversion.Goes),
        new("offered_subjects", OnConversion.Goes, "offered subject", "offered subjects"),
        new("subject_enrolments", OnConversion.Goes, "assigned subject", "assigned subjects"),
        new("imports", OnConversion.Goes, "import, waiting ones too", "imports, waiting ones too"),
        new("import_chunks", OnConversion.Goes),
        new("import_rows", OnConversion.Goes),
        new("import_headings", OnConversion.Goes),
        new("school_rolls", OnConversion.GoesOrStaysBehind),
        new("report_cohorts", OnConversion.GoesOrStaysBehind, "cohort of the reports", "cohorts of the reports"),
        new("report_sums", OnConversion.GoesOrStaysBehind),
        new("report_builds", OnConversion.GoesOrStaysBehind),
        new("reports_due", OnConversion.GoesOrStaysBehind),
        new("report_what_ifs", OnConversion.Goes, "What-if view", "What-if views"),
        new("report_what_if_pupils", OnConversion.Goes),
        new("journeys", OnConversion.GoesOrStaysBehind),
        new("outbox_mails", OnConversion.GoesOrStaysBehind),
        new("audit_entries", OnConversion.GoesOrStaysBehind),
        new("audit_details", OnConversion.GoesOrStaysBehind),
        new("audit_chains", OnConversion.GoesOrStaysBehind),
        new("reach_links", OnConversion.ChangesPlaces),
        new("reach_proposals", OnConversion.ChangesPlaces),
        new("school_locks", OnConversion.Forbids),
        new("membership_schools", OnConversion.OfBodies),
    ];
}
