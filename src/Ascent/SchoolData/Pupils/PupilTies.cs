using System.Reflection;
using Ascent.Persistence;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ascent.SchoolData.Pupils;

/// <param name="Words">With the number: "3 former UPNs".</param>
public sealed record PupilTie(string Words, int Count);

/// <summary>
/// What hangs on pupils, found in the model of the database: a table that points at pupils is counted when they are deleted, and goes with them,
/// without being named here.
/// </summary>
internal static class PupilTies
{
    // How a table is called that people are told of; the others go by their own name.
    private static readonly Dictionary<string, (string One, string Many)> Words = new(StringComparer.Ordinal)
    {
        ["former_upns"] = ("former UPN", "former UPNs"),
        ["pupil_changes"] = ("entry of their history", "entries of their history"),
        ["results"] = ("result", "results"),
        ["attendance_totals"] = ("year of attendance", "years of attendance"),
        ["former_schools"] = ("former school", "former schools"),
        ["class_pupils"] = ("place in a class", "places in classes"),
        ["subject_enrolments"] = ("subject", "subjects"),
        ["report_what_if_pupils"] = ("place in a What-if view", "places in What-if views"),
    };

    private static readonly MethodInfo RowsMethod = typeof(PupilTies).GetMethod(nameof(Rows), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>How many rows of each table hang on these pupils; tables with none are left out.</summary>
    public static async Task<IReadOnlyList<PupilTie>> CountTiesAsync(this AppDb db, IQueryable<Guid> pupils, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in Keys(db))
            if (await Of(db, key, pupils).CountAsync(cancellationToken) is > 0 and var count)
                counts[key.DeclaringEntityType.GetTableName()!] = counts.GetValueOrDefault(key.DeclaringEntityType.GetTableName()!) + count;
        return [.. counts.Select(c => new PupilTie(InWords(c.Key, c.Value), c.Value))];
    }

    public static async Task DeleteTiesAsync(this AppDb db, Guid pupilId, CancellationToken cancellationToken)
    {
        var pupil = db.Set<Pupil>().Where(p => p.Id == pupilId).Select(p => p.Id);
        foreach (var key in Keys(db))
            await Of(db, key, pupil).ExecuteDeleteAsync(cancellationToken);
    }

    private static string InWords(string table, int count) => Words.TryGetValue(table, out var words)
        ? Shared.Text.InWords.Count(count, words.One, words.Many)
        : Shared.Text.InWords.Count(count, "entry", "entries") + $" of {table.Replace('_', ' ')}";

    private static IEnumerable<IForeignKey> Keys(AppDb db) => db.Model.FindEntityType(typeof(Pupil))!.GetReferencingForeignKeys().Where(k => k.IsRequired);

    private static IQueryable<object> Of(AppDb db, IForeignKey key, IQueryable<Guid> pupils)
    {
        var place = key.PrincipalKey.Properties.Select(p => p.Name).ToList().IndexOf(nameof(Pupil.Id));
        return (IQueryable<object>)RowsMethod.MakeGenericMethod(key.DeclaringEntityType.ClrType).Invoke(null, [db, key.Properties[place].Name, pupils])!;
    }

    private static IQueryable<T> Rows<T>(AppDb db, string pupilId, IQueryable<Guid> pupils) where T : class =>
        db.Set<T>().Where(r => pupils.Contains(EF.Property<Guid>(r, pupilId)));
}
