using Ascent.Reference;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.SchoolData.Subjects;
using Ascent.Shared;

namespace Ascent.Demo.Pupils;

/// <summary>The rows of one school, in an order in which they can be saved.</summary>
/// <param name="OrganisationId">Of the school.</param>
internal sealed class DemoRows(DemoSchool school, Guid organisationId, TimeProvider clock)
{
    // As if one import had brought all of it.
    private readonly Guid changeId = clock.NewId();
    private readonly Dictionary<DemoPlace, Guid> ids = school.Places.ToDictionary(p => p, _ => clock.NewId());
    private readonly DateTime now = clock.Now();

    public IEnumerable<IOrganisationOwned> All() =>
        [.. school.Places.SelectMany(OfPupil), .. Classes(DemoCalendar.Now), .. OfferedSubjects(), .. school.Places.SelectMany(Records)];

    private IEnumerable<IOrganisationOwned> OfPupil(DemoPlace place)
    {
        var child = place.Child;
        var pupil = new Pupil { OrganisationId = organisationId, Id = ids[place], CreatedAt = Noon(place.EnrolledOn) is var came && came < now ? came : now };
        pupil.Set(new(
            child.Upn, child.UpnReason, child.Uln, child.Surname, child.Forename, child.MiddleNames, child.PreferredSurname, child.PreferredForename,
            child.BornOn, child.Sex, place.Year, place.EnrolledOn, child.About));
        if (place.LeftOn is { } day)
            pupil.Leave(day);
        yield return pupil;
        foreach (var upn in child.FormerUpns)
            yield return new FormerUpn { OrganisationId = organisationId, PupilId = pupil.Id, Upn = upn, ReplacedAt = Noon(child.Changes.Find(c => c.Before == upn)!.From) };
        // What was otherwise while the child was here.
        foreach (var changes in child.Changes.Where(c => c.From > place.EnrolledOn && !(c.From > place.LeftOn)).GroupBy(c => c.From))
        {
            var id = clock.NewId();
            foreach (var change in changes)
                yield return new PupilChange
                {
                    OrganisationId = organisationId, PupilId = pupil.Id, ChangeId = id, Field = change.Field, Before = change.Before, After = pupil.Details.TextOf(change.Field),
                    At = Noon(change.From), FromDay = change.From,
                };
        }
    }

    private IEnumerable<IOrganisationOwned> Records(DemoPlace place)
    {
        var pupilId = ids[place];
        foreach (var result in school.ResultsOf(place))
        {
            var (stage, subject, component, method) = result.Assessment;
            var row = new PupilResult
            {
                OrganisationId = organisationId, PupilId = pupilId, Stage = stage, Subject = subject, Component = component, Method = method, Qualifier = result.Qualifier, AcademicYear = result.Year.StartYear,
            };
            row.Set(result.Value, ResultCodes.Read(result.Assessment, result.Year, result.Value), changeId);
            yield return row;
        }
        foreach (var attendance in DemoAttendance.Of(place, school.Intake, DemoRandom.For(Seed, place.Child.Number)))
        {
            var row = new AttendanceTotal { OrganisationId = organisationId, PupilId = pupilId, AcademicYear = attendance.Year.StartYear };
            row.Set(attendance, changeId);
            yield return row;
        }
        foreach (var before in place.Before)
        {
            var row = new FormerSchool { OrganisationId = organisationId, PupilId = pupilId, StayKey = FormerSchool.KeyOf(before) };
            row.Set(before, changeId);
            yield return row;
        }
    }

    /// <summary>The classes of registration, and the groups of those who choose their subjects.</summary>
    private IEnumerable<IOrganisationOwned> Classes(AcademicYear year)
    {
        foreach (var places in school.OnRoll.GroupBy(p => p.Class!))
            foreach (var row in Class(year, places.Key, ClassKind.Registration, DemoClasses.IsMixed(school) ? null : places.First().Year, places))
                yield return row;
        foreach (var places in school.OnRoll.Where(p => p.Year.Number >= 10 && !DemoClasses.IsMixed(school)).GroupBy(p => p.Year))
            foreach (var subject in DemoSubjects.InOrder(places.SelectMany(p => DemoSubjects.Of(p.Child, p.Year))))
                foreach (var (name, pupils) in DemoClasses.Groups(places.Key, subject, [.. places.Where(p => DemoSubjects.Of(p.Child, p.Year).Contains(subject))]))
                    foreach (var row in Class(year, name, ClassKind.Teaching, places.Key, pupils))
                        yield return row;
    }

    private IEnumerable<IOrganisationOwned> Class(AcademicYear academicYear, string name, ClassKind kind, NcYear? year, IEnumerable<DemoPlace> places)
    {
        var its = new SchoolClass { OrganisationId = organisationId, Id = clock.NewId(), AcademicYear = academicYear, CreatedAt = now };
        its.Set(new(name, kind, year));
        yield return its;
        foreach (var place in places)
            yield return its.With(ids[place]);
    }

    /// <summary>This year everybody; in the past those who had results of their last year in a stage.</summary>
    private IEnumerable<IOrganisationOwned> OfferedSubjects()
    {
        var taking = school.OnRoll.Select(p => (Year: DemoCalendar.Now, In: p.Year, Place: p))
            .Concat(from year in DemoCalendar.Past
                    from place in school.Places
                    where place.YearIn(year) is 6 or 11 or 13
                    select (Year: year, In: new NcYear(place.YearIn(year)!.Value), Place: place));
        foreach (var group in taking.GroupBy(t => (t.Year, t.In)))
        {
            foreach (var (position, code) in DemoSubjects.InOrder(group.SelectMany(t => DemoSubjects.Of(t.Place.Child, t.In))).Index())
                yield return new OfferedSubject { OrganisationId = organisationId, AcademicYear = group.Key.Year, NcYearNumber = group.Key.In.Number, SubjectCode = code, Position = position + 1 };
            foreach (var (_, ncYear, place) in group)
                foreach (var code in DemoSubjects.Of(place.Child, ncYear))
                    yield return new SubjectEnrolment { OrganisationId = organisationId, AcademicYear = group.Key.Year, PupilId = ids[place], SubjectCode = code };
        }
    }

    private static DateTime Noon(DateOnly day) => day.ToDateTime(new(12, 0), DateTimeKind.Utc);

    private const ulong Seed = 0x44_61_79_73;
}
