using System.Globalization;

namespace Ascent.Shared;

/// <summary>The last row of a page, from which the next page goes on: a moment and, for rows of the same moment, an id.</summary>
public readonly record struct PageKey(DateTime At, Guid Id)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else, which then means the first page.</summary>
    public static PageKey? Read(string? text)
    {
        var parts = text?.Split('.');
        return parts?.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            && Guid.TryParseExact(parts[1], "N", out var id)
            ? new(new DateTime(ticks, DateTimeKind.Utc), id)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.Ticks}.{Id:N}");
}
