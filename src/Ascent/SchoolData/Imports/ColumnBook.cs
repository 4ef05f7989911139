using Ascent.Shared;

namespace Ascent.SchoolData.Imports;

/// <summary>What somebody can say that a column is.</summary>
/// <param name="Group">Of the list in which it is chosen; empty for a short list.</param>
public sealed record ColumnChoice(string Name, string Heading, string Group);

/// <summary>The columns that one sort of table can have, and the headings by which they are known.</summary>
public abstract class ColumnBook
{
    public static ColumnBook Of(ImportFormat format) => format == ImportFormat.Results ? ResultsColumns.Book : RollColumns.Book;

    public abstract IReadOnlyList<ColumnChoice> Choices { get; }

    /// <summary>What a heading means by itself: the name of a column, empty for one that is known and not read; null when nobody knows.</summary>
    public abstract string? Find(string heading);

    /// <summary>Under what a heading is remembered for the next file.</summary>
    public abstract string KeyOf(string heading);

    /// <summary>Why a table with these columns cannot be read; null when it can.</summary>
    public abstract ColumnsRefused? WhyNot(IReadOnlyList<string> names);

    /// <summary>Of the column with this name, in our own template.</summary>
    public virtual string HeadingOf(string name) => Choices.FirstOrDefault(c => c.Name == name)?.Heading ?? name;

    /// <summary>The name, if there is such a column.</summary>
    public virtual string? Known(string? name) => Choices.FirstOrDefault(c => c.Name == name)?.Name;

    /// <summary>The headings of columns that two places claim.</summary>
    protected IReadOnlyList<string> Twice(IReadOnlyList<string> names) =>
        [.. names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => HeadingOf(g.Key))];
}

/// <summary>What every column of one table is.</summary>
/// <param name="Headings">As they stand in the file.</param>
/// <param name="Names">By place; null for what is not read.</param>
/// <param name="Unknown">Places of headings that nobody has explained yet.</param>
public sealed record ColumnMap(ColumnBook Book, IReadOnlyList<string> Headings, IReadOnlyList<string?> Names, IReadOnlyList<int> Unknown)
{
    public ColumnsRefused? WhyNot => Book.WhyNot([.. Names.OfType<string>()]);

    /// <summary>Nobody has to be asked.</summary>
    public bool IsComplete => Unknown.Count == 0 && WhyNot is null;

    /// <summary>As it is kept with the import.</summary>
    public string Text => string.Join('|', Names);

    /// <param name="remembered">By heading key: the name of a column, or nothing for one that is not read.</param>
    public static ColumnMap Of(ColumnBook book, IReadOnlyList<string> headings, IReadOnlyDictionary<string, string> remembered)
    {
        var names = new string?[headings.Count];
        var unknown = new List<int>();
        for (var i = 0; i < headings.Count; i++)
        {
            if (RollColumns.KeyOf(headings[i]).Length == 0)
                continue;
            if (remembered.TryGetValue(book.KeyOf(headings[i]), out var name))
                names[i] = book.Known(name);
            else if (book.Find(headings[i]) is { } known)
                names[i] = known.Length == 0 ? null : known;
            else
                unknown.Add(i);
        }
        return new(book, headings, names, unknown);
    }

    public static IReadOnlyList<string?> Read(string text) => [.. text.Split('|').Select(n => n.Length == 0 ? null : n)];
}
