using System.Globalization;
using Ascent.SchoolData.Classes;
using Ascent.Shared.Text;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SchoolData.Classes;

public sealed class ShowModel(FindClass findClass, TakeOutOfClass takeOut) : ClassPageModel(findClass)
{
    public string Lead =>
        $"{ClassRules.Label(Class.Details.Kind)} class{(Class.Details.Year is { } year ? $" of {year}" : "")}, {Class.AcademicYear}. {InWords.Count(Class.OnRoll, "pupil", "pupils")} on the roll.";

    public string? Notice =>
        Request.Query.ContainsKey("added") ? $"{Name} is there. Next: its pupils and teachers"
        : Request.Query.ContainsKey("changed") ? "Saved"
        : Request.Query.ContainsKey("teachers") ? "Saved who teaches the class"
        : Number("put") is { } put ? Put(put)
        : Number("out") is { } gone ? $"{InWords.Count(gone, "pupil", "pupils")} taken out of {Name}"
        : null;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostTakeOutAsync()
    {
        var gone = await takeOut.ExecuteAsync(Id, Request.Form.Ids("ids"), School.Actor, HttpContext.RequestAborted);
        return gone.Succeeded ? Redirect(DataLinks.ClassAfter(School.Urn, Id, $"out={gone.Value}")) : this.Refused(gone.Refusals);
    }

    private string Put(int put)
    {
        var moved = Number("moved") is > 0 and var m ? $". {InWords.Count(m, "of them has", "of them have")} left another registration class for it" : "";
        var stayed = Number("stayed") is > 0 and var s ? $". {InWords.Count(s, "pupil stays", "pupils stay")} in another registration class" : "";
        return $"{InWords.Count(put, "pupil", "pupils")} put in {Name}{moved}{stayed}";
    }

    private int? Number(string name) => int.TryParse(Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= ClassRules.MostPupils ? number : null;
}
