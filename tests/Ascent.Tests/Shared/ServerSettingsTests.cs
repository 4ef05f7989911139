using Ascent.Shared;
using Xunit;

namespace Ascent.Tests.Shared;

public class ServerSettingsTests
{
    [Fact]
    public void Read_NothingSet_TakesTheDefaults()
    {
        var settings = ServerSettings.Read(_ => null, null, null);

        Assert.Equal((Path.GetFullPath("data"), "http://localhost:5080/", "Ascent <no-reply@localhost>"), (settings.DataFolder, settings.PublicAddress.AbsoluteUri, settings.MailFrom));
        Assert.Equal((null, null, null), (settings.Database, settings.MasterKey, settings.Smtp));
    }

    [Fact]
    public void Read_EverythingSet_TakesIt()
    {
        var settings = Read(
            ("ASCENT_DATA", "/srv/ascent"), ("ASCENT_DATABASE", "postgres://u@h/n"), ("ASCENT_MASTER_KEY", "key"), ("ASCENT_SMTP", "smtp://mail.example"),
            ("ASCENT_MAIL_FROM", "Ascent <ascent@school.example>"), ("ASCENT_PUBLIC_ADDRESS", "https://school.example/ascent"));

        Assert.Equal((Path.GetFullPath("/srv/ascent"), "postgres://u@h/n", "key", "smtp://mail.example"), (settings.DataFolder, settings.Database, settings.MasterKey, settings.Smtp));
        Assert.Equal(("Ascent <ascent@school.example>", "https://school.example/ascent/sign-up/x"), (settings.MailFrom, settings.Address("sign-up/x").AbsoluteUri));
    }

    [Fact]
    public void Read_DataFolderOnTheCommandLine_GoesBeforeTheEnvironment() =>
        Assert.Equal(Path.GetFullPath("here"), ServerSettings.Read(_ => null, "here", null).DataFolder);

    [Fact]
    public void Read_PublicAddressGivenAndSet_TakesTheSetting() =>
        Assert.Equal("https://set.example/", ServerSettings.Read(name => name == "ASCENT_PUBLIC_ADDRESS" ? "https://set.example" : null, null, "http://localhost:1").PublicAddress.AbsoluteUri);

    [Theory]
    [InlineData("ascent.example.org")]
    [InlineData("ftp://ascent.example.org")]
    [InlineData("https://user:secret@ascent.example.org")]
    [InlineData("https://ascent.example.org/?a=b")]
    [InlineData("https://ascent.example.org/#top")]
    [InlineData("mailto:a@b.example")]
    public void Read_AddressThatNoLinkCanBeginWith_IsRefusedWithoutRepeatingIt(string address)
    {
        var refused = Assert.Throws<FormatException>(() => Read(("ASCENT_PUBLIC_ADDRESS", address)));

        Assert.Equal("ASCENT_PUBLIC_ADDRESS has to look like https://ascent.example.org.", refused.Message);
    }

    [Fact]
    public void Read_MailServerWithoutPublicAddress_IsRefused() =>
        Assert.Contains("lead to localhost", Assert.Throws<FormatException>(() => Read(("ASCENT_SMTP", "smtp://m.example"), ("ASCENT_MAIL_FROM", "a@b.example"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_MailServerWithoutSender_IsRefused() =>
        Assert.Contains("ASCENT_MAIL_FROM", Assert.Throws<FormatException>(() => Read(("ASCENT_SMTP", "smtp://m.example"), ("ASCENT_PUBLIC_ADDRESS", "https://a.example"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_SenderThatIsNoAddress_IsRefused() =>
        Assert.Contains("ASCENT_MAIL_FROM", Assert.Throws<FormatException>(() => Read(("ASCENT_MAIL_FROM", "Ascent <"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_Proxies_AreAddressesAndNetworks()
    {
        Assert.Equal(["10.0.0.5/32", "10.1.0.0/16", "2001:db8::/32"], Read(("ASCENT_PROXIES", " 10.0.0.5,10.1.0.0/16 , 2001:db8::/32,")).Proxies.Select(p => p.ToString()));
        foreach (var wrong in (string[])["proxy.example", "10.0.0.0/33", "10.0.0.5;10.0.0.6", "*"])
            Assert.Contains("ASCENT_PROXIES", Assert.Throws<FormatException>(() => Read(("ASCENT_PROXIES", wrong))).Message, StringComparison.Ordinal);
    }

    private static ServerSettings Read(params (string Name, string Value)[] set)
    {
        var values = set.ToDictionary(s => s.Name, s => s.Value);
        return ServerSettings.Read(values.GetValueOrDefault, null, null);
    }
}
