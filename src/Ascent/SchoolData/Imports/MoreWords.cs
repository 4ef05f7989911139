using Ascent.SchoolData.Results;
using Ascent.Shared.Text;

namespace Ascent.SchoolData.Imports;

/// <summary>What a file brings beside the fields of a pupil, in words.</summary>
internal static class MoreWords
{
    public static string Of(RecordDifference difference)
    {
        (RecordCount Count, string One, string Many)[] sorts =
            [(difference.Results, "result", "results"), (difference.Attendance, "year of attendance", "years of attendance"), (difference.FormerSchools, "former school", "former schools")];
        return string.Join(", ", sorts.SelectMany(s => ((string?[])
        [
            s.Count.New > 0 ? InWords.Count(s.Count.New, $"new {s.One}", $"new {s.Many}") : null,
            s.Count.Changed > 0 ? $"{InWords.Count(s.Count.Changed, s.One, s.Many)} with another value" : null,
        ]).OfType<string>()));
    }
}
