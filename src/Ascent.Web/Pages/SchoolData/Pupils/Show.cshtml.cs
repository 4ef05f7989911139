using System.Text.Encodings.Web;
using System.Text.Json;
using Ascent.Accounts;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.SchoolData.Subjects;
using Ascent.Shared;
using Ascent.Shared.Text;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.SchoolData.Pupils;

public sealed class ShowModel(FindPupil findPupil, FindPupilRecords findRecords, ListClassesOfPupil listClasses, ListSubjects listSubjects, ExportPupil exportPupil, TimeProvider clock) : PageModel
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [FromRoute]
    public Guid Id { get; set; }

    public SchoolAccess School => HttpContext.School();

    public PupilPage Pupil { get; private set; } = null!;

    public PupilRecordsPage Records { get; private set; } = null!;

    /// <summary>Newest year first.</summary>
    public IReadOnlyList<PupilClass> Classes { get; private set; } = [];

    /// <summary>Of this academic year.</summary>
    public IReadOnlyList<string> Subjects { get; private set; } = [];

    public DateTime Now { get; private set; }

    public string? Notice =>
        Request.Query.ContainsKey("added") ? $"{Pupil.FullName} is on the roll"
        : Request.Query.ContainsKey("changed") ? "Saved"
        : Request.Query.ContainsKey("left") && Pupil.LeftOn is { } day ? $"{Pupil.FullName} {(day < LondonTime.DateOf(Now) ? "left" : "leaves")} on {InWords.Date(day)}. Everything that is known stays"
        : Request.Query.ContainsKey("readmitted") && Pupil.LeftOn is null ? $"{Pupil.FullName} is on the roll again"
        : null;

    /// <summary>Who has no special needs has no primary one: that is not the same as one that is not known.</summary>
    public bool HasNone(PupilField field) => field == PupilField.SenNeed && Pupil.Details.Characteristics is { SenProvision: "N", SenNeed: null };

    /// <summary>The lines of the details: label, value, field, and what to note about it.</summary>
    public IEnumerable<(string Label, string Value, PupilField Field, string? Hint)> Lines
    {
        get
        {
            var d = Pupil.Details;
            yield return ("Legal name", $"{d.Surname}, {string.Join(' ', ((string?[])[d.Forename, d.MiddleNames]).Where(n => n is not null))}", PupilField.Surname, null);
            if (d.PreferredForename is not null || d.PreferredSurname is not null)
                yield return ("Called", Pupil.FullName, d.PreferredForename is null ? PupilField.PreferredSurname : PupilField.PreferredForename, null);
            yield return ("Date of birth", InWords.Date(d.BornOn), PupilField.BornOn, null);
            yield return ("Sex", d.Sex == Sex.Female ? "Female" : "Male", PupilField.Sex, null);
            yield return ("Year group", d.Year.ToString(), PupilField.Year, Pupil.YearByAge is { } byAge && byAge != d.Year ? $"By age: {byAge}" : null);
            yield return ("UPN", d.Upn ?? (d.UpnReason is { } reason ? $"None: {Upn.ReasonInWords(reason)} ({reason})" : "Not known"), PupilField.Upn,
                Pupil.FormerUpns.Count > 0 ? $"Formerly {InWords.List(Pupil.FormerUpns)}" : null);
            yield return ("ULN", d.Uln ?? "Not known", PupilField.Uln, null);
            yield return ("On the roll", Pupil.LeftOn is { } left ? $"{InWords.Date(d.EnrolledOn)} to {InWords.Date(left)}" : $"Since {InWords.Date(d.EnrolledOn)}", PupilField.EnrolledOn, null);
        }
    }

    public async Task<IActionResult> OnGetAsync()
    {
        Now = clock.Now();
        if (await findPupil.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted) is not { } pupil)
            return NotFound();
        if (await findRecords.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted) is not { } records)
            return NotFound();
        (Pupil, Records) = (pupil, records);
        Classes = await listClasses.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted);
        Subjects = await listSubjects.OfPupilAsync(Id, School.Actor, HttpContext.RequestAborted);
        return Page();
    }

    /// <summary>A copy of the record as this page shows it, in a file.</summary>
    public async Task<IActionResult> OnPostExportAsync()
    {
        var copy = await exportPupil.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted);
        return copy.Succeeded ? File(JsonSerializer.SerializeToUtf8Bytes(copy.Value, Json), "application/json", $"pupil-{Id:N}.json") : this.Refused(copy.Refusals);
    }
}
