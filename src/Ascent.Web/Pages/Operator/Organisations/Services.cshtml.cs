using Ascent.Accounts.Operators;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Operator.Organisations;

/// <summary>What one service is to be, as it is chosen.</summary>
public sealed class ServiceField
{
    public const string UntilWord = "until";

    public SchoolServices Service { get; set; }

    /// <summary>"on", "off" or "until".</summary>
    public string? Is { get; set; }

    public DateParts Until { get; set; } = new();

    public static ServiceField Of(ServiceLine line) => new() { Service = line.Info.Service, Is = !line.Term.IsOn ? "off" : line.Term.LastDay is null ? "on" : UntilWord, Until = DateParts.From(line.Term.LastDay) };

    /// <summary>Null when a day is wanted that cannot be read, or nothing is chosen.</summary>
    public ServiceTerm? Term => Is == UntilWord ? Until.Date is { } day ? ServiceTerm.Until(day) : null : ServiceTerm.Read(Is);
}

/// <summary>Switches services of a school, after it was said whom that concerns.</summary>
public sealed class ServicesModel(ReadOrganisation readOrganisation, SetServices setServices, TimeProvider clock) : OrganisationPage(readOrganisation, clock)
{
    [BindProperty]
    public List<ServiceField> Services { get; set; } = [];

    /// <summary>The school as the form was made of it.</summary>
    [BindProperty]
    public int? Version { get; set; }

    /// <summary>What would change; null while it is chosen.</summary>
    public IReadOnlyList<ServiceChange>? Review { get; private set; }

    public void OnGet()
    {
        Version = School.Version;
        Services = [.. View.Services.Select(ServiceField.Of)];
    }

    /// <summary>Says what would change.</summary>
    public IActionResult OnPost()
    {
        if (Read() is not { } terms)
            return Refusal();
        if (SetServices.Check(terms, School, Today) is { Count: > 0 } refusals)
            return this.Refused([.. refusals.Select(AtField)]);
        var changes = SetServices.Changes(terms, School, Today);
        if (changes.Count == 0)
            return Redirect(OperatorLinks.Organisation(Place));
        Review = changes;
        return Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync()
    {
        if (Read() is not { } terms)
            return Refusal();
        var set = await setServices.ExecuteAsync(new(Place, terms, Version), Actor, HttpContext.RequestAborted);
        return set.Succeeded ? Redirect(OperatorLinks.OrganisationAfter(Place, "services")) : this.Refused([.. set.Refusals.Select(AtField)]);
    }

    /// <summary>Goes back to the choice as it was made.</summary>
    public IActionResult OnPostChange() => IsOurs ? Page() : BadRequest();

    // A form of another shape, or with a field that cannot be read, is none of ours.
    private bool IsOurs => ModelState.IsValid && Version is not null && Services.Select(s => s.Service).SequenceEqual(View.Services.Select(s => s.Info.Service));

    private Dictionary<SchoolServices, ServiceTerm>? Read() => IsOurs && Services.TrueForAll(s => s.Term is not null) ? Services.ToDictionary(s => s.Service, s => s.Term!.Value) : null;

    private IActionResult Refusal()
    {
        if (!IsOurs)
            return BadRequest();
        for (var i = 0; i < Services.Count; i++)
            if (Services[i] is { Is: ServiceField.UntilWord, Until.Date: null })
                ModelState.AddModelError($"{nameof(Services)}[{i}].{nameof(ServiceField.Until)}", $"Enter the last day of {ServiceCatalogue.Of(Services[i].Service).Label}, such as 31 8 2027");
            else if (Services[i].Term is null)
                ModelState.AddModelError($"{nameof(Services)}[{i}].{nameof(ServiceField.Is)}", $"Choose what {ServiceCatalogue.Of(Services[i].Service).Label} is to be");
        return Page();
    }

    private Refusal AtField(Refusal refusal) => refusal is ServiceDateRefusal date
        ? refusal with { Field = $"{nameof(Services)}[{Services.FindIndex(s => s.Service == date.Service)}].{nameof(ServiceField.Until)}" }
        : refusal with { Field = null };
}
