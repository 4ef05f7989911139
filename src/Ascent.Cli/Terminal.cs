using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ascent.Shared;
using Spectre.Console;

namespace Ascent.Cli;

/// <summary>Where a command writes: answers to standard output, everything else to standard error.</summary>
public sealed class Terminal
{
    private const int WidthInFiles = 240;

    private readonly TextReader? input;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // Read by programs and people, never put into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <param name="isTerminal">Somebody looks at the output while it is written.</param>
    /// <param name="input">Where somebody can answer a question; null when nobody is there who could.</param>
    /// <param name="isErrorTerminal">Somebody looks at what is written beside the output: questions, and how far it is.</param>
    public Terminal(TextWriter output, TextWriter error, bool isTerminal, TextReader? input = null, bool isErrorTerminal = false)
    {
        (Output, Error, IsTerminal, IsErrorTerminal, this.input) = (output, error, isTerminal, isErrorTerminal, input);
        Console = Open(output, isTerminal);
        ErrorConsole = Open(error, isErrorTerminal);
    }

    private static IAnsiConsole Open(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!isTerminal)
            console.Profile.Width = WidthInFiles;
        return console;
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    public bool IsTerminal { get; }

    public IAnsiConsole Console { get; }

    public bool IsErrorTerminal { get; }

    /// <summary>For how far a long work is, so that standard output keeps to the answer.</summary>
    public IAnsiConsole ErrorConsole { get; }

    public static Terminal OfProcess() => new(
        System.Console.Out, System.Console.Error, !System.Console.IsOutputRedirected, System.Console.IsInputRedirected ? null : System.Console.In, !System.Console.IsErrorRedirected);

    public void Say(string line) => Output.WriteLine(line);

    public void Complain(string line) => Error.WriteLine(line);

    public void WriteJson<T>(T value) => Output.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>Says why not: to people on standard error, and with <c>--json</c> to programs on standard output too.</summary>
    public int Refuse(IReadOnlyList<Refusal> refusals, bool json, Func<Refusal, string>? words = null)
    {
        foreach (var refusal in refusals)
            Complain(words?.Invoke(refusal) ?? refusal.Message);
        if (json)
            WriteJson(new { Refused = refusals.Select(r => new { r.Code, r.Message, r.Field }) });
        return refusals.All(r => r.Kind == RefusalKind.NotFound) ? ExitCode.NotFound : ExitCode.Refused;
    }

    /// <summary>Asks before something that cannot be taken back, and does not guess where nobody can answer.</summary>
    /// <param name="deed">As a question, such as "Delete Ann Bell from Elmfield School?".</param>
    /// <param name="yes">It was said on the command line.</param>
    /// <returns>Null when it may be done; else the code to end with.</returns>
    public int? Confirm(string deed, bool yes, bool json)
    {
        if (yes)
            return null;
        if (input is null || !IsErrorTerminal)
            return Refuse([new NotConfirmed(deed)], json);
        Error.Write($"{deed} [y/N] ");
        return input.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES" ? null : Refuse([new Declined()], json);
    }

    private sealed record NotConfirmed(string Deed) : Refusal("not-confirmed", $"{Deed} Nobody can be asked here: repeat the command with --yes.", RefusalKind.Confirm);

    private sealed record Declined() : Refusal("declined", "Nothing was done.", RefusalKind.Confirm);

    /// <summary>Names and values, one pair a line.</summary>
    public void WriteFacts(IReadOnlyList<(string Name, string Value)> facts)
    {
        var width = facts.Max(fact => fact.Name.Length);
        foreach (var (name, value) in facts)
            Say($"{name.PadRight(width)}  {value}");
    }

    public void WriteTable(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(new Text(heading)));
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        Console.Write(table);
    }
}
