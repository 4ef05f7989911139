using System.Globalization;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Support;

/// <summary>Every row of every table as text, to see that something changed nothing at all.</summary>
public static class Tables
{
    public static async Task<IReadOnlyList<string>> DumpAsync(AscentFactory factory)
    {
        // The server's own workers must have nothing left to do between two dumps.
        await factory.Get<SendDueMail>().ExecuteAsync(CancellationToken.None);
        // The worker may have one in hand.
        for (var i = 0; i < 100 && await factory.Get<Database>().ReadAsync(OrganisationScope.Server, all => all.Set<OutboxMail>().AnyAsync(m => m.State == MailState.Waiting)); i++)
            await Task.Delay(20);
        await factory.Get<SealAudit>().ExecuteAsync(CancellationToken.None);
        await factory.Get<WriteHeads>().ExecuteAsync(CancellationToken.None);
        // The worker may have taken the day a moment ago, and is at it.
        while (await factory.Get<Database>().ReadAsync(OrganisationScope.Server, all => all.Set<ServerFact>().AnyAsync(f => f.Name == ServerFact.Heads && f.Value.Contains("taken"))))
            await Task.Delay(20);
        return await factory.Get<Database>().ReadAsync(OrganisationScope.Server, async db =>
        {
            var rows = new List<string>();
            foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct().Order(StringComparer.Ordinal))
                rows.AddRange((await RowsAsync(db, table)).Order(StringComparer.Ordinal));
            return rows;
        });
    }

    private static async Task<List<string>> RowsAsync(AppDb db, string table)
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add($"{table}: " + string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetName(i)}={Text(reader.GetValue(i))}")));
        return rows;
    }

    private static string? Text(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture);
}
