using Ascent.Accounts.Templates;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Many;

/// <summary>A template as the rows of a list name it.</summary>
/// <param name="Bits">What it can give in this school, as <see cref="PermissionSet.Bits"/>.</param>
public sealed record NamedSet(Guid Id, string Name, long Bits, int Version);

/// <summary>The templates that the rows of a list may name.</summary>
public sealed record SchoolTemplates(IReadOnlyList<NamedSet> All)
{
    private const int MostNear = 3;

    public static SchoolTemplates None { get; } = new([]);

    /// <summary>Names are the same when the school could not have both.</summary>
    public NamedSet? Find(string typed)
    {
        var key = AccessTemplate.KeyOf(typed);
        return All.FirstOrDefault(t => AccessTemplate.KeyOf(t.Name) == key);
    }

    /// <summary>Those whose names are most like what was typed, the nearest first; the first few of all when none is like it.</summary>
    public IReadOnlyList<string> Near(string typed)
    {
        var key = AccessTemplate.KeyOf(typed);
        var like = All.Select(t => (t.Name, Away: Distance(key, AccessTemplate.KeyOf(t.Name)))).Where(t => t.Away <= Math.Max(2, key.Length / 2)).OrderBy(t => t.Away).ThenBy(t => t.Name, StringComparer.Ordinal).ToArray();
        return [.. (like.Length > 0 ? like.Select(t => t.Name) : All.Select(t => t.Name)).Take(MostNear)];
    }

    /// <summary>Which of them are used, and as what: when it is the same later, the rows mean the same.</summary>
    public static string Fingerprint(IEnumerable<NamedSet?> used) =>
        string.Join(' ', used.OfType<NamedSet>().DistinctBy(t => t.Id).OrderBy(t => t.Id).Select(t => FormattableString.Invariant($"{t.Id:N}.{t.Version}")));

    /// <summary>How many letters have to be put in, taken out or changed. Both are short: a cell, and a name.</summary>
    private static int Distance(string one, string other)
    {
        // A cell may be longer than any name; what is beyond it only adds to the distance.
        var (from, to) = (one[..Math.Min(one.Length, AccessTemplate.LongestStored)], other[..Math.Min(other.Length, AccessTemplate.LongestStored)]);
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, left) = (row[0], row[0] = i);
            for (var j = 1; j <= to.Length; j++)
            {
                left = Math.Min(Math.Min(left, row[j]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], left);
            }
        }
        return row[to.Length];
    }
}

internal static class TemplatesOfSchool
{
    public static async Task<SchoolTemplates> SchoolTemplatesAsync(this AppDb db, bool hasTracking, CancellationToken cancellationToken) =>
        new((await db.Set<AccessTemplate>().AsNoTracking().OrderBy(t => t.NameKey).ToListAsync(cancellationToken))
            .ConvertAll(t => new NamedSet(t.Id, t.Name, t.Permissions.GivenIn(hasTracking).Bits, t.Version)));
}

public sealed record UnknownTemplate(string Typed, IReadOnlyList<string> Near)
    : Refusal("template-unknown", $"“{StaffRow.Quote(Typed)}” is no template of this school{(Near.Count == 0 ? ", which has none yet" : $": {InWords.List(Near.Select(n => $"“{n}”"), "or")}?")}", RefusalKind.Field, StaffColumns.AccessTemplate);

/// <summary>Nothing was done: a template means something else than what the page showed.</summary>
public sealed record TemplatesChanged()
    : Refusal("templates-changed", "Nobody was created: a template that rows name has been changed meanwhile. Look at the access of the rows as it would be now, then confirm again", RefusalKind.Conflict);
