using System.Globalization;
using Ascent.Accounts.Many;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.CreateUsers;

/// <summary>The boxes of one page of a list. They decide for the rows and leavers of that page; those of other pages stay as they were.</summary>
public sealed class Ticks
{
    [FromForm(Name = "rows")]
    public int[] Rows { get; set; } = [];

    [FromForm(Name = "shown")]
    public int[] Shown { get; set; } = [];

    [FromForm(Name = "leavers")]
    public Guid[] Leavers { get; set; } = [];

    /// <summary>Everybody on the page who is in the school, with the version that was shown.</summary>
    [FromForm(Name = "seen")]
    public string[] Seen { get; set; } = [];

    [FromForm(Name = "shownleavers")]
    public Guid[] ShownLeavers { get; set; } = [];

    /// <summary>The templates of the rows as the page has shown them.</summary>
    [FromForm(Name = "templates")]
    public string? Templates { get; set; }

    public CreateUsersAnswers Into(CreateUsersAnswers answers)
    {
        var known = answers.Rows.Select(r => r.Number).ToHashSet();
        var seen = new Dictionary<Guid, int>(answers.Seen);
        foreach (var parts in Seen.Select(s => s.Split(' ')))
            if (parts.Length == 2 && Guid.TryParseExact(parts[0], "N", out var id) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                seen[id] = version;
        return answers with
        {
            Chosen = [.. answers.Chosen.Except(Shown).Concat(Rows.Intersect(Shown)).Where(known.Contains)],
            Leavers = answers.IsWholeStaff ? [.. answers.Leavers.Except(ShownLeavers).Concat(Leavers.Intersect(ShownLeavers))] : [],
            TemplatesSeen = Templates ?? "",
            Seen = answers.IsWholeStaff ? seen : [],
        };
    }
}
