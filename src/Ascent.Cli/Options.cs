using System.CommandLine;
using System.CommandLine.Parsing;

namespace Ascent.Cli;

/// <summary>Options and arguments that several commands have.</summary>
internal static class Options
{
    public static Option<bool> Json() => new("--json") { Description = "Answer as JSON, for programs" };

    public static Argument<string> Urn() => new("URN") { Description = "The school’s number in the register" };

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
