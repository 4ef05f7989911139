using Ascent.Organisations;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.SchoolData.Subjects;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Demo;

/// <summary>Everything that the demonstration holds of pupils as sorted lines, without the ids, which the clock makes.</summary>
internal static class DemonstrationText
{
    public static async Task<IReadOnlyList<string>> OfAsync(AscentHost host)
    {
        var schools = await host.ReadAsync(db => db.Set<School>().ToDictionaryAsync(s => s.Id, s => s.Code));
        var pupils = (await host.ReadAllAsync<Pupil>()).ToDictionary(p => p.Id, p => $"{schools[p.OrganisationId]} {p.Details} {p.LeftOn}");
        var classes = (await host.ReadAllAsync<SchoolClass>()).ToDictionary(c => c.Id, c => $"{schools[c.OrganisationId]} {c.AcademicYear} {c.Name} {c.Kind} {c.Year}");
        string[] lines =
        [
            .. pupils.Values, .. classes.Values,
            .. (await host.ReadAllAsync<FormerUpn>()).Select(f => $"former {pupils[f.PupilId]} {f.Upn} {f.ReplacedAt:O}"),
            .. (await host.ReadAllAsync<PupilChange>()).Where(c => c.ById is null).Select(c => $"{pupils[c.PupilId]} {c.Field} {c.Before} {c.After} {c.FromDay}"),
            .. (await host.ReadAllAsync<PupilResult>()).Select(r => $"{pupils[r.PupilId]} {r.Assessment} {r.Qualifier} {r.Year} {r.Value} {r.Kind} {r.Number} {r.Code}"),
            .. (await host.ReadAllAsync<AttendanceTotal>()).Select(a => $"{pupils[a.PupilId]} {a.Year} {a.Possible} {a.Attended} {a.Authorised} {a.Unauthorised}"),
            .. (await host.ReadAllAsync<FormerSchool>()).Select(s => $"{pupils[s.PupilId]} {s.StayKey} {s.Number} {s.Name} {s.FirstDay} {s.LastDay}"),
            .. (await host.ReadAllAsync<ClassPupil>()).Select(c => $"{pupils[c.PupilId]} in {classes[c.ClassId]} {c.RegistrationYear}"),
            .. (await host.ReadAllAsync<OfferedSubject>()).Select(o => $"{schools[o.OrganisationId]} {o.AcademicYear} {o.NcYearNumber} {o.Position} {o.SubjectCode}"),
            .. (await host.ReadAllAsync<SubjectEnrolment>()).Select(e => $"{pupils[e.PupilId]} takes {e.AcademicYear} {e.SubjectCode}"),
        ];
        Array.Sort(lines, StringComparer.Ordinal);
        return lines;
    }
}
