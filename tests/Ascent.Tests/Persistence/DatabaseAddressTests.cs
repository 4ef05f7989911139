using Ascent.Persistence;
using Xunit;

namespace Ascent.Tests.Persistence;

public class DatabaseAddressTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Parse_NotSet_IsSqliteInTheDataFolder(string? setting) =>
        Assert.Equal(new DatabaseAddress.Sqlite(Path.Combine("data", "ascent.db")), DatabaseAddress.Parse(setting, "data"));

    [Fact]
    public void Parse_Postgres_ReadsEveryPart()
    {
        var text = Assert.IsType<DatabaseAddress.Postgres>(DatabaseAddress.Parse("postgres://us%40er:pa%2Fss@db.example:6432/my%5Fname?sslmode=verify-full&pool=30", "data")).ConnectionString;

        foreach (var part in (string[])["Host=db.example", "Port=6432", "Database=my_name", "Username=us@er", "Password=pa/ss", "SSL Mode=VerifyFull", "Maximum Pool Size=30"])
            Assert.Contains(part, text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("ascent.db", "postgres://")]
    [InlineData("mysql://u:secret@h/n", "postgres://")]
    [InlineData("postgres://u:secret@h", "postgres://")]
    [InlineData("postgres://u:secret@h/n?sslmode=always", "sslmode")]
    [InlineData("postgres://u:secret@h/n?sslmode=77", "sslmode")]
    [InlineData("postgres://u:secret@h/n?pool=many", "pool")]
    [InlineData("postgres://u:secret@h/n?pool=99999999999", "pool")]
    public void Parse_Unreadable_SaysWhatIsWrongWithoutThePassword(string setting, string expected)
    {
        var refused = Assert.Throws<FormatException>(() => DatabaseAddress.Parse(setting, "data"));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }
}
