using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ascent.TestSupport.Web;

/// <summary>
/// The real program in a process of its own, on the data that a test has prepared: for what a server in the test's process cannot show,
/// such as being killed, or its memory. It runs by the machine's clock.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly List<string> output = [];

    private ServerProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>What the server has printed; its errors are in it.</summary>
    public string Said
    {
        get
        {
            lock (output)
                return string.Join('\n', output);
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="port">Where one that was killed listened, so that browsers find the next one there.</param>
    /// <param name="settings">Further settings, by the names of the environment variables.</param>
    public static async Task<ServerProcess> StartAsync(TestDatabase database, int port, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Ascent.Web.dll"), "--no-demo", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", database.DataFolder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        // What the tester has set must not reach the server under test.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("ASCENT_", StringComparison.Ordinal) || n.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["ASCENT_DATABASE"] = database.Address ?? "";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var server = new ServerProcess(Process.Start(start)!, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}")));
        try
        {
            await server.AnswersAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A browser that nobody has signed in with.</summary>
    /// <param name="from">The loopback address that it calls from; null for the usual one.</param>
    public Browser OpenBrowser(IPAddress? from = null)
    {
        var jar = new CookieContainer();
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = jar, ConnectCallback = (context, cancellationToken) => ConnectAsync(from, context.DnsEndPoint.Port, cancellationToken) };
        return new(new HttpClient(handler) { BaseAddress = Address }, jar);
    }

    /// <summary>A line to the server from one of the many addresses that a machine has for itself.</summary>
    public static async ValueTask<Stream> ConnectAsync(IPAddress? from, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (from is not null)
                socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>SIGKILL: nothing of the program runs after it, no handler and no farewell.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>The most memory that the process has held at once since it started, in bytes, as the system counts it.</summary>
    public long PeakMemory()
    {
        process.Refresh();
        return process.PeakWorkingSet64;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient();
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < TimeSpan.FromSeconds(60) && !process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Address, "/health/live"));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(50);
        }
        throw new InvalidOperationException($"The server did not start.\n{Said}");
    }

    private void Keep(string? line)
    {
        lock (output)
            output.Add(line ?? "");
        RunLogs.WritePrinted(line);
    }
}
