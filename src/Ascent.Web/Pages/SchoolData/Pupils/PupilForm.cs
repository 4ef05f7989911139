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
    };

    protected void Fill(PupilDetails details)
    {
        (Surname, Forename, MiddleNames, PreferredSurname, PreferredForename) = (details.Surname, details.Forename, details.MiddleNames, details.PreferredSurname, details.PreferredForename);
        (BornOn, EnrolledOn) = (DateParts.From(details.BornOn), DateParts.From(details.EnrolledOn));
        (Sex, Upn, Uln, Year) = (details.TextOf(PupilField.Sex), details.TextOf(PupilField.Upn), details.Uln, details.Year.Code);
    }
}
