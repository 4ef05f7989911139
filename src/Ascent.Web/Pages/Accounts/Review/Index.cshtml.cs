using System.Globalization;
using Ascent.Accounts;
using Ascent.Accounts.Reviews;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.Accounts.ManageUsers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.Review;

/// <summary>Everybody with access, on one page: keep, edit or deactivate. Nothing is decided for anybody who is not on the screen.</summary>
public sealed class IndexModel(ReadAccessReview readReview, ConfirmMemberships confirmMemberships, SetReviewRhythm setRhythm, FindUser findUser, TimeProvider clock) : PageModel
{
    [BindProperty]
    public ReviewRhythm? Rhythm { get; set; }

    public SchoolAccess School => HttpContext.School();

    public ReviewView View => ReviewView.Read(Request.Query);

    public ReviewPage List { get; private set; } = null!;

    /// <summary>From the first of several who stand together with the same job role and access: all of them.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<ReviewRow>> Alikes { get; private set; } = null!;

    public ReviewNotice? Notice { get; private set; }

    public DateTime Now { get; private set; }

    private string Address => AccountLinks.AccessReview(School.Home);

    public async Task OnGetAsync()
    {
        await ReadAsync();
        Rhythm = List.Rhythm;
        Notice = await NoticeAsync();
    }

    /// <param name="one">The row whose button was pressed.</param>
    /// <param name="alike">The rows that stand together and were pressed as one.</param>
    /// <param name="ids">The rows that were ticked.</param>
    public async Task<IActionResult> OnPostConfirmAsync(string? one, string? alike, string[] ids)
    {
        var given = one is not null ? [one] : alike is not null ? alike.Split(' ') : ids;
        if (given.Length == 0)
            return await AgainAsync([new PendingUsers.NobodyTicked()]);
        var seen = given.Select(ReviewSeen.Read).ToList();
        if (seen.Contains(null))
            return NotFound();
        var confirmed = await confirmMemberships.ExecuteAsync([.. seen.OfType<ReviewSeen>()], School.Actor, HttpContext.RequestAborted);
        if (!confirmed.Succeeded)
            return await AgainAsync(confirmed.Refusals);
        if (confirmed.Value is { LeftOut.Count: 0 } all)
            return Redirect(View.In($"{Address}?confirmed={all.Done}&already={all.Already}"));
        // Some are done, and why the others are not stands above the list, which shows them as they are now.
        var again = await AgainAsync(confirmed.Value.LeftOut);
        if (confirmed.Value.Done > 0)
            Notice = ReviewNotice.Confirmed(confirmed.Value.Done, confirmed.Value.Already, List.Open);
        return again;
    }

    public async Task<IActionResult> OnPostRhythmAsync()
    {
        // What is none of the choices is told in the rule's words, not the framework's.
        ModelState.Remove(nameof(Rhythm));
        var set = await setRhythm.ExecuteAsync(Rhythm, School.Actor, HttpContext.RequestAborted);
        return set.Succeeded ? Redirect($"{Address}?set=1") : await AgainAsync(set.Refusals);
    }

    /// <summary>Stands over the rows of one kind of risk.</summary>
    public static string Heading(ReviewRank rank) => rank switch
    {
        ReviewRank.SchoolSetup => "School setup: they create and change everybody’s access",
        ReviewRank.PupilNames => "Pupils’ names: they see single pupils and sensitive items",
        _ => "Everybody else",
    };

    /// <summary>The review in another view.</summary>
    public string Href(ReviewView view) => view.In(Address);

    /// <summary>What a button of the list posts to; the list stays as it is.</summary>
    public string Handler(string name) => View.In($"{Address}?handler={name}");

    public string EditHref(ReviewRow row) => row.IsPending ? AccountLinks.EditPendingUser(School.Home, row.MembershipId) : FromReview(AccountLinks.EditUser(School.Home, row.MembershipId));

    /// <summary>Whoever has not signed up yet is taken back in place of being closed.</summary>
    public string EndHref(ReviewRow row) => row.IsPending ? AccountLinks.DeletePendingUser(School.Home, row.MembershipId) : FromReview(AccountLinks.UserDeed(School.Home, row.MembershipId, "deactivate"));

    private static string FromReview(string address) => new UsersView { FromReview = true }.In(address);

    private async Task<IActionResult> AgainAsync(IReadOnlyList<Refusal> refusals)
    {
        await ReadAsync();
        Rhythm ??= List.Rhythm;
        return this.Refused(refusals);
    }

    private async Task ReadAsync()
    {
        Now = clock.Now();
        List = await readReview.ExecuteAsync(School.Actor, View.Query, HttpContext.RequestAborted);
        Alikes = ReviewRow.Alikes(List.Rows);
    }

    private async Task<ReviewNotice?> NoticeAsync()
    {
        if (NumberOf("confirmed") + NumberOf("already") > 0)
            return ReviewNotice.Confirmed(NumberOf("confirmed"), NumberOf("already"), List.Open);
        if (NumberOf("set") > 0)
            return ReviewNotice.Set(List.Rhythm);
        return await NameAsync("changed") is { } changed ? ReviewNotice.Changed(changed)
            : await NameAsync("deactivated") is { } deactivated ? ReviewNotice.Deactivated(deactivated)
            : null;
    }

    private async Task<string?> NameAsync(string what) =>
        Guid.TryParseExact(Request.Query[what], "N", out var id) && await findUser.ExecuteAsync(id, School.Actor, HttpContext.RequestAborted) is { Succeeded: true } found ? found.Value.Person.FullName : null;

    private int NumberOf(string what) => int.TryParse(Request.Query[what], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
