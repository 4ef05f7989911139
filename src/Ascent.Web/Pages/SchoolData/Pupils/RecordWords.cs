using Ascent.SchoolData.Results;
using Ascent.Shared.Text;

namespace Ascent.Web.Pages.SchoolData.Pupils;

internal static class RecordWords
{
    /// <summary>"999/2999, 1 September 2020 to 12 July 2024": the line under the name of a former school.</summary>
    public static string Of(FormerSchoolLine school)
    {
        var number = school is { Number.Length: > 3, Name.Length: > 0 } ? $"{school.Number[..3]}/{school.Number[3..]}, " : "";
        var days = (school.FirstDay, school.LastDay) switch
        {
            ({ } from, { } to) => $"{InWords.Date(from)} to {InWords.Date(to)}",
            ({ } from, null) => $"from {InWords.Date(from)}",
            (null, { } to) => $"to {InWords.Date(to)}",
            _ => "days not known",
        };
        return InWords.Capital(number + days);
    }
}
