using Ascent.Audit;
using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.Accounts;

/// <summary>Forename, surname and email of a person, as typed by somebody else and found sound.</summary>
public sealed record PersonDetails(string Forename, string Surname, EmailAddress Email)
{
    private const int LongestName = 100;

    public string FullName => $"{Forename} {Surname}";

    internal AuditPerson ForAudit(Guid accountId) => new(accountId, new Dictionary<string, string> { ["name"] = FullName, ["email"] = Email.Typed });

    /// <summary>Reads the three fields; the refusals name the field that has to change.</summary>
    /// <param name="acceptsMixedScript">The one who types has been warned of an address that mixes alphabets, and means it.</param>
    public static Result<PersonDetails> Read(string? forename, string? surname, string? email, bool acceptsMixedScript)
    {
        var names = ReadNames(forename, surname);
        var address = ReadEmail(email, acceptsMixedScript);
        Refusal[] refusals = [.. names.Refusals, .. address.Refusals];
        return refusals.Length > 0 ? Result.Refuse<PersonDetails>(refusals) : new PersonDetails(names.Value.Forename, names.Value.Surname, address.Value);
    }

    public static Result<(string Forename, string Surname)> ReadNames(string? forename, string? surname)
    {
        var refusals = new List<Refusal>();
        var first = ReadName(forename, "Forename", "forename", refusals);
        var last = ReadName(surname, "Surname", "surname", refusals);
        return refusals.Count > 0 ? Result.Refuse<(string, string)>(refusals) : (first, last);
    }

    public static Result<EmailAddress> ReadEmail(string? email, bool acceptsMixedScript)
    {
        if (string.IsNullOrWhiteSpace(email))
            return new DetailRefusal("email-missing", "Enter the email address", "Email");
        if (EmailAddress.Parse(email) is not { } address)
            return new DetailRefusal("email-unreadable", "Enter an email address like name@school.example", "Email");
        return address.MixesScripts && !acceptsMixedScript ? new MixedScriptEmail() : address;
    }

    private static string ReadName(string? typed, string field, string what, List<Refusal> refusals)
    {
        var name = PlainText.Tidy(typed);
        if (name.Length == 0)
            refusals.Add(new DetailRefusal($"{what}-missing", $"Enter the {what}", field));
        else if (PlainText.HasForbiddenCharacter(name))
            refusals.Add(new DetailRefusal($"{what}-characters", $"The {what} has a hidden or control character in it: type it again by hand", field));
        else if (PlainText.Length(name) > LongestName || name.Length > 4 * LongestName)
            refusals.Add(new DetailRefusal($"{what}-long", $"The {what} must be {LongestName} characters or fewer", field));
        return name;
    }
}

/// <summary>One of the three fields has to change.</summary>
public sealed record DetailRefusal(string Code, string Message, string Field) : Refusal(Code, Message, RefusalKind.Field, Field);

/// <summary>The address mixes alphabets, as look-alike addresses do; a tick lets it through.</summary>
public sealed record MixedScriptEmail()
    : Refusal("email-mixed-script", "This address mixes letters of two alphabets, which is how look-alike addresses are made. Check it letter by letter; tick the box if it is right", RefusalKind.Field, "Email");
