using System.Globalization;
using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.SignIn;
using Ascent.SignIn.Factors;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.Templates;

/// <summary>
/// Another name or set for a template. The first Save shows what would change, of the template and of its people, with nobody ticked; the
/// second one saves exactly that, for the people who are ticked then.
/// </summary>
public sealed class ChangeModel(FindTemplate findTemplate, PreviewTemplate previewTemplate, ChangeTemplate changeTemplate, ConfirmPassword confirmPassword) : TemplatePage(findTemplate), IAsksFactor
{
    public const string TickGiven = "given";
    public const string TickNone = "none";

    /// <summary>Came to give the template as it is: the people stand there at once.</summary>
    [FromQuery(Name = "give")]
    public string? Give { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    /// <summary>The version that the form was filled from.</summary>
    [BindProperty]
    public string? Version { get; set; }

    /// <summary>The choice whose effect the person has seen, as <see cref="Fingerprint"/> has it.</summary>
    [BindProperty]
    public string? Reviewed { get; set; }

    /// <summary>The boxes of the people, "id.version" each.</summary>
    [BindProperty(Name = "people")]
    public string[] Ticks { get; set; } = [];

    /// <summary>Many boxes at once, for people without script. Whoever has the same access without the template is ticked one by one only.</summary>
    [BindProperty(Name = "tick")]
    public string? Tick { get; set; }

    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? FactorCode { get; set; }

    [BindProperty]
    public string? Passkey { get; set; }

    public FactorWays Ways => FactorWays.Of(HttpContext.Person()!, isEnough: true);

    /// <summary>A second factor is asked with the password.</summary>
    public bool HasFactor => HttpContext.Person()!.HasFactor;

    public PermissionSet Chosen { get; private set; }

    /// <summary>What the template becomes; null before the first Save.</summary>
    public IReadOnlyList<AccessChange>? Changes { get; private set; }

    public TemplatePreview? Preview { get; private set; }

    public HashSet<Guid> Ticked { get; private set; } = [];

    public StaleTemplate? Stale { get; private set; }

    public bool AsksPassword { get; private set; }

    public string CancelHref => AccountLinks.Template(School.Home, Id);

    public string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"{SeenVersion}|{PlainText.Tidy(Name)}|{Chosen.Normalised().Bits}");

    /// <summary>There is something that Save would save.</summary>
    public bool HasEffect => Changes is { Count: > 0 } || Preview is { People.Count: > 0 };

    private int SeenVersion => int.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;

    public async Task OnGetAsync()
    {
        (Name, Chosen, Version) = (Template.Name, Template.Permissions.GivenIn(School.HasTracking), Template.Version.ToString(CultureInfo.InvariantCulture));
        if (Give is not null)
            await ReviewAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (AccessForm.Read(Request.Form, TemplateFields.Asked(School)) is not { } chosen || ReadTicks() is not { } people)
            return BadRequest();
        Chosen = chosen;
        Ticked = [.. people.Select(p => p.MembershipId)];
        Refusal[] refusals = [.. TemplateRules.ReadName(Name).Refusals, .. TemplateRules.CheckSet(chosen, School.HasTracking)];
        if (refusals.Length > 0)
            return this.Refused(refusals);
        await ReviewAsync();
        if (Changes is { Count: > 0 } && SeenVersion != Template.Version)
            return ShowStale(new(Template.Name, Template.Permissions, Template.Version, Template.ChangedBy, Template.ChangedAt));
        if (Tick is TickGiven or TickNone)
            Ticked = Tick == TickGiven ? [.. Preview!.People.Where(p => p.CannotBe is null && p.Person.Tie != TemplateTie.SameAccess).Select(p => p.Person.MembershipId)] : [];
        if (Tick is not null || Reviewed != Fingerprint || !HasEffect)
            return Page();
        if (Changes is { Count: 0 } && people.Count == 0)
            return this.Refused([new NobodyTicked()]);
        return await SaveAsync(people);
    }

    private async Task<IActionResult> SaveAsync(IReadOnlyList<TickedPerson> people)
    {
        var actor = School.Actor;
        if (!string.IsNullOrEmpty(CurrentPassword) || !string.IsNullOrEmpty(Passkey))
        {
            var confirmed = await confirmPassword.ExecuteAsync(HttpContext.Person()!, CurrentPassword, new FactorAnswer(FactorCode, Passkey, HttpContext.SessionToken()), HttpContext.RequestAborted);
            AsksPassword = !confirmed.Succeeded;
            if (AsksPassword)
                return this.Refused(confirmed.Refusals);
            HttpContext.RenewSession(confirmed.Value.Token);
            actor = actor with { IsFresh = true };
        }
        var saved = await changeTemplate.ExecuteAsync(new(Id, SeenVersion, Name, Chosen, people), actor, HttpContext.RequestAborted);
        if (saved.Succeeded)
            return Redirect(AccountLinks.TemplateAfterChange(School.Home, Id, saved.Value.People));
        switch (saved.Refusals)
        {
            case [ConfirmItIsYou]:
                // Asked on this page, so that nothing chosen is lost on the way.
                AsksPassword = true;
                ModelState.AddModelError(nameof(CurrentPassword), "Making somebody a School setup holder needs your password again");
                return Page();
            case [StaleTemplate stale]:
                return ShowStale(stale);
            case [TemplateGone gone]:
                return ShowGone(gone);
            default:
                // Those who were changed meanwhile stand there as they are now.
                if (await FindAsync() is { } elsewhere)
                    return elsewhere;
                await ReviewAsync();
                return this.Refused(saved.Refusals);
        }
    }

    /// <summary>Shows both: what it is now, and what was chosen. Another Save saves the choice over what it is now.</summary>
    private IActionResult ShowStale(StaleTemplate stale)
    {
        Stale = stale;
        Version = stale.Version.ToString(CultureInfo.InvariantCulture);
        Changes = TemplateRules.Difference(stale.Name, stale.Permissions, PlainText.Tidy(Name), Wanted(stale.Permissions), School.HasTracking);
        return this.Refused([stale]);
    }

    private async Task ReviewAsync()
    {
        Changes = TemplateRules.Difference(Template.Name, Template.Permissions, PlainText.Tidy(Name), Wanted(Template.Permissions), School.HasTracking);
        Preview = await previewTemplate.ExecuteAsync(Id, Chosen, School.Actor, HttpContext.RequestAborted);
    }

    private PermissionSet Wanted(PermissionSet now) => Chosen.Normalised().And(now.Inert(School.HasTracking));

    /// <summary>Null when a box holds what no page of ours has put into it.</summary>
    private List<TickedPerson>? ReadTicks()
    {
        var people = new List<TickedPerson>();
        foreach (var tick in Ticks)
        {
            if (tick.Split('.') is not [var id, var version] || !Guid.TryParseExact(id, "N", out var membership) || !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen))
                return null;
            people.Add(new(membership, seen));
        }
        return people;
    }
}

public sealed record NobodyTicked() : Refusal("nobody-ticked", "The template itself is not changed, so tick at least one person, or cancel", RefusalKind.Field, "people");
