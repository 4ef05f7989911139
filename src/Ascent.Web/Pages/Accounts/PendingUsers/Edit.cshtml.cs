using Ascent.Accounts;
using Ascent.Shared;
using Ascent.SignIn;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.Accounts.EditAccess;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.PendingUsers;

/// <summary>Job role, access and end date of somebody who has not signed up yet. Name and email are nobody's to edit.</summary>
public sealed class EditModel(FindPendingUser findPendingUser, ChangeAccess changeAccess, ConfirmPassword confirmPassword, ReadSeats readSeats, TimeProvider clock) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    // Without a prefix: the fields are named as the refusals name them.
    [BindProperty(Name = "")]
    public EditAccessForm Form { get; set; } = new();

    [BindProperty]
    public string? CurrentPassword { get; set; }

    /// <summary>The change makes a School setup holder, and the password was not given lately.</summary>
    public bool AsksPassword { get; private set; }

    public SchoolAccess School => HttpContext.School();

    public PendingUserDetails Found { get; private set; } = null!;

    public PendingUser Person => Found.Person;

    /// <summary>The person is not pending any more; why.</summary>
    public Refusal? Gone { get; private set; }

    public string ListHref => PendingUsersView.Read(Request.Query).In(AccountLinks.PendingUsers(School.Urn));

    public string ReviewHref => $"{AccountLinks.EditPendingUser(School.Urn, Id)}?handler=Review";

    public DateTime Now => clock.Now();

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await findPendingUser.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted) is not { } found)
        {
            context.Result = await GoneAsync();
            return;
        }
        Found = found;
        var seats = await readSeats.ExecuteAsync(School.OrganisationId, HttpContext.RequestAborted);
        Form.Context = new(School, Id, Person.Forename, Person.Access, Person.Version, seats, $"It counts when {Person.Forename} signs up.", ListHref);
        await next();
    }

    public void OnGet()
    {
        Form.Fill(Person.Access);
        Form.Version = Person.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var refusals = Form.Check(clock.Today());
        if (refusals.Count > 0)
            return this.Refused(refusals);
        Form.Review();
        if (Form.Changes is { Count: 0 })
            return Page();
        if (Form.SeenVersion != Person.Version)
            return Stale(new(Person.Access, Person.Version, Found.ChangedBy, Found.ChangedAt));
        if (Form.Reviewed != Form.Fingerprint)
            return Page();
        var actor = School.Actor;
        if (!string.IsNullOrEmpty(CurrentPassword))
        {
            var confirmed = await confirmPassword.ExecuteAsync(HttpContext.Person()!, CurrentPassword, HttpContext.RequestAborted);
            AsksPassword = !confirmed.Succeeded;
            if (AsksPassword)
                return this.Refused(confirmed.Refusals);
            actor = actor with { IsFresh = true };
        }
        var request = new ChangeAccessRequest(Id, Form.SeenVersion, Form.Role, Form.OtherRole, Form.Permissions(), Form.EndsOn.Date);
        var saved = await changeAccess.ExecuteAsync(request, actor, HttpContext.RequestAborted);
        if (saved.Succeeded)
            return Redirect(PendingUsersView.Read(Request.Query).In(AccountLinks.PendingUsersAfterChange(School.Urn, Id)));
        if (saved.Refusals is [ConfirmItIsYou])
        {
            // Asked on this page, so that nothing chosen is lost on the way.
            AsksPassword = true;
            ModelState.AddModelError(nameof(CurrentPassword), "Making somebody a School setup holder needs your password again");
            return Page();
        }
        return saved.Refusals is [StaleAccess stale] ? Stale(stale) : this.Refused(saved.Refusals);
    }

    /// <summary>Before and after alone, for the script that shows it while the form is filled. Says nothing about what is wrong: Save does.</summary>
    public IActionResult OnPostReview()
    {
        if (Form.Check(clock.Today()).Count == 0 && Form.SeenVersion == Person.Version)
            Form.Review();
        return Partial("/Pages/Accounts/EditAccess/_Review.cshtml", Form);
    }

    /// <summary>Shows both: what it is now, and what was chosen. Another Save saves the choice over what it is now.</summary>
    private IActionResult Stale(StaleAccess stale)
    {
        Form.Context = Form.Context with { Now = stale.Now, Version = stale.Version };
        Form.Stale = stale;
        Form.Version = stale.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Form.Review();
        return this.Refused([stale]);
    }

    private async Task<IActionResult> GoneAsync()
    {
        // The use case knows whether there never was such a person here, or what became of them.
        var refused = await changeAccess.ExecuteAsync(new(Id, -1, default, null, default, null), School.Actor, HttpContext.RequestAborted);
        if (refused.Refusals is not [NotPending or PendingUserGone])
            return NotFound();
        Gone = refused.Refusals[0];
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }
}
