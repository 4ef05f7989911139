using System.Diagnostics;
using System.Globalization;
using MimeKit;

namespace Ascent.TestSupport;

/// <summary>
/// A real mail server in a process of its own (aiosmtpd), which keeps what it was given. How it behaves is said by the beginning of the
/// recipient's address: "refused" is turned away for good and "later" for now; "slow" is taken after four seconds; "silent" gets no answer
/// to the mail; "closing" loses the line in the middle; "rude" gets no answer to the farewell, after its mail was taken.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private SmtpSink(Process process, string folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Where what it was given lies, one whole file a mail.</summary>
    public string Folder => folder;

    /// <summary>The value for ASCENT_SMTP.</summary>
    public string Address => $"smtp://127.0.0.1:{Port}";

    /// <summary>Starts the server. Skips the test that asks when there is no Python with aiosmtpd.</summary>
    /// <param name="port">A port that another sink of the test has had; 0 for a free one.</param>
    public static async Task<SmtpSink> StartAsync(int port = 0)
    {
        if (Environment.GetEnvironmentVariable("ASCENT_TEST_SMTP_PYTHON") is not { Length: > 0 } python)
            throw new MissingException("no mail server for tests (ASCENT_TEST_SMTP_PYTHON is not set)");
        var folder = Directory.CreateTempSubdirectory("ascent-smtp-").FullName;
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "smtp-sink.py"), folder, port.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var line = await process.StandardOutput.ReadLineAsync(patience.Token);
        return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var listens)
            ? new(process, folder, listens)
            : throw new InvalidOperationException("The mail server for tests did not start.");
    }

    /// <summary>What was received so far, in order.</summary>
    public async Task<IReadOnlyList<MimeMessage>> ReceivedAsync()
    {
        var mails = new List<MimeMessage>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal))
            mails.Add(await MimeMessage.LoadAsync(file));
        return mails;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The environment lacks something that a test needs; xunit counts the test as skipped, with the reason.</summary>
public sealed class MissingException(string reason) : Exception($"$XunitDynamicSkip${reason}");
