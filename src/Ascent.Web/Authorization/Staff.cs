using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.Web.Authorization;

/// <summary>
/// The organisation whose people a page looks after. The pages about people are there once and have several addresses: in a school, in an
/// authority or trust, and in a school below one, where only holders of School setup can be touched.
/// </summary>
/// <param name="Home">Where the pages of these people begin.</param>
/// <param name="Code">The URN of a school, the address of a body: for the names of files.</param>
public sealed record Staff(Guid OrganisationId, string Home, string Code, string Name, Place Place, Actor Actor)
{
    /// <summary>The authority or trust whose pages these are; null on a school's own.</summary>
    public BodyAccess? Body { get; init; }

    /// <summary>How far the link goes through which somebody came; null in one's own organisation.</summary>
    public ReachLevel? Level { get; init; }

    public bool IsFromAbove => Level is not null;

    public bool IsBody => Place.IsBody;

    /// <summary>A school's own pages.</summary>
    public bool IsOwnSchool => Body is null;

    public bool HasTracking => Place.HasTracking;

    public Guid AccountId => Actor.AccountId!.Value;

    /// <summary>"School setup", "LA setup" or "Trust setup".</summary>
    public string Setup => IsBody ? PermissionCatalogue.Label(Permission.LaSetup, Place) : PermissionCatalogue.Of(Permission.SchoolSetup).Tag;

    /// <summary>What closes and opens, within a sentence.</summary>
    public string It => IsBody ? "the organisation" : "the school";

    /// <summary>The page above the lists of people, for the crumbs.</summary>
    public (string Label, string Href) Root => IsOwnSchool ? ("Users", Pages.Accounts.AccountLinks.Users(Home)) : ("Home", Pages.Bodies.BodyLinks.Home(Body!.Address));

    /// <summary>Whether the pages about one person are there: from above for holders of School setup only, and never for one's own account.</summary>
    public bool MayChange(PermissionSet held, Guid accountId) => !IsFromAbove || (held.Has(Permission.SchoolSetup) && accountId != AccountId);

    /// <summary>A section of the user guide: authorities and trusts have a page of their own about their people.</summary>
    public string Help(string page, string section = "") =>
        IsOwnSchool ? $"/help/{page}{(section.Length > 0 ? $"#{section}" : "")}"
        : $"/help/users-of-an-authority#{(IsFromAbove ? "users-of-a-school" : page is "manage-users" or "pending-users" ? page : "codes-rules-and-log")}";
}

public static class CurrentStaff
{
    /// <summary>Whose people the page looks after, by the access that its requirement has read.</summary>
    public static Staff Staff(this HttpContext context)
    {
        if (context.Features.Get<BodyAccess>() is not { } body)
        {
            var school = context.School();
            return new(school.OrganisationId, school.Home, school.Urn, school.Name, school.HasTracking, school.Actor);
        }
        var home = Pages.Bodies.BodyLinks.Home(body.Address);
        return context.Features.Get<SchoolFromAbove>() is { } there
            ? new(there.Id, Pages.Bodies.BodyLinks.School(body.Address, there.Urn), there.Urn, there.Name, there.HasTracking, there.Actor) { Body = body, Level = there.Level }
            : new(body.OrganisationId, home, body.Address, body.Name, body.Place, body.Actor) { Body = body };
    }
}
