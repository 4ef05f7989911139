using System.Globalization;
using Ascent.Accounts.Operators;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Operator.Organisations;

/// <summary>One limit as it is typed.</summary>
public sealed class LimitField
{
    public Permission Permission { get; set; }

    public string? Number { get; set; }
}

/// <summary>How many people of a school may hold a limited permission.</summary>
public sealed class LimitsModel(ReadOrganisation readOrganisation, SetLimits setLimits, TimeProvider clock) : OrganisationPage(readOrganisation, clock)
{
    [BindProperty]
    public List<LimitField> Limits { get; set; } = [];

    /// <summary>The school as the form was made of it.</summary>
    [BindProperty]
    public int? Version { get; set; }

    public void OnGet()
    {
        Version = School.Version;
        Limits = [.. View.Line.Limits.Select(l => new LimitField { Permission = l.Permission, Number = l.Limit.ToString(CultureInfo.InvariantCulture) })];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        // A form of another shape, or with a field that cannot be read, is none of ours.
        if (!ModelState.IsValid || Version is null || !Limits.Select(l => l.Permission).SequenceEqual(View.Line.Limits.Select(l => l.Permission)))
            return BadRequest();
        // What is no number at all is refused as the use case refuses one out of range.
        var typed = Limits.ToDictionary(l => l.Permission, l => int.TryParse(l.Number, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : 0);
        var set = await setLimits.ExecuteAsync(new(Place, typed, Version), Actor, HttpContext.RequestAborted);
        if (set.Succeeded)
            return Redirect(set.Value.Changes.Count > 0 ? OperatorLinks.OrganisationAfter(Place, "limits") : OperatorLinks.Organisation(Place));
        return this.Refused([.. set.Refusals.Select(AtField)]);
    }

    private Refusal AtField(Refusal refusal) =>
        Limits.FindIndex(l => l.Permission.ToString() == refusal.Field) is >= 0 and var index ? refusal with { Field = $"{nameof(Limits)}[{index}].{nameof(LimitField.Number)}" } : refusal;
}
