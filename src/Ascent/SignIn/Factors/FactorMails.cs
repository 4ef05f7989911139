using Ascent.Accounts;
using Ascent.Accounts.Factors;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.SignIn.Factors;

// What people are told of their own second factors; each says what to do if it was not them.

public enum FactorChange
{
    Added,
    Removed,
    RecoveryMade,
    PasskeyAdded,
    Renamed,
    Copied,
}

/// <summary>To the person: their second factors have changed.</summary>
public sealed class FactorMail() : MailTemplate<FactorMail.Values>(FactorMail.TemplateName)
{
    public const string TemplateName = "factor-changed";

    public sealed record Values(string Forename, FactorChange Change, string Factor, DateTime At);

    internal static OutboxMail Added(Account account, Factor factor, Guid id, DateTime now) => Of(account, factor.Kind == FactorKind.Passkey ? FactorChange.PasskeyAdded : FactorChange.Added, factor.Name, id, now);

    internal static OutboxMail Renamed(Account account, string factor, Guid id, DateTime now) => Of(account, FactorChange.Renamed, factor, id, now);

    internal static OutboxMail Copied(Account account, string factor, Guid id, DateTime now) => Of(account, FactorChange.Copied, factor, id, now);

    internal static OutboxMail Removed(Account account, string factor, Guid id, DateTime now) => Of(account, FactorChange.Removed, factor, id, now);

    internal static OutboxMail RecoveryMade(Account account, Guid id, DateTime now) => Of(account, FactorChange.RecoveryMade, "", id, now);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new(Subject(v.Change),
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph(v.Change switch
        {
            FactorChange.Added => $"On {InWords.Date(v.At)} “{v.Factor}” was added to your account in Ascent as a second factor. From now on you are asked for a code whenever you sign in.",
            FactorChange.PasskeyAdded => $"On {InWords.Date(v.At)} the passkey “{v.Factor}” was added to your account in Ascent. It signs you in by itself; with your password it is your second step.",
            FactorChange.Renamed => $"On {InWords.Date(v.At)} a second factor of your account in Ascent was given another name: “{v.Factor}”.",
            FactorChange.Copied => $"On {InWords.Date(v.At)} your passkey “{v.Factor}” was refused, because somebody may have a copy of it. It does not open your account until it counts further than before. Remove it in My profile, and add a new one.",
            FactorChange.Removed => $"On {InWords.Date(v.At)} the second factor “{v.Factor}” was removed from your account in Ascent.",
            _ => $"On {InWords.Date(v.At)} new recovery codes were made for your account in Ascent. The old ones do not work any more: throw them away.",
        }),
        new MailParagraph("It was not you? Change your password at once, look at My profile, and tell an administrator of your school."),
        new MailButton("Open My profile", settings.Address("profile")),
    ]);

    private static string Subject(FactorChange change) => change switch
    {
        FactorChange.Added or FactorChange.PasskeyAdded => "A second factor was added",
        FactorChange.Renamed => "A second factor has another name",
        FactorChange.Copied => "One of your passkeys was refused",
        FactorChange.Removed => "A second factor was removed",
        _ => "New recovery codes were made",
    };

    private static OutboxMail Of(Account account, FactorChange change, string factor, Guid id, DateTime now) =>
        OutboxMail.Create(id, AuditTrail.Server, TemplateName, account.Email, $"{account.Forename} {account.Surname}", new Values(account.Forename, change, factor, now), now);
}

/// <summary>To the person: one of the recovery codes is used up.</summary>
public sealed class RecoveryUsedMail() : MailTemplate<RecoveryUsedMail.Values>(RecoveryUsedMail.TemplateName)
{
    public const string TemplateName = "recovery-used";

    public sealed record Values(string Forename, int Left, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new("A recovery code was used",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"On {InWords.Date(v.At)} a recovery code was used for your account in Ascent in the place of a passkey or a code from your app. {(v.Left == 0 ? "It was the last one." : $"{InWords.Count(v.Left, "code is", "codes are")} left.")}"),
        .. v.Left <= RecoveryCodes.Few ? (MailBlock[])[new MailParagraph("Make new ones in My profile before you need one and there is none.")] : [],
        new MailParagraph("It was not you? Then somebody has your password and your codes: change the password at once, make new recovery codes in My profile, and tell an administrator of your school."),
        new MailButton("Open My profile", settings.Address("profile")),
    ]);
}
