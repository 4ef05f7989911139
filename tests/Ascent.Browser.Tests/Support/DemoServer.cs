using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Ascent.TestSupport;
using MimeKit;

namespace Ascent.Browser.Tests.Support;

/// <summary>
/// The real program in a process of its own, with the demonstration in a folder that goes with it. One for each class of tests; the first start,
/// which makes the demonstration, is done once for all of them.
/// </summary>
public sealed partial class DemoServer : IAsyncLifetime
{
    public const string Password = "correct horse battery staple";
    public const string Administrator = "setup@larkfield.demo.example";
    public const string Larkfield = "/schools/900001";

    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    private readonly string data;
    private readonly List<string> output = [];
    private Process? process;

    public DemoServer() : this(Directory.CreateTempSubdirectory("ascent-browser-").FullName) { }

    private DemoServer(string data) => this.data = data;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var made = await Made.Value;
        foreach (var file in Directory.GetFiles(made, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(data, Path.GetRelativePath(made, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        await StartAsync();
    }

    /// <summary>The folder of a server that has started once and is gone; it goes with the tests.</summary>
    private static async Task<string> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ascent-demonstration-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var first = new DemoServer(folder);
        await first.StartAsync();
        await first.StopAsync();
        return folder;
    }

    private async Task StartAsync()
    {
        var port = FreePort();
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ascent.Web.dll"), "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        // What the tester has set must not reach the server under test.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("ASCENT_", StringComparison.Ordinal) || n.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await AnswersAsync();
    }

    /// <summary>The one mail to somebody, as it lies in the folder, once the server has sent it.</summary>
    public async Task<(MimeMessage Mail, string Raw)> MailToAsync(string email)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            foreach (var file in Directory.Exists(Path.Combine(data, "mail")) ? Directory.GetFiles(Path.Combine(data, "mail"), "*.eml") : [])
                if (await MimeMessage.LoadAsync(file) is var mail && mail.To.Mailboxes.Any(to => to.Address == email))
                    return (mail, await File.ReadAllTextAsync(file));
            if (patience.Elapsed > TimeSpan.FromSeconds(20))
                throw new InvalidOperationException($"No mail to {email} came.\n{Said}");
            await Task.Delay(100);
        }
    }

    /// <summary>The link in a mail to somebody whose path begins so, once the server has sent it.</summary>
    public async Task<string> LinkToAsync(string email, string begins)
    {
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < TimeSpan.FromSeconds(20))
        {
            foreach (var file in Directory.Exists(Path.Combine(data, "mail")) ? Directory.GetFiles(Path.Combine(data, "mail"), "*.eml") : [])
                if (await MimeMessage.LoadAsync(file) is var mail && mail.To.Mailboxes.Any(to => to.Address == email)
                    && mail.TextBody!.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith(new Uri(Address, begins).ToString(), StringComparison.Ordinal)) is { } link)
                    return link;
            await Task.Delay(100);
        }
        throw new InvalidOperationException($"No link {begins} to {email} came.\n{Said}");
    }

    public static string LinkIn(MimeMessage mail) => SignUpLink().Match(mail.TextBody!).Value;

    /// <summary>What the server has printed; errors of the server are in it.</summary>
    public string Said
    {
        get
        {
            lock (output)
                return string.Join('\n', output);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(data, recursive: true);
    }

    private async Task StopAsync()
    {
        if (process is null)
            return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient();
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < TimeSpan.FromSeconds(60) && !process!.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Address, "/sign-in"));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException($"The server did not start.\n{Said}");
    }

    private void Keep(string? line)
    {
        lock (output)
            output.Add(line ?? "");
        RunLogs.WritePrinted(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"http://localhost:\d+/sign-up/[A-Za-z0-9_-]{43}")]
    private static partial Regex SignUpLink();
}
