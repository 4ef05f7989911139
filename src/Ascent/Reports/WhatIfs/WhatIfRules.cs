using Ascent.Shared;
using Ascent.Shared.Text;

namespace Ascent.Reports.WhatIfs;

/// <summary>What a view may be called, and what stands wherever its figures do.</summary>
public static class WhatIfRules
{
    /// <summary>The sentence that keeps it from being taken for the real one: on the page, on paper, in every row of a file.</summary>
    public static string Sentence(string name) => $"What-if: {name}{(name[^1] is '.' or '!' or '?' ? "" : ".")} Not the school’s results.";

    /// <summary>The name of a view to which nobody gave another.</summary>
    public static string DefaultName(int leftOut) => leftOut == 0 ? "Nobody left out" : $"Without {InWords.Count(leftOut, "pupil", "pupils")}";

    /// <returns>An empty name where nothing is typed.</returns>
    public static Result<string> ReadName(string? typed)
    {
        var name = PlainText.Tidy(typed);
        if (PlainText.HasForbiddenCharacter(name))
            return new WhatIfNameRefusal("The name has a hidden or control character in it: type it again by hand");
        return PlainText.Length(name) > WhatIf.LongestName || name.Length > WhatIf.LongestStored
            ? new WhatIfNameRefusal($"The name must be {WhatIf.LongestName} characters or fewer")
            : name;
    }
}

public sealed record WhatIfNameRefusal(string Message) : Refusal("what-if-name", Message, RefusalKind.Field, "ViewName");

public sealed record NobodyLeftOut() : Refusal("what-if-nobody", "Tick at least one pupil to leave out", RefusalKind.Field, "pupils");

public sealed record TooManyWhatIfs()
    : Refusal("what-ifs-full", $"You have {WhatIf.Most} What-if views, and that is the most. Delete one that you do not need any more", RefusalKind.Refused, "ViewName");
