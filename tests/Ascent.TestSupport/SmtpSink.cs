using System.Diagnostics;
using System.Globalization;
using MimeKit;

namespace Ascent.TestSupport;

/// <summary>
/// A real mail server in a process of its own (aiosmtpd), which keeps what it was given. Recipients that begin with "refused" are
/// turned away for good, those that begin with "later" for now.
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

    /// <summary>The value for ASCENT_SMTP.</summary>
    public string Address => $"smtp://127.0.0.1:{Port}";

    /// <summary>Starts the server. Skips the test that asks when there is no Python with aiosmtpd.</summary>
    public static async Task<SmtpSink> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("ASCENT_TEST_SMTP_PYTHON") is not { Length: > 0 } python)
            throw new MissingException("no mail server for tests (ASCENT_TEST_SMTP_PYTHON is not set)");
        var folder = Directory.CreateTempSubdirectory("ascent-smtp-").FullName;
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "smtp-sink.py"), folder]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var line = await process.StandardOutput.ReadLineAsync(patience.Token);
        return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new(process, folder, port)
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
