using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.Accounts.Nightly;

/// <summary>To the person: the organisation closes to them unless they open it.</summary>
public sealed class DormantMail() : MailTemplate<DormantMail.Values>(DormantMail.TemplateName)
{
    public const string TemplateName = "dormant";

    public sealed record Values(string Forename, string Organisation, DateOnly ClosesOn);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"Your access to {v.Organisation} is about to close",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"You have not opened {v.Organisation} in Ascent for about a year. Accounts that nobody uses are a risk to pupils’ data, so yours closes on {InWords.Date(v.ClosesOn)} or soon after."),
        new MailParagraph("Do you still need it? Sign in and open the school once: that is enough. Otherwise there is nothing to do."),
        new MailButton("Sign in", settings.Address("sign-in")),
    ]);
}

/// <summary>To the only administrator of a school.</summary>
public sealed class SingleHolderMail() : MailTemplate<SingleHolderMail.Values>(SingleHolderMail.TemplateName)
{
    public const string TemplateName = "single-holder";

    public sealed record Values(string Forename, string Organisation);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"You are the only administrator of {v.Organisation}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"Nobody but you holds School setup at {v.Organisation}. If you forget your password or fall ill, nobody there can help you or anybody else."),
        new MailParagraph("Give School setup to a second person whom you trust, under Manage users or Create a single user. Four people can hold it."),
        new MailButton("Sign in", settings.Address("sign-in")),
    ]);
}

/// <summary>To every administrator of a school: the access review is 30 days old, and people are still not confirmed.</summary>
public sealed class ReviewFlaggedMail() : MailTemplate<ReviewFlaggedMail.Values>(ReviewFlaggedMail.TemplateName)
{
    public const string TemplateName = "review-flagged";

    public sealed record Values(string Forename, string Organisation, string Urn, int People, DateOnly OpenedOn);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"{InWords.Count(v.People, "person is", "people are")} not confirmed in the access review of {v.Organisation}",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"The access review of {v.Organisation} was opened on {InWords.Date(v.OpenedOn)}. {InWords.Count(v.People, "person has", "people have")} not been looked at yet: does each still need the access that they have?"),
        new MailParagraph("Nobody’s access is taken away by itself. Keep it, change it or end it; every administrator of the school has this mail, and one of you is enough."),
        new MailButton("Go on with the review", settings.Address($"schools/{v.Urn}/users/review")),
    ]);
}
