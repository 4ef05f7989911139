using Ascent.SchoolData.Pupils;
using Ascent.Web.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Pupils;

/// <summary>The fields of a pupil as they stand in a form; named as <see cref="PupilField"/> names them, so that each refusal finds its own.</summary>
public abstract class PupilForm : PageModel
{
    [BindProperty]
    public string? Surname { get; set; }

    [BindProperty]
    public string? Forename { get; set; }

    [BindProperty]
    public string? MiddleNames { get; set; }

    [BindProperty]
    public string? PreferredSurname { get; set; }

    [BindProperty]
    public string? PreferredForename { get; set; }

    [BindProperty]
    public DateParts BornOn { get; set; } = new();

    [BindProperty]
    public string? Sex { get; set; }

    [BindProperty]
    public string? Upn { get; set; }

    [BindProperty]
    public string? Uln { get; set; }

    [BindProperty]
    public string? Year { get; set; }

    [BindProperty]
    public DateParts EnrolledOn { get; set; } = new();

    [BindProperty]
    public string? FreeMeals { get; set; }

    [BindProperty]
    public string? FreeMealsSix { get; set; }

    [BindProperty]
    public string? Disadvantaged { get; set; }

    [BindProperty]
    public string? SenProvision { get; set; }

    [BindProperty]
    public string? SenNeed { get; set; }

    [BindProperty]
    public string? Eal { get; set; }

    [BindProperty]
    public string? LookedAfter { get; set; }

    [BindProperty]
    public string? Ethnicity { get; set; }

    [BindProperty]
    public string? ServiceChild { get; set; }

    [BindProperty]
    public bool AcceptsNamesake { get; set; }

    /// <summary>Somebody of this name and birthday is here: the box that says that it is another pupil is shown.</summary>
    public bool AsksNamesake { get; protected set; }

    protected IReadOnlyDictionary<PupilField, string?> Typed => new Dictionary<PupilField, string?>
    {
        [PupilField.Surname] = Surname,
        [PupilField.Forename] = Forename,
        [PupilField.MiddleNames] = MiddleNames,
        [PupilField.PreferredSurname] = PreferredSurname,
        [PupilField.PreferredForename] = PreferredForename,
        [PupilField.BornOn] = BornOn.Text,
        [PupilField.Sex] = Sex,
        [PupilField.Upn] = Upn,
        [PupilField.Uln] = Uln,
        [PupilField.Year] = Year,
        [PupilField.EnrolledOn] = EnrolledOn.Text,
        [PupilField.FreeMeals] = FreeMeals,
        [PupilField.FreeMealsSix] = FreeMealsSix,
        [PupilField.Disadvantaged] = Disadvantaged,
        [PupilField.SenProvision] = SenProvision,
        [PupilField.SenNeed] = SenNeed,
        [PupilField.Eal] = Eal,
        [PupilField.LookedAfter] = LookedAfter,
        [PupilField.Ethnicity] = Ethnicity,
        [PupilField.ServiceChild] = ServiceChild,
    };

    protected void Fill(PupilDetails details)
    {
        (Surname, Forename, MiddleNames, PreferredSurname, PreferredForename) = (details.Surname, details.Forename, details.MiddleNames, details.PreferredSurname, details.PreferredForename);
        (BornOn, EnrolledOn) = (DateParts.From(details.BornOn), DateParts.From(details.EnrolledOn));
        (Sex, Upn, Uln, Year) = (details.TextOf(PupilField.Sex), details.TextOf(PupilField.Upn), details.Uln, details.Year.Code);
        var about = details.Characteristics;
        (FreeMeals, FreeMealsSix, Disadvantaged) = (about.TextOf(PupilField.FreeMeals), about.TextOf(PupilField.FreeMealsSix), about.TextOf(PupilField.Disadvantaged));
        (SenProvision, SenNeed, Eal) = (about.SenProvision, about.SenNeed, about.TextOf(PupilField.Eal));
        (LookedAfter, Ethnicity, ServiceChild) = (about.TextOf(PupilField.LookedAfter), about.Ethnicity, about.TextOf(PupilField.ServiceChild));
    }
}
