using Ascent.Mail;
using Ascent.TestSupport;

namespace Ascent.Tests.Mail;

public sealed class SendTestMailTests
{
    [Fact]
    public async Task ExecuteAsync_NoServer_LiesInTheFolder()
    {
        await using var host = await AscentHost.StartAsync();

        var sent = await host.Get<SendTestMail>().ExecuteAsync("me@home.example", CancellationToken.None);

        Assert.Equal($"the folder {Path.Combine(host.DataFolder, "mail")}", sent.Value.Where);
        var mail = Assert.Single(await host.Data.ReadMailAsync());
        Assert.Equal(("A test mail from Ascent", "me@home.example"), (mail.Subject, mail.To.Mailboxes.Single().Address));
    }

    [Theory]
    [InlineData("", "Enter an email address like name@school.example")]
    [InlineData("nobody", "Enter an email address like name@school.example")]
    [InlineData("refused@home.example", "The mail was not sent: the mail server refused it (550). Check the settings, then start the server again")]
    [InlineData("later@home.example", "The mail was not sent: the mail server said “not now” (451). Check the settings, then start the server again")]
    public async Task ExecuteAsync_Server_SaysHowItWent(string address, string expected)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var host = await AscentHost.StartAsync(settings: s => s with { Smtp = sink.Address, MailFrom = "Ascent <ascent@mail.example>" });

        Assert.Equal(expected, Assert.Single((await host.Get<SendTestMail>().ExecuteAsync(address, CancellationToken.None)).Refusals).Message);
        Assert.Equal($"the mail server 127.0.0.1:{sink.Port}", (await host.Get<SendTestMail>().ExecuteAsync("me@home.example", CancellationToken.None)).Value.Where);
    }

    [Fact]
    public async Task ExecuteAsync_ServerAway_SaysSoAndNamesNoPassword()
    {
        await using var host = await AscentHost.StartAsync(settings: s => s with { Smtp = "smtp://mailer:secret@127.0.0.1:1", MailFrom = "Ascent <ascent@mail.example>" });

        var refused = Assert.Single((await host.Get<SendTestMail>().ExecuteAsync("me@home.example", CancellationToken.None)).Refusals);

        Assert.StartsWith("The mail was not sent: the mail server cannot be reached.", refused.Message, StringComparison.Ordinal);
    }
}
