using System.Globalization;
using Ascent.Accounts.Operators;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.SignIn;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Operator;

/// <summary>How the server fares, in counts.</summary>
public sealed class IndexModel(ReadServerOverview readServerOverview, ListOperatorNotices listNotices, PutNoticeAway putAway, ListErasureWishes listWishes, ServerSettings settings, TimeProvider clock) : PageModel
{
    // Entries are sealed within seconds; one that waits this long says that no sealer works.
    private static readonly TimeSpan SealingPatience = TimeSpan.FromMinutes(5);

    /// <summary>More are counted and not listed.</summary>
    public const int MostWishes = 10;

    public ServerOverview Overview { get; private set; } = null!;

    public IReadOnlyList<NoticeForOperator> Notices { get; private set; } = [];

    /// <summary>Who asked to be erased, the longest ago first; their names are for the command line.</summary>
    public IReadOnlyList<ErasureWish> Wishes { get; private set; } = [];

    public DateTime Now { get; private set; }

    public string Version => FrameBuilder.Version;

    public string MailPlace => settings.MailPlace;

    public bool SealingIsBehind => Overview.Audit.UnsealedSince is { } since && Now - since > SealingPatience;

    public async Task OnGetAsync()
    {
        Now = clock.Now();
        Overview = await readServerOverview.ExecuteAsync(HttpContext.RequestAborted);
        Wishes = await listWishes.ExecuteAsync(HttpContext.RequestAborted);
        Notices = await listNotices.ExecuteAsync(HttpContext.RequestAborted);
    }

    public async Task<IActionResult> OnPostSeenAsync(Guid id)
    {
        await putAway.ExecuteAsync(id, HttpContext.RequestAborted);
        return Redirect(OperatorLinks.Overview);
    }

    /// <summary>The law gives one month from the day of the asking.</summary>
    public static DateOnly DueOn(ErasureWish wish) => LondonTime.DateOf(wish.AskedAt).AddMonths(1);

    public bool IsLate(ErasureWish wish) => DueOn(wish) < LondonTime.DateOf(Now);

    /// <summary>"today", "yesterday", "12 days ago".</summary>
    public string Age(ErasureWish wish) => (LondonTime.DateOf(Now).DayNumber - LondonTime.DateOf(wish.AskedAt).DayNumber) switch
    {
        0 => "today",
        1 => "yesterday",
        var days => $"{days} days ago",
    };

    public static string Words(NoticeForOperator notice)
    {
        var of = notice.Organisation switch
        {
            OrganisationKind.LocalAuthority => $"the local authority {notice.Name}",
            OrganisationKind.Trust => $"the academy trust {notice.Name}",
            _ => notice.Name,
        };
        return notice.Kind switch
        {
            OperatorNoticeKind.HolderMade => $"The only administrator of {of} made another one",
            OperatorNoticeKind.OwnAccessChanged => $"The only administrator of {of} changed their own access",
            OperatorNoticeKind.HolderFromAbove => $"An authority or trust created or changed an administrator of {of}",
            _ => $"The last administrator of {of} has not opened it for 13 months",
        };
    }

    /// <summary>"school", as the end of a sentence about where a notice comes from.</summary>
    public static string Sort(NoticeForOperator notice) => notice.Organisation switch
    {
        OrganisationKind.LocalAuthority => "authority",
        OrganisationKind.Trust => "trust",
        _ => "school",
    };

    /// <summary>"12.5 MB", in steps of 1,000 as disks are sold.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["bytes", "kB", "MB", "GB", "TB"];
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1000 && unit < units.Length - 1)
            (size, unit) = (size / 1000, unit + 1);
        return string.Create(CultureInfo.GetCultureInfo("en-GB"), $"{size:0.#} {units[unit]}");
    }
}
