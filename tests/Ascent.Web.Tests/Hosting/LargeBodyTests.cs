using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Ascent.TestSupport.Web;
using Ascent.TestSupport;

namespace Ascent.Web.Tests.Hosting;

/// <summary>The real server on a port of this machine: what is larger than any form of ours is not read to its end.</summary>
public sealed class LargeBodyTests
{
    private const int Most = 100 * 1024 * 1024;

    [Theory]
    [InlineData("/sign-in", 413)]
    [InlineData("/forgotten", 413)]
    [InlineData("/sign-out", 413)]
    [InlineData("/sign-up/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 413)]
    [InlineData("/set-up/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/schools/register", 413)]
    [InlineData("/profile/name", 401)]
    [Asvs("5.2.1", "A request is read up to its limit and no further.")]
    [Asvs("15.2.2", "A request is read up to its limit and no further.")]
    public async Task Post_EndlessForm_IsRefusedAfterAMegabyte(string path, int status)
    {
        await using var factory = await AscentFactory.StartAsync();
        factory.UseKestrel(0);
        using var client = factory.CreateClient();

        var (sent, answer) = await SendAsync(client.BaseAddress!, path);

        Assert.Equal($"HTTP/1.1 {status}", answer[..12]);
        // What lies in the buffers of the two sockets was sent and not read.
        Assert.InRange(sent, 1024 * 1024, 20 * 1024 * 1024);
        Assert.Empty(factory.Logs.Errors);
    }

    /// <summary>Sends a form of many large fields without end until the server answers or hangs up.</summary>
    private static async Task<(int Sent, string Answer)> SendAsync(Uri server, string path)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na=\r\n"));
        var data = "&a=" + new string('x', 65_533);
        var chunk = Encoding.ASCII.GetBytes(data.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n" + data + "\r\n");
        var sent = 0;
        try
        {
            for (; sent < Most && !stream.DataAvailable; sent += data.Length)
                await stream.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // The server has hung up; what it said before that can still be read.
        }
        var answer = new byte[12];
        await stream.ReadExactlyAsync(answer);
        return (sent, Encoding.ASCII.GetString(answer));
    }
}
