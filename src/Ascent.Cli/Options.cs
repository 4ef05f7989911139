using System.CommandLine;
using System.CommandLine.Parsing;
using Ascent.Accounts;
using Ascent.Shared;

namespace Ascent.Cli;

/// <summary>Options and arguments that several commands have.</summary>
internal static class Options
{
    public static Option<bool> Json() => new("--json") { Description = "Answer as JSON, for programs" };

    public static Option<bool> Yes() => new("--yes") { Description = "Do it without asking; needed where nobody can be asked" };

    public static Option<string> School() => new("--school") { Required = true, HelpName = "URN", Description = "The school’s number in the register" };

    public static Option<int> Most(int usual)
    {
        var most = new Option<int>("--most") { Description = "How many to show", HelpName = "N", DefaultValueFactory = _ => usual };
        most.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--most takes a number from 1 up.");
        });
        return most;
    }

    public static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        HelpName = "DATE",
        Description = $"{description}, such as 2027-08-31",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", out var day))
                return day;
            result.AddError($"“{result.Tokens[0].Value}” is no day: write it like 2027-08-31.");
            return null;
        },
    };

    /// <summary>One of the names of an enum.</summary>
    public static Option<T?> OneOf<T>(string name, string what) where T : struct, Enum => new(name)
    {
        HelpName = "NAME",
        Description = $"{what}: {string.Join(", ", Enum.GetValues<T>())}",
        CustomParser = result => ReadName(result, result.Tokens[0].Value, Enum.GetValues<T>()),
    };

    public static Argument<string> Body() => new("BODY") { Description = "A local authority or trust: la- and its number, such as la-931, or trust- and its group code" };

    public static Argument<string> Urn() => new("URN") { Description = "The school’s number in the register" };

    public static Option<bool> AcceptMixedScript() => new("--accept-mixed-script") { Description = "The address mixes two alphabets and has been checked letter by letter" };

    /// <summary>A refusal speaks of the field on a page; here the field is an option.</summary>
    public static string AtOption(Refusal refusal) => refusal switch
    {
        MixedScriptEmail => "--email: This address mixes letters of two alphabets, which is how look-alike addresses are made. Check it letter by letter; if it is right, repeat the command with --accept-mixed-script",
        { Field: "Forename" or "Surname" or "Email" } => $"--{refusal.Field.ToLowerInvariant()}: {refusal.Message}",
        _ => refusal.Message,
    };

    public static string WhereTheMailIs(ServerSettings settings) => string.IsNullOrWhiteSpace(settings.Smtp)
        ? $"The mail with the sign-up link waits in the outbox; the running server or `ascent mail send` writes it to {Path.Combine(settings.DataFolder, "mail")}."
        : "The mail with the sign-up link waits in the outbox; the running server or `ascent mail send` sends it.";

    /// <summary>Reads one of a list of names, whatever their case; numbers do not pass for names.</summary>
    public static T? ReadName<T>(ArgumentResult result, string typed, IReadOnlyList<T> allowed) where T : struct, Enum
    {
        foreach (var value in allowed)
            if (value.ToString().Equals(typed, StringComparison.OrdinalIgnoreCase))
                return value;
        result.AddError($"“{typed}” is none of {string.Join(", ", allowed)}.");
        return null;
    }
}
