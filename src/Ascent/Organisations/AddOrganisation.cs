using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Organisations;

/// <param name="LocalAuthorityCode">An authority that is here already; null for none.</param>
public sealed record AddSchoolRequest(string? Urn, string? Name, SchoolPhase? Phase, int? LowAge, int? HighAge, string? LocalAuthorityCode);

public sealed record SchoolAdded(string Urn) : AuditEvent("school-added");

public sealed record AddLocalAuthorityRequest(string? Code, string? Name);

public sealed record LocalAuthorityAdded(string Code) : AuditEvent("local-authority-added");

/// <summary>Something typed about an organisation has to change.</summary>
public sealed record OrganisationRefusal(string Code, string Message, string Field) : Refusal(Code, Message, RefusalKind.Field, Field);

/// <summary>One school by hand, for a server that serves a single one. A later load of the register updates it.</summary>
public sealed class AddSchool(Database database, TimeProvider clock)
{
    private const int HighestAge = 25;

    public async Task<Result<School>> ExecuteAsync(AddSchoolRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        var refusals = Check(request);
        if (refusals.Count > 0)
            return Result.Refuse<School>(refusals);
        return await database.ChangeAsync<Result<School>>(OrganisationScope.Server, async db =>
        {
            var urn = request.Urn!.Trim();
            if (await db.Set<School>().AnyAsync(s => s.Code == urn, cancellationToken))
                return new OrganisationRefusal("urn-taken", $"There is a school with URN {urn} here already", "Urn");
            var authority = request.LocalAuthorityCode is not { Length: > 0 } code ? null
                : await db.Set<LocalAuthority>().SingleOrDefaultAsync(a => a.Code == code, cancellationToken);
            var school = new School
            {
                Id = clock.NewId(), Code = urn, Phase = request.Phase!.Value, LowAge = request.LowAge, HighAge = request.HighAge,
                LocalAuthorityCode = authority?.Code, LocalAuthorityName = authority?.Name,
            };
            school.Rename(PlainText.Tidy(request.Name));
            school.WorkOutPrimary();
            db.Add(school);
            db.AddAudit(clock.Now(), actor, AuditTrail.Server, new SchoolAdded(urn));
            await db.SaveChangesAsync(cancellationToken);
            return school;
        }, cancellationToken);
    }

    /// <summary>Everything that is wrong with what was typed, without looking at what is here already.</summary>
    public static IReadOnlyList<Refusal> Check(AddSchoolRequest request)
    {
        var refusals = new List<Refusal>();
        if (request.Urn?.Trim() is not { Length: 6 or 7 } urn || !urn.All(char.IsAsciiDigit) || urn[0] == '0')
            refusals.Add(new OrganisationRefusal("urn-unreadable", "Enter the URN: six figures, such as 100025", "Urn"));
        refusals.AddRange(Names.Check(request.Name, "school"));
        if (request.Phase is null)
            refusals.Add(new OrganisationRefusal("phase-missing", "Choose the phase", "Phase"));
        if (request.LowAge is not (>= 0 and <= HighestAge))
            refusals.Add(new OrganisationRefusal("age-unreadable", $"Enter the lowest age as a whole number from 0 to {HighestAge}", "LowAge"));
        if (request.HighAge is not (>= 0 and <= HighestAge))
            refusals.Add(new OrganisationRefusal("age-unreadable", $"Enter the highest age as a whole number from 0 to {HighestAge}", "HighAge"));
        else if (request.HighAge < request.LowAge)
            refusals.Add(new OrganisationRefusal("ages-crossed", "The highest age must be the lowest age or more", "HighAge"));
        return refusals;
    }
}

/// <summary>One local authority by hand.</summary>
public sealed class AddLocalAuthority(Database database, TimeProvider clock)
{
    public async Task<Result<LocalAuthority>> ExecuteAsync(AddLocalAuthorityRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        var refusals = new List<Refusal>();
        if (request.Code?.Trim() is not { Length: 3 } code || !code.All(char.IsAsciiDigit) || code == "000")
            refusals.Add(new OrganisationRefusal("authority-code-unreadable", "Enter the authority’s number: three figures, such as 201", "AuthorityCode"));
        refusals.AddRange(Names.Check(request.Name, "authority", "AuthorityName"));
        if (refusals.Count > 0)
            return Result.Refuse<LocalAuthority>(refusals);
        return await database.ChangeAsync<Result<LocalAuthority>>(OrganisationScope.Server, async db =>
        {
            var number = request.Code!.Trim();
            if (await db.Set<LocalAuthority>().AnyAsync(a => a.Code == number, cancellationToken))
                return new OrganisationRefusal("authority-taken", $"There is a local authority with the number {number} here already", "AuthorityCode");
            var authority = new LocalAuthority { Id = clock.NewId(), Code = number };
            authority.Rename(PlainText.Tidy(request.Name));
            db.Add(authority);
            db.AddAudit(clock.Now(), actor, AuditTrail.Server, new LocalAuthorityAdded(number));
            await db.SaveChangesAsync(cancellationToken);
            return authority;
        }, cancellationToken);
    }
}

internal static class Names
{
    // As wide as the columns of the database.
    private const int Longest = 200;
    private const int LongestKey = 400;

    public static IEnumerable<Refusal> Check(string? typed, string what, string field = "Name")
    {
        var name = PlainText.Tidy(typed);
        if (name.Length == 0)
            yield return new OrganisationRefusal("name-missing", $"Enter the name of the {what}", field);
        else if (PlainText.HasForbiddenCharacter(name))
            yield return new OrganisationRefusal("name-characters", "The name has a hidden or control character in it: type it again by hand", field);
        else if (name.Length > Longest || PlainText.SearchKey(name).Length > LongestKey)
            yield return new OrganisationRefusal("name-long", $"The name must be {Longest} characters or fewer", field);
    }
}
