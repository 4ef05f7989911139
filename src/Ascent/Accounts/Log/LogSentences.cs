using Ascent.Accounts.Above;
using Ascent.Accounts.Conversions;
using Ascent.Accounts.Factors;
using Ascent.Accounts.Many;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Operators;
using Ascent.Accounts.Reviews;
using Ascent.Accounts.Templates;
using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Accounts.Log;

/// <summary>
/// How what happens to people and their access reads in the log. Other modules have their own list beside their own use cases; the log knows
/// them through <see cref="LogBook"/>.
/// </summary>
internal static class LogSentences
{
    public static IReadOnlyList<LogSentence> All { get; } =
    [
        new LogSentence<UserCreated>("user-created", LogGroup.People, (_, m) => $"{m.One} created", (e, m) => Given(e.JobRole, e.Permissions, e.EndsOn, m)),
        new LogSentence<UserCreatedAgain>("user-created-again", LogGroup.People, (_, m) => $"{m.One} created again, in the place of an invitation that was withdrawn", (e, m) => Given(e.JobRole, e.Permissions, e.EndsOn, m)),
        new LogSentence<UsersCreated>("users-created", LogGroup.People, (e, m) => $"{m.All(e.Users.Count)} created from a list"),
        new LogSentence<StaffListConfirmed>("staff-list-confirmed", LogGroup.People, (e, _) => $"A list taken as the whole staff: {Counts(e)}"),
        new LogSentence<UsersNotCreated>("users-not-created", LogGroup.People, (e, m) => $"{m.All(e.MembershipIds.Count)} of a list not created after all"),
        new LogSentence<AdministratorAdded>("administrator-added", LogGroup.People, (_, m) => $"{m.One} added as an administrator",
            (e, m) => [Access(e.Permissions, m), .. e.CodeTold ? Note("The activation code was told at the command line: nobody here could show it") : []]),
        new LogSentence<MembershipActivated>("membership-activated", LogGroup.People, (_, m) => $"{m.One} signed up"),
        new LogSentence<PendingUserDeleted>("pending-user-deleted", LogGroup.People, (_, m) => $"Invitation of {m.One} taken back"),
        new LogSentence<PendingUsersDeleted>("pending-users-deleted", LogGroup.People, (e, m) => $"Invitations of {m.All(e.MembershipIds.Count)} taken back"),
        new LogSentence<UserDeleted>("user-deleted", LogGroup.People, (_, m) => $"{m.One} deleted"),
        new LogSentence<PersonErased>(PersonErased.EventKind, LogGroup.People, (_, _) => "The details of a person were erased", (e, _) => [new("Receipt", null, e.Receipt)]),

        new LogSentence<AccessChanged>("access-changed", LogGroup.Access, (_, m) => $"Access of {m.One} changed", Changed),
        new LogSentence<UserDeactivated>("user-deactivated", LogGroup.Access, (_, m) => $"{m.One} deactivated"),
        new LogSentence<UsersDeactivated>("users-deactivated", LogGroup.Access, (e, m) => $"{m.All(e.MembershipIds.Count)} deactivated"),
        new LogSentence<UserReactivated>("user-reactivated", LogGroup.Access, (_, m) => $"{m.One} reactivated, with a new link and a new code", (e, _) => End(e.EndsOn)),
        new LogSentence<SignUpReset>("sign-up-reset", LogGroup.Access, (_, m) => $"{m.OnesOwn} sign-up reset: a new link and a new code"),
        new LogSentence<UserSessionsEnded>("user-sessions-ended", LogGroup.Access, (_, m) => $"{m.OnesOwn} sessions ended"),
        new LogSentence<AccessEndsRecorded>("access-ends-recorded", LogGroup.Access, (e, m) => $"Access of {m.All(e.MembershipIds.Count)} ended"),
        new LogSentence<DormantDeactivated>("dormant-deactivated", LogGroup.Access, (_, m) => $"{m.One} deactivated: not opened for 13 months"),
        new LogSentence<ReviewOpened>("review-opened", LogGroup.Access, (e, _) => $"Access review opened, with {InWords.Count(e.People, "person", "people")} to look at"),
        new LogSentence<MembershipsConfirmed>("memberships-confirmed", LogGroup.Access, (e, m) => $"Access of {m.All(e.MembershipIds.Count)} confirmed in the review"),
        new LogSentence<ReviewFlagged>("review-flagged", LogGroup.Access, (e, m) => $"Access of {m.All(e.MembershipIds.Count)} not confirmed after 30 days of the review: all administrators were mailed"),
        new LogSentence<ReviewFinished>("review-finished", LogGroup.Access, (_, _) => "Access review finished",
            (e, _) => [new("Confirmed", null, InWords.Count(e.Confirmed, "person", "people")), .. e.NotConfirmed > 0 ? [new("Not confirmed", null, InWords.Count(e.NotConfirmed, "person", "people"))] : Array.Empty<LogLine>()]),
        new LogSentence<ReviewSettingChanged>("review-setting-changed", LogGroup.Access, (_, _) => "Access reviews set otherwise", (e, _) => [new("How often", ReviewCalendar.Words(e.Before), ReviewCalendar.Words(e.After))]),
        new LogSentence<EndDatesSet>("end-dates-set", LogGroup.Access, (e, m) => $"End date set for {m.All(e.MembershipIds.Count)}", (e, _) => End(e.EndsOn)),

        new LogSentence<TemplateAdded>("template-added", LogGroup.Access, (_, _) => "Access template added", (e, m) => [Access(e.Permissions, m)]),
        new LogSentence<TemplateChanged>("template-changed", LogGroup.Access, (_, _) => "Access template changed; nobody’s access by that"),
        new LogSentence<TemplateGiven>("template-given", LogGroup.Access, (e, m) => $"Access of {m.All(e.People.Count)} brought to a template", (e, m) => [Access(e.Permissions, m)]),
        new LogSentence<TemplateDeleted>(TemplateDeleted.EventKind, LogGroup.Access, (_, _) => "Access template deleted; nobody’s access by that", (e, m) => [Access(e.Permissions, m)]),

        new LogSentence<InvitationResent>("invitation-resent", LogGroup.Codes, (e, m) => $"New link sent to {m.One}{(e.NewCode ? ", with a new code" : "")}"),
        new LogSentence<InvitationsResent>("invitations-resent", LogGroup.Codes, (e, m) => $"New links sent to {m.All(e.MembershipIds.Count)}",
            (e, _) => e.WithNewCode.Count > 0 ? [new("New codes too", null, InWords.Count(e.WithNewCode.Count, "person", "people"))] : []),
        new LogSentence<CodeRenewed>("code-renewed", LogGroup.Codes, (_, m) => $"New activation code made for {m.One}"),
        new LogSentence<CodeShown>("code-shown", LogGroup.Codes, (_, m) => $"Activation code of {m.One} shown"),
        new LogSentence<SlipPrinted>("slip-printed", LogGroup.Codes, (_, m) => $"Hand-over slip of {m.One} shown, with the activation code"),
        new LogSentence<SlipsPrinted>("slips-printed", LogGroup.Codes, (e, m) => $"Hand-over slips of {m.All(e.MembershipIds.Count)} shown, with the activation codes"),
        new LogSentence<CodeReplaced>("code-replaced", LogGroup.Codes, (_, m) => $"Activation code of {m.One} replaced", (_, _) => Note("10 wrong tries")),
        new LogSentence<FactorResetAsked>("factor-reset-asked", LogGroup.Codes, (_, m) => $"Second factor of {m.One} reset: a link and a code to add a new one"),
        new LogSentence<FactorResetCodeShown>("factor-reset-code-shown", LogGroup.Codes, (_, m) => $"Code for a new second factor of {m.One} shown"),
        new LogSentence<FactorResetDone>("factor-reset-done", LogGroup.Codes, (_, m) => $"{m.One} added a new second factor after a reset"),
        new LogSentence<ResetCodeShown>("reset-code-shown", LogGroup.Codes, (_, m) => $"Reset code of {m.One} shown"),
        new LogSentence<ResetCodeTold>("reset-code-told", LogGroup.Codes, (_, m) => $"Reset code of {m.One} told at the command line", (_, _) => Note("The school had no other administrator to show it")),
        new LogSentence<ResetCodeGiven>("reset-code-given", LogGroup.Codes, (_, _) => "Reset code given: the organisation is open to the person again"),

        new LogSentence<UsersExported>("users-exported", LogGroup.Exports, (e, _) => $"List of users exported: {InWords.Count(e.Users, "person", "people")}"),
        new LogSentence<LogExported>("log-exported", LogGroup.Exports, (_, _) => "Log exported", (e, _) => [
            .. e.From is { } from ? [new LogLine("From", null, InWords.Date(from))] : Array.Empty<LogLine>(),
            .. e.To is { } to ? [new LogLine("To", null, InWords.Date(to))] : Array.Empty<LogLine>(),
            .. e.Searched ? Note("Entries of certain people only") : []]),

        new LogSentence<ReachProposed>("reach-proposed", LogGroup.School, (e, _) => $"A link was proposed, for {e.Level.Words()}"),
        new LogSentence<ReachWithdrawn>("reach-withdrawn", LogGroup.School, (e, _) => $"What was asked for was withdrawn: a link for {e.Level.Words()}"),
        new LogSentence<ReachDeclined>(ReachDeclined.EventKind, LogGroup.School, (e, _) => $"A link that was proposed was not agreed to: {e.Level.Words()}"),
        new LogSentence<ReachStarted>("reach-started", LogGroup.School, (e, _) => $"A link began, for {e.Level.Words()}",
            (e, _) => Note(e.Origin == ReachOrigin.Operator ? "By an agreement that whoever runs the server named" : "Accepted by the school")),
        new LogSentence<ReachEnded>("reach-ended", LogGroup.School, (e, _) => $"A link ended, which was for {e.Level.Words()}",
            (e, _) => Note(e.Ending switch { ReachEnding.Register => "The register says so", ReachEnding.School => "By the school", _ => "By whoever runs the server" })),
        new LogSentence<SchoolLocked>("school-locked", LogGroup.School, (_, _) => "School locked: nobody opens it, and imports wait"),
        new LogSentence<SchoolUnlocked>("school-unlocked", LogGroup.School, (_, _) => "School unlocked"),
        new LogSentence<LimitChanged>("limit-changed", LogGroup.School, (e, m) => $"Limit of {PermissionCatalogue.Label(e.Permission, m.Place)} changed to {InWords.Count(e.After, "seat", "seats")}",
            (e, _) => [new("Seats", $"{e.Before:N0}", $"{e.After:N0}")]),
        new LogSentence<ServiceSwitched>("service-switched", LogGroup.School, (e, _) => $"{Label(e.Service)} switched {Term(e.After)}",
            (e, _) => [new(Label(e.Service), Term(e.Before), Term(e.After))]),
        new LogSentence<SchoolConverted>("school-converted", LogGroup.School, (e, _) => $"The school with URN {e.PredecessorUrn} became the one with URN {e.SuccessorUrn}",
            (e, _) => Note($"With {InWords.Count(e.People, "person", "people")} and {InWords.Count(e.Pupils, "pupil", "pupils")}, and everything else")),
        new LogSentence<ConversionUndone>("conversion-undone", LogGroup.School, (e, _) => $"The school with URN {e.SuccessorUrn} is again the one with URN {e.PredecessorUrn}"),
        new LogSentence<ConversionCommitted>("conversion-committed", LogGroup.School, (e, _) => $"That the school with URN {e.PredecessorUrn} became the one with URN {e.SuccessorUrn} is for good",
            (e, _) => e.MembershipIds.Count == 0 ? [] : Note($"{InWords.Count(e.MembershipIds.Count, "place", "places")} beside those that went on taken away")),
        new LogSentence<SeatsOpened>("seats-opened", LogGroup.School, (e, _) => $"{PermissionCatalogue.Of(e.Permission).Label} limited to {InWords.Count(e.Seats, "seat", "seats")}"),
        new LogSentence<DatabaseRestored>(DatabaseRestored.EventKind, LogGroup.School, (e, _) => $"An older copy of the database was put back: entries {e.After + 1} to {e.Last} of that time are lost",
            (e, _) => [new("Known until", null, InWords.Date(e.HeadsAt))]),
        new LogSentence<DetailsRetired>(DetailsRetired.EventKind, LogGroup.School, (e, _) => $"Names and details beside entries before {InWords.Date(e.Before)} deleted: they were older than six years"),
        new LogSentence<FactorRuleChanged>("policy-changed", LogGroup.School, (e, _) => $"Sign-in rules changed: {FactorRulePeople.Words(e.After)}", (e, _) => [new("Second factor", FactorRulePeople.Words(e.Before), FactorRulePeople.Words(e.After))]),
        new LogSentence<PrimaryDecided>("primary-decided", LogGroup.School, (e, _) => e.IsPrimary ? "The school counts as a primary school, with Pupil Tracking" : "The school does not count as a primary school: no Pupil Tracking",
            (e, _) => e.After is null ? Note("As the register says") : Note("Decided over the register")),
    ];

    // A later version may know more of them.
    private static string Label(SchoolServices service) => ServiceCatalogue.All.FirstOrDefault(info => info.Service == service)?.Label ?? $"{service}";

    private static string Term(string written) => ServiceTerm.Read(written)?.Words ?? written;

    private static IEnumerable<LogLine> Given(JobRole role, long permissions, DateOnly? endsOn, LogMaterial material) =>
        [new("Job role", null, JobRoles.Label(role, null)), Access(permissions, material), .. End(endsOn)];

    // The words of the change lie beside the entry, and go with the person; the facts are what is left then.
    private static List<LogLine> Changed(AccessChanged e, LogMaterial material)
    {
        if (material.Texts.Count > 0)
            return [];
        var (before, after) = (Access(e.PermissionsBefore, material).After, Access(e.Permissions, material).After);
        var lines = new List<LogLine>();
        if (e.JobRoleBefore != e.JobRole)
            lines.Add(new("Job role", JobRoles.Label(e.JobRoleBefore, null), JobRoles.Label(e.JobRole, null)));
        if (before != after)
            lines.Add(new("Access", before, after));
        if (e.EndsOnBefore != e.EndsOn)
            lines.Add(new("End date", e.EndsOnBefore is { } was ? InWords.Date(was) : "none", e.EndsOn is { } day ? InWords.Date(day) : "none"));
        return lines;
    }

    private static string Counts(StaffListConfirmed e)
    {
        (int Count, string Words)[] counts = [(e.Created.Count, "created"), (e.Changed.Count, "changed"), (e.Deactivated.Count, "deactivated"), (e.Deleted.Count, "taken back before signing up")];
        return InWords.List(counts.Where(c => c.Count > 0).Select(c => $"{InWords.Count(c.Count, "person", "people")} {c.Words}"));
    }

    private static LogLine Access(long bits, LogMaterial material)
    {
        var set = new PermissionSet(bits);
        var held = PermissionCatalogue.In(material.Place).Where(p => set.Has(p.Permission))
            .Select(p => PermissionCatalogue.Label(p.Permission, material.Place) + Scope(p, set)).ToList();
        return new("Access", null, held.Count == 0 ? "none yet" : string.Join(", ", held));
    }

    private static string Scope(PermissionInfo info, PermissionSet set) =>
        info.HasScope && set.ScopeOf(info.Permission) == PupilScope.OwnClasses ? " (own classes)"
        : info.Permission == Permission.SchoolReports && set.Schools == SchoolScope.SelectedSchools ? " (selected schools)" : "";

    private static LogLine[] End(DateOnly? endsOn) => endsOn is { } day ? [new("End date", null, InWords.Date(day))] : [];

    private static LogLine[] Note(string words) => [new("", null, words)];
}
