using Ascent.Cli.Tests.Accounts;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Ascent.Cli.Tests.Persistence;

public class RestoreTests
{
    // A copy of the file from before the erasure is put back; whichever command comes first, it does not find the person any more.
    [Theory]
    [InlineData("users", "list", "--school", "900101", "--json")]
    [InlineData("database", "migrate")]
    public async Task Command_OnACopyFromBeforeAnErasure_ErasesAgainAndSaysSo(params string[] typed)
    {
        await using var person = await UsersTests.WithHolderAsync();
        await person.RunAsync("users", "create", "--school", "900101", "--forename", "Una", "--surname", "Gone", "--email", "una.gone@school.example", "--role", "Teacher");
        await person.RunAsync("audit", "seal");
        var copy = Copy(person);
        await person.RunAsync("users", "delete", "una.gone@school.example", "--school", "900101", "--yes");
        var receipt = (await person.RunAsync("accounts", "erase", "una.gone@school.example", "--yes", "--json")).Json.GetProperty("receipt").GetString();
        await person.RunAsync("audit", "seal");
        await person.RunAsync("audit", "heads");
        copy();

        var ran = await person.RunAsync(typed);

        Assert.Equal(ExitCode.Done, ran.Code);
        Assert.Contains("An older copy of the database was put in its place: 2 chains of the log were longer once and say so now, 1 people were erased again", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("una.gone", ran.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", (await person.RunAsync("users", "list", "--school", "900101")).Error);
        await person.RunAsync("audit", "seal");
        var verified = await person.RunAsync("audit", "verify", "--heads", Assert.Single(Directory.GetFiles(Path.Combine(person.Folder, "heads"))));
        Assert.Equal((ExitCode.Done, ""), (verified.Code, verified.Error));
        Assert.Contains($"receipt {receipt}", verified.Output, StringComparison.Ordinal);
        Assert.Contains("an older copy of the database was put back", verified.Output, StringComparison.Ordinal);
    }

    /// <returns>Puts the copy back.</returns>
    private static Action Copy(Operator person)
    {
        var (file, copy) = (Path.Combine(person.Folder, "ascent.db"), Path.Combine(person.Folder, "copy.backup"));
        void Close()
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true }.ConnectionString);
            SqliteConnection.ClearPool(connection);
        }
        Close();
        File.Copy(file, copy);
        return () =>
        {
            Close();
            foreach (var left in Directory.GetFiles(person.Folder, "ascent.db-*"))
                File.Delete(left);
            File.Copy(copy, file, overwrite: true);
        };
    }
}
