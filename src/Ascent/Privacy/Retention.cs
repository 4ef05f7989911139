using Ascent.Accounts;
using Ascent.Audit;
using Ascent.SchoolData.Pupils;
using Ascent.Shared.Journeys;
using Ascent.SignIn;
using Ascent.SignIn.Factors;

namespace Ascent.Privacy;

/// <summary>How long something is kept.</summary>
/// <param name="HowLong">In words; what deletes it is <see cref="RemoveOldRows"/> unless the words say otherwise.</param>
/// <param name="Tables">Where it lies in the database; empty for a file.</param>
public sealed record Kept(string What, string HowLong, params string[] Tables);

/// <summary>
/// What is kept, and how long: the one list. docs/operating.md has it as a table, and a test holds both to it and every table of the
/// database to this list.
/// </summary>
public static class Retention
{
    public static readonly TimeSpan Sessions = TimeSpan.FromDays(90);
    public static readonly TimeSpan Devices = TimeSpan.FromDays(365);
    public static readonly TimeSpan Mails = TimeSpan.FromDays(90);
    public static readonly TimeSpan SeenNotices = TimeSpan.FromDays(90);
    public static readonly TimeSpan Nights = TimeSpan.FromDays(90);
    public static readonly TimeSpan ThrottleCounts = TimeSpan.FromDays(1);
    public static readonly TimeSpan Uploads = TimeSpan.FromDays(90);
    public static readonly TimeSpan DeletedPupils = DeletePupils.Kept;
    public static readonly TimeSpan Leavers = TimeSpan.FromDays(30);

    public static IReadOnlyList<Kept> All { get; } =
    [
        new("Answers on the way through pages, and lists of people that were uploaded or pasted", $"{Journey.Life.TotalHours} hours; of a list that was confirmed and is not done yet, until it is", "journeys"),
        new("Sessions, open and ended", $"{Sessions.Days} days after they were last used", "sessions"),
        new("Browsers that have signed in before", $"{Devices.Days} days; the next sign-in makes one known again", "known_devices"),
        new("Wrong tries under the hash of a name or network", $"{ThrottleCounts.TotalHours} hours after the last", "throttle_counts"),
        new("Mailed links for a new password or a new address", $"until they are used, replaced or run out ({PasswordReset.Life.TotalMinutes} minutes, {EmailChange.Life.TotalHours} hours)", "password_resets", "email_changes"),
        new("Mails", $"{Mails.Days} days after they were sent or given up; the mail of an invitation as long as the invitation", "outbox_mails"),
        new("Invitations with link and code", "until the person has signed up, or an administrator takes them back", "invitations", "operator_invitations"),
        new("Reset codes, and leave to add a new second factor", "until they are given, or the membership closes", "reset_codes", "factor_resets"),
        new("Questions put to passkeys", $"{PasskeyChallenge.Life.TotalMinutes} minutes, or until they are answered", "passkey_challenges"),
        new("Second factors and the hashes of recovery codes", "until the person removes or replaces them, or is erased", "factors", "recovery_codes", "factor_trusts"),
        new("Accounts", $"while there is a place in any organisation; {Leavers.Days} days after the last was deleted the person is erased, and an account without a name stays", "accounts", "operators"),
        new("Memberships", $"those that were deleted stay without rights; their name is kept for the search of the log, until the person is erased or {DetailsRetired.Years} years have passed", "memberships", "seats", "holder_guards"),
        new("Which bodies reach a school, and did; what a body asks a school to agree to; schools chosen for a body’s memberships", "as long as the school; what was asked, until it is answered; what was chosen, as long as the membership", "reach_links", "reach_proposals", "membership_schools"),
        new("That a school is locked, and why", "until it is unlocked", "school_locks"),
        new("Access templates; access reviews and who confirmed whom", "as long as the school; a template until it is deleted, the person in a review until they are erased", "access_templates", "access_reviews", "access_review_items", "access_review_settings"),
        new("Results, attendance and former schools of pupils, and what an import replaced", "as long as the pupil", "results", "attendance_totals", "former_schools"),
        new("Classes, who is in them and who teaches them; subjects that are offered, and who takes them", "as long as the school; of a pupil, as long as the pupil; a class until it is deleted", "classes", "class_pupils", "class_teachers", "offered_subjects", "subject_enrolments"),
        new("Pupils, the numbers that they had before, and the history of their records", $"as long as the school; those who are deleted can be brought back for {DeletedPupils.Days} days, then they go for good, with everything that imports keep of them", "pupils", "former_upns", "pupil_changes"),
        new("Files of pupils and of results as they were uploaded, the rows read from them, and what was there before", $"{Uploads.Days} days after they came, or until a pupil in them is erased or gone; the import cannot be undone then", "import_chunks", "import_rows"),
        new("Which imports there were and what the columns of files mean", "as long as the school", "imports", "import_headings", "school_rolls"),
        new("What reports are worked out from: pupils without names, their groups and results in numbers, and the sums of them", "until a record or the national figures change, then built anew within minutes; without a pupil who was deleted or erased", "report_cohorts", "report_sums", "report_builds", "reports_due"),
        new("What-if views of reports: the name, the year, and which pupils are left out", "until whoever made them deletes them, their place in the school is deleted, or the person is erased; of a pupil, as long as the pupil", "report_what_ifs", "report_what_if_pupils"),
        new("Names and texts beside the log", $"{DetailsRetired.Years} years, or until the person is erased", "audit_details"),
        new("Entries of the log, which name nobody", "for good", "audit_entries", "audit_chains"),
        new("Notices to operators", $"{SeenNotices.Days} days after they were put away", "operator_notices"),
        new("What the nights have done, and which school was warned", $"{Nights.Days} days; the last warning of a school as long as the school", "nightly_runs", "single_holder_warnings"),
        new("Which school became which", "as long as the server", "conversions"),
        new("Schools, authorities, trusts; national figures; keys and facts of the server", "as long as the server", "organisations", "national_datasets", "key_ring", "server_facts"),
        new("The list of erasures and the files of heads in the data folder", "the list for good: ids only; old files of heads may be deleted by hand"),
    ];
}
