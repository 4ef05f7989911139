using System.Globalization;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Errors;

/// <summary>Every wrong turning in words: what happened, why, whom to ask, one way on. Shown in place of an empty answer.</summary>
[ResponseCache(NoStore = true)]
[IgnoreAntiforgeryToken]
public sealed class ErrorModel(ListAdministrators listAdministrators, ILogger<ErrorModel> log) : PageModel
{
    // Read by hand: where a form cannot be read, nothing is bound, and this page is what says so.
    public int Status => int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture);

    public WrongTurning Turning { get; private set; } = null!;

    /// <summary>A form that was sent after the session had ended.</summary>
    public LostPost? Lost => HttpContext.Features.Get<LostPost>();

    public Task OnGetAsync() => ShowAsync();

    // A post that was refused shows its page as a post.
    public Task OnPostAsync() => ShowAsync();

    private async Task ShowAsync()
    {
        var school = HttpContext.Features.Get<SchoolAccess>();
        var home = new WrongTurningAction("Go to Home", school is null ? HttpContext.Features.Get<BodyAccess>() is { } of ? $"/organisations/{of.Address}" : "/" : $"/schools/{school.Urn}");
        Turning = Status switch
        {
            401 => new(401, "You were signed out", ["You have been away for a while, so nothing was changed. Sign in, then go on."], [new("Sign in", "/sign-in")]),
            403 => await NotAllowedAsync(school, home),
            404 => new(404, "There is no such page",
                ["The address may be mistyped or old. It may also belong to another school: what is not yours looks the same as what is not there."], [home]),
            400 when await WasTooLargeAsync() => TooLarge(home),
            400 => new(400, "This page was open too long",
                ["What you sent could not be matched with this browser, so nothing was changed. That happens when a page stays open for a long time, or after signing out elsewhere."], [home]),
            410 when HttpContext.Features.Get<SchoolHasMoved>() is { Access: { AskedAs: { } old } now } => new(410, $"{old.Name} is now {now.Name}",
                [$"The school has become {now.Name}, with the URN {now.Urn}. Everything is there as it was: people, pupils, reports of all years. Only this address is old; keep the new one. Nothing that you sent last was saved."],
                [new($"Go to {now.Name}", $"/schools/{now.Urn}")]),
            410 => new(410, "Your school has just become another", ["It happened while you were at work, and what you sent last was not saved. Go on from Home: everything else is there as it was."], [new("Go to Home", "/")]),
            429 => new(429, "Too much at once", ["Wait a minute, then try again. Nothing was changed."], [home]),
            >= 500 => new(Status, "Something went wrong here",
                ["It is our fault, not yours, and it has been written down. What you sent last was not saved. Go back and try once more; if it happens again, tell whoever runs this server the reference."],
                [home], Reference()),
            _ => new(Status, "This did not work", ["Nothing was changed."], [home]),
        };
        Response.StatusCode = Turning.Number;
    }

    // A body that was refused for its size could not be read, and so held no token either: what comes here is the refusal of the token.
    private async Task<bool> WasTooLargeAsync()
    {
        if (!Request.HasFormContentType)
            return false;
        try
        {
            await Request.ReadFormAsync(HttpContext.RequestAborted);
            return false;
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode == StatusCodes.Status413PayloadTooLarge;
        }
        catch (InvalidDataException broken)
        {
            // One exception for a form that is over a limit and for one that cannot be read; only its words tell them apart.
            return broken.Message.Contains("limit", StringComparison.Ordinal);
        }
    }

    private WrongTurning TooLarge(WrongTurningAction home)
    {
        var most = HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } bytes ? $"is larger than {bytes / 1024 / 1024:N0} MB, the most that this page takes" : "is larger than this page takes";
        var address = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath;
        return new(413, "That is too large",
            [
                $"What you sent {most}, so it was not read and nothing was changed.",
                "If it was a file: a list of 2,000 people takes less than 1 MB. Copy the list alone, without pictures and other sheets, into a new spreadsheet, or save it as CSV. Then give that.",
            ],
            address is null ? [home] : [new("Go back to the page", address), home]);
    }

    // What people read out has to be found in the log, beside the fault itself.
    private string Reference()
    {
        var reference = HttpContext.TraceIdentifier;
        log.LogError("Reference {Reference}: {Fault}", reference, HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error.GetType().Name ?? "no exception");
        return reference;
    }

    /// <summary>By whom and since when; never why, which people have typed.</summary>
    private static WrongTurning Shut(SchoolAccess school, SeenLock locked) => new(403, $"{school.Name} is locked",
        [
            $"{locked.By} locked the school on {InWords.Date(locked.Since)}. Nobody can open it until it is unlocked. Nothing was deleted, and what you sent last was not saved.",
            $"Ask {(locked.By == "Whoever runs the server" ? "whoever runs the server" : locked.By)} why, and until when. If you have access to other organisations, it goes on.",
        ],
        [new("Go to your other organisations", "/")]);

    private async Task<WrongTurning> NotAllowedAsync(BodyAccess body, BodyDoor? door)
    {
        var administrators = await listAdministrators.ExecuteAsync(body.OrganisationId, HttpContext.RequestAborted);
        var why = door is null ? $"Your account does not allow it at {body.Name}."
            : $"It needs the permission “{PermissionCatalogue.Label(door.Permission, body.Place)}”, which you do not have at {body.Name}.";
        return new(403, door is null ? "You cannot open this page" : $"You cannot open {door.Label}",
            [$"{why} Your other pages are as they were.", administrators.Count == 0 ? "If your work needs it, ask whoever runs the server." : $"If your work needs it, ask one of your administrators: {InWords.List(administrators, "or")}."],
            [new("Go to Home", $"/organisations/{body.Address}")]);
    }

    private async Task<WrongTurning> NotAllowedAsync(SchoolAccess? school, WrongTurningAction home)
    {
        if (HttpContext.Features.Get<SchoolShut>() is { Access: { Lock: { } locked } shut })
            return Shut(shut, locked);
        if (HttpContext.Features.Get<SchoolShutFromAbove>() is { School: var name } && HttpContext.Features.Get<BodyAccess>() is { } above)
            return new(403, $"{name} is locked", ["While a school is locked, its users are not looked after from here either. Nothing was deleted, and what you sent last was not saved.", "Manage organisations says who locked it."],
                [new("Go to Manage organisations", Bodies.BodyLinks.Schools(above.Address)), home]);
        if (HttpContext.Features.Get<Accounts.HoldersOnlyPage>() is not null)
            return new(403, "You cannot change this user", [$"{new HoldersOnly().Message}."], [home]);
        if (HttpContext.Features.Get<BodyAccess>() is { } body && HttpContext.Features.Get<RefusedBodyDoor>() is { Door: var closed })
            return await NotAllowedAsync(body, closed);
        if (school is null)
            return new(403, "You cannot open this page", ["Your account does not allow it."], [home]);
        var door = HttpContext.Features.Get<RefusedDoor>()?.Door;
        var title = door is null ? "You cannot open this page" : $"You cannot open {door.Label}";
        var why = door is null ? $"It needs an administration right, which you do not have at {school.Name}."
            : $"It needs the permission “{PermissionCatalogue.Label(door.Permission, school.HasTracking)}”, which you do not have at {school.Name}.";
        var administrators = await listAdministrators.ExecuteAsync(school.Above?.BodyId ?? school.OrganisationId, HttpContext.RequestAborted);
        var ask = administrators.Count == 0 ? "If your work needs it, ask your local authority or trust: the school has no administrator at the moment."
            : $"If your work needs it, ask one of your administrators: {InWords.List(administrators, "or")}.";
        return new(403, title, [$"{why} Your other pages are as they were.", ask], [home]);
    }
}
