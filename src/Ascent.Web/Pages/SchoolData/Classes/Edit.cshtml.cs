using System.Globalization;
using Ascent.SchoolData.Classes;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SchoolData.Classes;

public sealed class EditModel(FindClass findClass, ChangeClass changeClass) : ClassPageModel(findClass)
{
    [BindProperty(Name = "Name")]
    public string? TypedName { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Year { get; set; }

    /// <summary>Of the class as the page has shown it; unreadable is none.</summary>
    [BindProperty]
    public string? Version { get; set; }

    public ClassFields Fields => new(TypedName, Kind, Year);

    /// <summary>Somebody else has saved since; what stands there now.</summary>
    public ClassDetails? Meanwhile { get; private set; }

    public IActionResult OnGet()
    {
        if (Class.IsOver)
            return Redirect(DataLinks.Class(School.Urn, Id));
        (TypedName, Kind, Year, Version) = (Name, Class.Details.Kind.ToString(), Class.Details.Year?.Code, Seen());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var seen = int.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
        var changed = await changeClass.ExecuteAsync(new(Id, Fields.Text, seen), School.Actor, HttpContext.RequestAborted);
        if (changed.Succeeded)
            return Redirect(changed.Value ? DataLinks.ClassAfter(School.Urn, Id, "changed") : DataLinks.Class(School.Urn, Id));
        if (changed.Refusals is [ClassChangedMeanwhile] && await LoadAsync())
        {
            (Version, Meanwhile) = (Seen(), Class.Details);
            ModelState.Remove(nameof(Version));
        }
        return this.Refused(changed.Refusals);
    }

    private string Seen() => Class.Version.ToString(CultureInfo.InvariantCulture);
}
