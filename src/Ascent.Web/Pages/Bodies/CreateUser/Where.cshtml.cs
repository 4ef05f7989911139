using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Bodies.CreateUser;

/// <summary>"My organisation" or "Another organisation (School)", and the job role there. Which questions follow hangs on it.</summary>
public sealed class WhereModel(BodyUserJourney journeys, EnterFromAbove enter, CreateBodyUser createUser, ListBodySchools listSchools, ReadSeats readSeats)
    : BodyUserStep(journeys, enter, BodyUserSteps.Where)
{
    public const string Own = "own";
    public const string AtASchool = "school";

    /// <summary>How many schools are offered to choose from.</summary>
    public const int Most = 20;

    [BindProperty(Name = "Place")]
    public string? PlaceChosen { get; set; }

    [BindProperty]
    public string? JobRole { get; set; }

    [BindProperty]
    public string? OtherRole { get; set; }

    /// <summary>A part of the school's name, its DfE number or URN; or what the suggestions wrote.</summary>
    [BindProperty(Name = "School")]
    public string? SchoolTyped { get; set; }

    /// <summary>Which of those found is meant: its URN.</summary>
    [BindProperty]
    public string? Meant { get; set; }

    [BindProperty]
    public string? SchoolRole { get; set; }

    [BindProperty]
    public string? OtherSchoolRole { get; set; }

    public IReadOnlyList<PickedSchool> Found { get; private set; } = [];

    public AlreadyHere? AlreadyHere { get; private set; }

    /// <summary>The URN of the school that was asked about; null for the body itself.</summary>
    public string? Asked { get; private set; }

    /// <summary>The seats of School setup of the school that was chosen, when all are taken.</summary>
    public SeatCount? Full { get; private set; }

    public async Task OnGetAsync()
    {
        if (!IsAnswered)
            return;
        if (Answers.School is not { } urn)
        {
            (PlaceChosen, JobRole, OtherRole) = (Own, Answers.JobRole.ToString(), Answers.OtherRole);
            return;
        }
        (PlaceChosen, SchoolRole, OtherSchoolRole) = (AtASchool, Answers.JobRole.ToString(), Answers.OtherRole);
        Found = await listSchools.PickAsync(Body.Actor, [urn], HttpContext.RequestAborted);
        SchoolTyped = Found is [var one] ? one.InField : null;
    }

    public async Task<IActionResult> OnPostAsync() => PlaceChosen switch
    {
        Own => await OwnAsync(),
        AtASchool => await AtASchoolAsync(),
        _ => this.Refused([new PlaceRefusal("Choose where the user will be", "Place")]),
    };

    private async Task<IActionResult> OwnAsync()
    {
        var role = Read(JobRole);
        var other = AccessRules.ReadRole(role, OtherRole, Body.Place);
        var here = other.Succeeded ? await WhoIsThereAsync(null, "Place") : [];
        return other.Refusals.Count + here.Count > 0 ? this.Refused([.. here, .. other.Refusals])
            : await KeepAsync(answers => Anew(answers, null, role) with { School = null, SchoolName = null, JobRole = role, OtherRole = other.Value });
    }

    private async Task<IActionResult> AtASchoolAsync()
    {
        var role = Read(SchoolRole);
        var other = AccessRules.ReadRole(role, OtherSchoolRole);
        var roleRefusals = other.Refusals.Select(r => r with { Field = r.Field == "JobRole" ? nameof(SchoolRole) : nameof(OtherSchoolRole) });
        var school = await ReadSchoolAsync();
        if (!school.Succeeded || !other.Succeeded)
            return this.Refused([.. school.Refusals, .. roleRefusals]);
        Asked = school.Value.Urn;
        var here = await WhoIsThereAsync(Asked, "School");
        if (here.Count > 0)
            return this.Refused(here);
        var seats = (await readSeats.ExecuteAsync(school.Value.Id, HttpContext.RequestAborted)).Single(c => c.Permission == Permission.SchoolSetup);
        if (seats.IsFull)
        {
            Full = seats;
            return this.Refused([new PlaceRefusal(new SeatsFull(seats, "School setup").Message, "School")]);
        }
        return await KeepAsync(answers => Anew(answers, school.Value.Urn, role) with { School = school.Value.Urn, SchoolName = school.Value.Name, JobRole = role, OtherRole = other.Value });
    }

    /// <summary>The school that is meant, open to the body at this moment.</summary>
    private async Task<Result<SchoolFromAbove>> ReadSchoolAsync()
    {
        if (string.IsNullOrWhiteSpace(SchoolTyped))
            return new PlaceRefusal("Type a part of the school’s name, or its DfE number", "School");
        Found = await listSchools.FindAsync(Body.Actor, SchoolTyped, Most + 1, HttpContext.RequestAborted);
        // A choice counts only among those whom the words find, so that words typed anew begin a new choice.
        var meant = Found is [var only] ? only : Found.FirstOrDefault(s => s.Urn == Meant);
        if (meant is null)
        {
            Meant = null;
            if (Found.Count == 0)
                return new PlaceRefusal($"No school that is linked with your organisation fits “{Shorten(SchoolTyped)}”: type a part of its name, or its whole DfE number", "School");
            if (Found.Count <= Most)
                return new PlaceRefusal("Choose which school is meant", nameof(Meant));
            Found = [];
            return new PlaceRefusal($"More than {Most} schools fit “{Shorten(SchoolTyped)}”: type more letters, or the DfE number", "School");
        }
        var (school, shut) = await EnterAsync(meant.Urn, HttpContext.RequestAborted);
        return school is not null ? school
            : shut == SchoolShut.Locked ? new PlaceRefusal($"{meant.Name} is locked: nobody is created there until it is unlocked", "School")
            : new PlaceRefusal($"{meant.Name} is not linked with your organisation any more: choose another school", "School");
    }

    private async Task<IReadOnlyList<Refusal>> WhoIsThereAsync(string? urn, string field)
    {
        var person = await createUser.CheckPersonAsync(new(Answers.Forename, Answers.Surname, Answers.Email, Answers.AcceptsMixedScript, urn), Body.Actor, HttpContext.RequestAborted);
        AlreadyHere = person.Refusals.OfType<AlreadyHere>().FirstOrDefault();
        return [.. person.Refusals.Select(r => r with { Field = field })];
    }

    // Of another place, or another sort of user, nothing is kept of what was ticked.
    private static BodyUserAnswers Anew(BodyUserAnswers answers, string? school, JobRole role) =>
        (answers.School, answers.IsPartner) == (school, school is null && role == Ascent.Accounts.JobRole.SchoolImprovementPartner) ? answers : answers with { PermissionBits = 0, Schools = [] };

    private static string Shorten(string typed) => PlainText.Tidy(typed) is var tidy && tidy.Length > 40 ? $"{tidy[..40]}…" : tidy;

    // A role that is not on the list is none: a number would be read as one otherwise.
    private static JobRole Read(string? typed) => Enum.TryParse<JobRole>(typed, out var read) && typed == read.ToString() ? read : (JobRole)(-1);
}

public sealed record PlaceRefusal(string Message, string Field) : Refusal("body-user-place", Message, RefusalKind.Field, Field);
