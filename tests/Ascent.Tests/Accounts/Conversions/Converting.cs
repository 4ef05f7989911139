using System.Globalization;
using System.Reflection;
using Ascent.Accounts.Conversions;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Conversions;

/// <summary>What the tests of conversions have in common.</summary>
internal static class Converting
{
    public static async Task<ConversionPreview> PreviewAsync(this AscentHost host, School old, School now) =>
        (await host.Get<PreviewConversion>().ExecuteAsync(new(old.Code, now.Code), Actor.Operator, CancellationToken.None)).Value;

    /// <summary>Looks first, and then does exactly that.</summary>
    public static async Task<Result<ConversionDone>> ConvertAsync(this AscentHost host, School old, School now) =>
        await host.Get<ConvertSchool>().ExecuteAsync(new(old.Code, now.Code, (await host.PreviewAsync(old, now)).Mark), Actor.Operator, CancellationToken.None);

    public static Task<Result<ConversionDone>> UndoAsync(this AscentHost host, School old, School now) =>
        host.Get<UndoConversion>().ExecuteAsync(new(old.Code, now.Code), Actor.Operator, CancellationToken.None);

    public static Task<Result<ConversionDone>> CommitAsync(this AscentHost host, School old, School now) =>
        host.Get<CommitConversion>().ExecuteAsync(new(old.Code, now.Code), Actor.Operator, CancellationToken.None);

    public static Task<School?> FindSchoolAsync(this AscentHost host, string urn) => host.ReadAsync(db => db.Set<School>().SingleOrDefaultAsync(s => s.Code == urn));

    /// <summary>Every row of the database as text, but for what any deed adds: entries, mails, and word to a worker.</summary>
    public static Task<List<string>> RowsAsync(AscentHost host, params string[] without) => host.ReadAsync(async db =>
    {
        var rows = new List<string>();
        foreach (var type in db.Model.GetEntityTypes().Where(t => t.BaseType is null && !without.Contains(t.GetTableName())).OrderBy(t => t.Name, StringComparer.Ordinal))
            foreach (var row in await (Task<List<object>>)AllMethod.MakeGenericMethod(type.ClrType).Invoke(null, [db])!)
                rows.Add($"{type.GetTableName()}: {string.Join(" | ", db.Entry(row).Properties.Where(p => p.Metadata.Name != "Version").Select(p => $"{p.Metadata.Name}={Text(p.CurrentValue)}"))}");
        rows.Sort(StringComparer.Ordinal);
        return rows;
    });

    /// <summary>What every deed adds, and the list of conversions itself.</summary>
    public static readonly string[] Traces = ["audit_entries", "audit_details", "outbox_mails", "reports_due", "conversions"];

    private static string? Text(object? value) => value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static readonly MethodInfo AllMethod = typeof(Converting).GetMethod(nameof(AllAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static Task<List<object>> AllAsync<T>(AppDb db) where T : class => db.Set<T>().ToListAsync<object>();
}
