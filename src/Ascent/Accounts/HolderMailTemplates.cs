using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.Accounts;

// What people are told of changes to access; each says what to do if it looks wrong.

/// <summary>To the other administrators: there is one more of them.</summary>
public sealed class HolderMadeMail() : MailTemplate<HolderMadeMail.Values>(HolderMadeMail.TemplateName)
{
    public const string TemplateName = "holder-made";

    /// <param name="IsPending">It counts once the person has signed up.</param>
    public sealed record Values(string Forename, string Organisation, string Person, string By, bool IsPending, DateTime At, string Setup = "School setup");

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"One more administrator at {v.Organisation}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"{v.By} has given {v.Person} {v.Setup} at {v.Organisation} on {InWords.Date(v.At)}. {(v.IsPending ? $"Once signed up, {v.Person}" : v.Person)} can create, change and close accounts there, as you can."),
        new MailParagraph($"You are told because you hold {v.Setup} too. Does this look wrong? Take it back under Manage users or Pending users, and ask them."),
    ]);
}

/// <summary>To the other administrators: one of them changed their own access.</summary>
public sealed class OwnAccessChangedMail() : MailTemplate<OwnAccessChangedMail.Values>(OwnAccessChangedMail.TemplateName)
{
    public const string TemplateName = "own-access-changed";

    public sealed record Values(string Forename, string Organisation, string Person, IReadOnlyList<string> Changes, DateTime At, string Setup = "School setup");

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"{v.Person} changed their own access at {v.Organisation}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"{v.Person} changed their own access at {v.Organisation} on {InWords.Date(v.At)}:"),
        .. v.Changes.Select(c => new MailParagraph(c)),
        new MailParagraph($"You are told because you hold {v.Setup} too. Does this look wrong? You can change it under Manage users."),
    ]);
}

/// <summary>To the person: what they may do has changed.</summary>
public sealed class AccessChangedMail() : MailTemplate<AccessChangedMail.Values>(AccessChangedMail.TemplateName)
{
    public const string TemplateName = "access-changed";

    public sealed record Values(string Forename, string Organisation, string By, IReadOnlyList<string> Changes, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"Your access at {v.Organisation} was changed",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"{v.By} changed what you may do at {v.Organisation} on {InWords.Date(v.At)}. It counts from now on:"),
        .. v.Changes.Select(c => new MailParagraph(c)),
        new MailParagraph("Does something you need not open any more? Ask an administrator of the school: My profile names them."),
    ]);
}

/// <summary>To the person: the organisation is closed to them.</summary>
public sealed class AccessClosedMail() : MailTemplate<AccessClosedMail.Values>(AccessClosedMail.TemplateName)
{
    public const string TemplateName = "access-closed";

    public sealed record Values(string Forename, string Organisation, string By, bool IsDeleted, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"Your access to {v.Organisation} is closed",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph(v.IsDeleted
            ? $"{v.By} has taken your account out of {v.Organisation} on {InWords.Date(v.At)}. You cannot open it any more."
            : $"{v.By} has closed {v.Organisation} in Ascent to you on {InWords.Date(v.At)}. Your settings are kept, in case you come back."),
        new MailParagraph("Access that other organisations have given you goes on. Does this look wrong? Ask the school."),
    ]);
}

/// <summary>To a school's holders: somebody from above has done something to one of them.</summary>
public sealed class HolderTouchedMail() : MailTemplate<HolderTouchedMail.Values>(HolderTouchedMail.TemplateName)
{
    public const string TemplateName = "holder-touched";

    /// <param name="What">"deactivated".</param>
    public sealed record Values(string Forename, string Organisation, string Person, string By, string What, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"An administrator of {v.Organisation} was {v.What}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"{v.By} has {v.What} {v.Person}, who holds School setup at {v.Organisation}, on {InWords.Date(v.At)}."),
        new MailParagraph("You are told because you hold School setup too. Does this look wrong? Ask them: the log of the school has it."),
    ]);
}

/// <summary>Whoever runs the server changed how many people may hold a limited permission.</summary>
public sealed class SchoolLimitsMail() : MailTemplate<SchoolLimitsMail.Values>(SchoolLimitsMail.TemplateName)
{
    public const string TemplateName = "school-limits";

    public sealed record Values(string Forename, string School, IReadOnlyList<string> Changes, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"How many people may administer {v.School}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"Whoever runs the server has changed on {InWords.Date(v.At)} how many people of {v.School} may hold a right in Ascent:"),
        .. v.Changes.Select(c => new MailParagraph(c)),
        new MailParagraph("Nobody has lost anything by it. You are told because you hold School setup."),
    ]);
}

/// <summary>Whoever runs the server switched services of the school.</summary>
public sealed class SchoolServicesMail() : MailTemplate<SchoolServicesMail.Values>(SchoolServicesMail.TemplateName)
{
    public const string TemplateName = "school-services";

    public sealed record Values(string Forename, string School, IReadOnlyList<string> Changes, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"What {v.School} has of Ascent",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"Whoever runs the server has changed on {InWords.Date(v.At)} what {v.School} has of Ascent:"),
        .. v.Changes.Select(c => new MailParagraph(c)),
        new MailParagraph("What is off has no pages and no entry in the menus. Nothing was deleted: what was recorded and what people may do is kept, and is there again when the service is."),
        new MailParagraph("You are told because you hold School setup."),
    ]);
}

/// <summary>To a school's holders: the school was locked, or is open again.</summary>
public sealed class SchoolLockMail() : MailTemplate<SchoolLockMail.Values>(SchoolLockMail.TemplateName)
{
    public const string TemplateName = "school-lock";

    public sealed record Values(string Forename, string School, string By, bool IsLocked, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new(v.IsLocked ? $"{v.School} is locked" : $"{v.School} is open again",
    [
        new MailParagraph($"Hello {v.Forename},"),
        .. v.IsLocked
            ? (MailParagraph[])[
                new($"{v.By} has locked {v.School} in Ascent on {InWords.Date(v.At)}. Nobody can open it until it is unlocked, and imports wait. Nothing was deleted: accounts, links and codes stay as they are."),
                new($"You are told because you hold School setup. Ask {v.By} why, and until when."),
            ]
            : [new($"{v.By} has unlocked {v.School} in Ascent on {InWords.Date(v.At)}. Everybody can open it again as before.")],
    ]);
}

/// <summary>To a school's holders: it has become another, or that was undone.</summary>
public sealed class SchoolConvertedMail() : MailTemplate<SchoolConvertedMail.Values>(SchoolConvertedMail.TemplateName)
{
    public const string TemplateName = "school-converted";

    public sealed record Values(string Forename, string Before, string School, string Urn, bool IsUndone, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new(v.IsUndone ? $"{v.School} is again what it was" : $"{v.Before} is now {v.School}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        .. v.IsUndone
            ? (MailParagraph[])[new($"Whoever runs the server has undone on {InWords.Date(v.At)} that your school became {v.Before} in Ascent. It is {v.School} again, at its old address, with everything that was done meanwhile.")]
            : [
                new($"In Ascent, {v.Before} has become {v.School} on {InWords.Date(v.At)}. Everybody’s place and access, pupils, results, classes and reports are as they were, sign-up links and codes go on, and the years before are part of every line."),
                new("What is new is the address. Authorities and trusts that reached the old school do not reach the new one by that: “Our organisation” in the administration menu shows who does."),
            ],
        new MailButton($"Open {v.School}", settings.Address($"schools/{v.Urn}")),
        new MailParagraph("You are told because you hold School setup."),
    ]);
}

/// <summary>To a school's holders: an authority or trust asks for something, or reaches the school from now on, or no longer.</summary>
public sealed class ReachMail() : MailTemplate<ReachMail.Values>(ReachMail.TemplateName)
{
    public const string TemplateName = "reach";

    /// <param name="What">"asks to see school-level reports".</param>
    public sealed record Values(string Forename, string School, string Body, string What, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"{v.Body} and {v.School}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"{v.Body} {v.What}, at {v.School}, on {InWords.Date(v.At)}."),
        new MailParagraph("You are told because you hold School setup. “Our organisation” in the administration menu shows who reaches the school, and how far; you can end it there."),
    ]);
}

/// <summary>To the other holders of Manage data: a file of very many pupils went out.</summary>
public sealed class PupilsExportedMail() : MailTemplate<PupilsExportedMail.Values>(PupilsExportedMail.TemplateName)
{
    public const string TemplateName = "pupils-exported";

    public sealed record Values(string Forename, string Organisation, string By, int Pupils, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"A file of {InWords.Count(v.Pupils, "pupil", "pupils")} left {v.Organisation}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"{v.By} downloaded the records of {InWords.Count(v.Pupils, "pupil", "pupils")} of {v.Organisation} on {InWords.Date(v.At)}, with names, dates of birth and UPNs."),
        new MailParagraph("You are told because you may manage these data too. Does this look wrong? Ask them, and whoever looks after data protection at your school."),
    ]);
}
