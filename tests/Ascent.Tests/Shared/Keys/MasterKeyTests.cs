using Ascent.Shared.Keys;
using Ascent.TestSupport;

namespace Ascent.Tests.Shared.Keys;

public sealed class MasterKeyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ascent-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Asvs("13.2.3", "The master key is made at random when there is none; there is no default.")]
    [Asvs("13.3.2", "The master key is readable by its owner only.")]
    public void Load_NoKeyYet_MakesOneThatOnlyItsOwnerReads()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes");
            return;
        }

        MasterKey.Load(null, folder);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(MasterKey.FileIn(folder)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(MasterKey.FileIn(folder))!));
        Assert.Equal(32, Convert.FromBase64String(File.ReadAllText(MasterKey.FileIn(folder)).Trim()).Length);
    }

    [Fact]
    public void Load_ManyAtOnce_AllHaveTheSameKey()
    {
        var keys = Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(16).Select(_ => Convert.ToHexString(MasterKey.Load(null, folder).Derive("test"))).ToArray();

        Assert.Single(keys.Distinct());
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(MasterKey.FileIn(folder))!)); // no halves are left over
    }

    [Fact]
    [Asvs("11.2.3", "Every purpose has a key of its own of 256 bits.")]
    public void Derive_Purposes_GiveKeysOfTheirOwnAndAlwaysTheSame()
    {
        var key = MasterKey.Of(new byte[32]);

        Assert.Equal(32, key.Derive("one").Length);
        Assert.Equal(key.Derive("one"), MasterKey.Of(new byte[32]).Derive("one"));
        Assert.NotEqual(key.Derive("one"), key.Derive("two"));
        Assert.NotEqual(key.Derive("one"), MasterKey.Of([1, .. new byte[31]]).Derive("one"));
    }

    [Fact]
    public void Load_Setting_StandsOverTheFile()
    {
        MasterKey.Load(null, folder);
        var setting = Convert.ToBase64String(new byte[32]);

        Assert.Equal(MasterKey.Of(new byte[32]).Derive("test"), MasterKey.Load($" {setting}\n", folder).Derive("test"));
    }

    [Theory]
    [InlineData("not base 64, but a secret")]
    [InlineData("c2hvcnQ=")]
    [InlineData("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OQ==")]
    public void Load_NoKey_SaysSoWithoutRepeatingIt(string text)
    {
        var exception = Assert.Throws<FormatException>(() => MasterKey.Load(text, folder));
        Assert.DoesNotContain(text, exception.Message, StringComparison.Ordinal);

        Directory.CreateDirectory(Path.GetDirectoryName(MasterKey.FileIn(folder))!);
        File.WriteAllText(MasterKey.FileIn(folder), text);
        exception = Assert.Throws<FormatException>(() => MasterKey.Load(null, folder));
        Assert.DoesNotContain(text, exception.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(MasterKey.FileIn(folder))); // never overwritten: it may be the key with a slip in it
    }
}
