using Ascent.Accounts;
using Ascent.Shared;
using Ascent.SignIn.Factors;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile.SecondFactor;

/// <summary>Adds a second factor: from My profile, or because a school or the server requires one before its first page.</summary>
public abstract class AddFactorPage(ReadAccess readAccess, Passkeys passkeys, TimeProvider clock) : ProfilePage
{
    /// <summary>A school's URN, a body's address, or "server": what requires it.</summary>
    [FromQuery(Name = "for")]
    public string? For { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    /// <summary>Who requires it, in words; null when the person came by themselves.</summary>
    public string? Why { get; private set; }

    public bool IsServer => For == "server";

    protected Passkeys Passkeys => passkeys;

    /// <summary>Passkeys can be used under this server's address.</summary>
    public bool KnowsPasskeys => passkeys.IsPossible;

    public AddedFactor? Added { get; protected set; }

    public string NextHref => Why is null ? With($"/profile?saved={Saved}") : BackHref;

    /// <summary>What My profile says afterwards.</summary>
    protected abstract string Saved { get; }

    /// <summary>The other page that adds one, for the same reason and with the same way on.</summary>
    public string Instead(string path) => With(For is null ? path : $"{path}?for={Uri.EscapeDataString(For)}");

    public async Task<IActionResult> OnGetAsync()
    {
        // Asked before the device has made anything.
        if (!Person.IsFreshAt(clock.Now()))
            return this.Refused([new ConfirmItIsYou()]);
        await ShowAsync();
        return Page();
    }

    protected virtual async Task ShowAsync() =>
        Why = IsServer ? "Running this server" : For is null ? null
            : await readAccess.NameOfAsync(Person.AccountId, For, HttpContext.RequestAborted);
}
