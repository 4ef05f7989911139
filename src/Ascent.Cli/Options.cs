using System.CommandLine;
using System.CommandLine.Parsing;
using Ascent.Accounts;
using Ascent.Shared;

namespace Ascent.Cli;

/// <summary>Options and arguments that several commands have.</summary>
internal static class Options
{
    public static Option<bool> Json() => new("--json") { Description = "Answer as JSON, for programs" };

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
