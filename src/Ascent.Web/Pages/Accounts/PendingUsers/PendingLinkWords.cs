using Ascent.Accounts;
using Ascent.Shared.Text;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

/// <summary>How a sign-up link fares: icon, what happened, and what goes with it.</summary>
/// <param name="Tone">warn, bad, or empty.</param>
/// <param name="OffersResend">A new link is what this person needs.</param>
public sealed record PendingLinkWords(string Icon, string Tone, string What, IReadOnlyList<string> Lines, bool OffersResend = false)
{
    private const string TriedIcon = "key";

    private static readonly TimeSpan Soon = TimeSpan.FromDays(2);

    public static PendingLinkWords Of(PendingUser person, DateTime now)
    {
        var words = OfLink(person, now);
        // Always told, in whatever state the link is.
        return person.WrongTries == 0 || words.Icon == TriedIcon ? words : words with { Lines = [.. words.Lines, $"{Tries(person)} at the code"] };
    }

    private static string Tries(PendingUser person) => InWords.Count(person.WrongTries, "wrong try", "wrong tries");

    private static PendingLinkWords OfLink(PendingUser person, DateTime now)
    {
        var sent = $"Sent {InWords.Moment(person.SentAt ?? person.CreatedAt, now)}";
        var until = $"Works until {InWords.Date(person.ExpiresAt)}";
        return person switch
        {
            { NewLinkAskedAt: { } asked } => new("speech", "warn", $"Asked for a new link {InWords.Moment(asked, now)}", ["The old one has run out"], OffersResend: true),
            { Link: LinkState.Expired } => new("clock", "bad", $"Ran out {InWords.Moment(person.ExpiresAt, now)}", ["Resend makes a new link and a new code"], OffersResend: true),
            { Link: LinkState.Undeliverable } => new("alert", "bad", "Could not be delivered", ["Check the address: Withdraw and create again puts it right"], OffersResend: true),
            { TryingSince: { } since } => new("clock-alert", "warn", "Not sent yet", [$"Trying since {InWords.Moment(since, now)}: the mail server has not taken it"]),
            { Link: LinkState.NotSentYet } => new("clock", "", "Not sent yet", ["The mail goes out in a moment"]),
            { CodeReplacedAt: { } replaced } => new("refresh", "warn", $"Code replaced {InWords.Moment(replaced, now)}", ["10 wrong tries. The link still works: give the new code"]),
            _ when person.ExpiresAt - now < Soon => new("clock-alert", "warn", $"Ends {InWords.Moment(person.ExpiresAt, now)}", [sent]),
            { WrongTries: > 0 } => new(TriedIcon, "warn", $"Code tried, {Tries(person)}", [until]),
            _ => new("mail", "", sent, [until]),
        };
    }
}
