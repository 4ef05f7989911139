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

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // Read by programs and people, never put into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <param name="isTerminal">Somebody looks at the output while it is written.</param>
    public Terminal(TextWriter output, TextWriter error, bool isTerminal)
    {
        Output = output;
        Error = error;
        IsTerminal = isTerminal;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!isTerminal)
            Console.Profile.Width = WidthInFiles;
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    public bool IsTerminal { get; }

    public IAnsiConsole Console { get; }

    public static Terminal OfProcess() => new(System.Console.Out, System.Console.Error, !System.Console.IsOutputRedirected);

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
        return ExitCode.Refused;
    }

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
