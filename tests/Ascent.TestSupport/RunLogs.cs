namespace Ascent.TestSupport;

/// <summary>Everything that anything logs in a whole run, in the folder that <c>./dev test</c> names, for the test that reads it at the end.</summary>
public static class RunLogs
{
    public const string Setting = "ASCENT_TEST_LOGS";

    private static readonly TextWriter? File = Open();

    public static string? Folder => Environment.GetEnvironmentVariable(Setting);

    public static void Write(string line) => File?.WriteLine(line);

    /// <summary>A line that a server in a process of its own has printed. Its logs are JSON; the rest is its greeting to whoever started it.</summary>
    public static void WritePrinted(string? line)
    {
        if (line is ['{', ..])
            Write(line);
    }

    private static TextWriter? Open()
    {
        if (string.IsNullOrEmpty(Folder))
            return null;
        var writer = TextWriter.Synchronized(new StreamWriter(Path.Combine(Folder, $"{Environment.ProcessId}.log"), append: true));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => writer.Flush();
        return writer;
    }
}
