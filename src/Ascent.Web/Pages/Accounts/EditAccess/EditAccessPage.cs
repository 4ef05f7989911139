using System.Globalization;
using Ascent.Accounts;
using Ascent.Shared;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.EditAccess;

/// <summary>
/// Job role, access and end date of one person, pending or signed up. Name and email are nobody's to edit. The first Save shows before and
/// after, the second one saves exactly that.
/// </summary>
public abstract class EditAccessPage(ChangeAccess changeAccess, ConfirmPassword confirmPassword, TimeProvider clock) : PageModel, IAsksFactor
{
    [FromRoute]
    public Guid Id { get; set; }

    // Without a prefix: the fields are named as the refusals name them.
    [BindProperty(Name = "")]
    public EditAccessForm Form { get; set; } = new();

    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? FactorCode { get; set; }

    [BindProperty]
    public string? Passkey { get; set; }

    public FactorWays Ways => FactorWays.Of(HttpContext.Person()!, isEnough: true);

    /// <summary>A second factor is asked with the password.</summary>
    public bool HasFactor => HttpContext.Person()!.HasFactor;

    /// <summary>The change needs the password, and it was not given lately.</summary>
    public bool AsksPassword { get; private set; }

    public Staff Staff => HttpContext.Staff();

    /// <summary>The person is not here any more, or not on this page; why.</summary>
    public Refusal? Gone { get; private set; }

    public DateTime Now => clock.Now();

    /// <summary>Who last changed the access, and when, for a stale form.</summary>
    protected abstract (string? By, DateTime? At) LastChange { get; }

    protected abstract string SavedHref { get; }

    /// <summary>Why the password is asked, and for what.</summary>
    public string PasswordReason => Form.Context.IsOwn
        ? "Raising your own access needs your password again"
        : $"Making somebody a {Staff.Setup} holder needs your password again";

    /// <summary>Finds the person and what the form shows of them; a refusal says why there is nobody.</summary>
    protected abstract Task<Result<EditAccessContext>> FindAsync(CancellationToken cancellationToken);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var found = await FindAsync(HttpContext.RequestAborted);
        if (found.Succeeded)
        {
            if (!found.Value.Staff.MayChange(found.Value.Now.Permissions, found.Value.AccountId))
            {
                context.Result = this.NotFromHere();
                return;
            }
            Form.Take(found.Value);
            await next();
        }
        else if (found.Refusals is [{ Kind: RefusalKind.Conflict } gone])
        {
            Gone = gone;
            Response.StatusCode = StatusCodes.Status409Conflict;
            context.Result = Page();
        }
        else
            context.Result = NotFound();
    }

    public void OnGet()
    {
        Form.Fill(Form.Context.Now);
        Form.Version = Form.Context.Version.ToString(CultureInfo.InvariantCulture);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var refusals = Form.Check(clock.Today());
        if (refusals.Count > 0)
            return this.Refused(refusals);
        Form.Review();
        if (Form.Changes is { Count: 0 })
            return Page();
        if (Form.SeenVersion != Form.Context.Version)
            return Stale(new(Form.Context.Now, Form.Context.Version, LastChange.By, LastChange.At));
        if (Form.Reviewed != Form.Fingerprint)
            return Page();
        var actor = Staff.Actor;
        if (!string.IsNullOrEmpty(CurrentPassword) || !string.IsNullOrEmpty(Passkey))
        {
            var confirmed = await confirmPassword.ExecuteAsync(HttpContext.Person()!, CurrentPassword, new FactorAnswer(FactorCode, Passkey, HttpContext.SessionToken()), HttpContext.RequestAborted);
            AsksPassword = !confirmed.Succeeded;
            if (AsksPassword)
                return this.Refused(confirmed.Refusals);
            HttpContext.RenewSession(confirmed.Value.Token);
            actor = actor with { IsFresh = true };
        }
        var request = new ChangeAccessRequest(Id, Form.SeenVersion, Form.Role, Form.OtherRole, Form.Permissions(), Form.EndsOn.Date, Form.ChosenSchools());
        var saved = await changeAccess.ExecuteAsync(request, actor, HttpContext.RequestAborted);
        if (saved.Succeeded)
            return Redirect(SavedHref);
        if (saved.Refusals is [ConfirmItIsYou])
        {
            // Asked on this page, so that nothing chosen is lost on the way.
            AsksPassword = true;
            ModelState.AddModelError(nameof(CurrentPassword), PasswordReason);
            return Page();
        }
        return saved.Refusals is [StaleAccess stale] ? Stale(stale) : this.Refused(saved.Refusals);
    }

    /// <summary>Before and after alone, for the script that shows it while the form is filled. Says nothing about what is wrong: Save does.</summary>
    public IActionResult OnPostReview()
    {
        if (Form.Check(clock.Today()).Count == 0 && Form.SeenVersion == Form.Context.Version)
            Form.Review();
        return Partial("/Pages/Accounts/EditAccess/_Review.cshtml", Form);
    }

    /// <summary>Shows both: what it is now, and what was chosen. Another Save saves the choice over what it is now.</summary>
    private IActionResult Stale(StaleAccess stale)
    {
        Form.Take(Form.Context with { Now = stale.Now, Version = stale.Version });
        Form.Stale = stale;
        Form.Version = stale.Version.ToString(CultureInfo.InvariantCulture);
        Form.Review();
        return this.Refused([stale]);
    }
}
