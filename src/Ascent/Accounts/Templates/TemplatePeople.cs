using System.Linq.Expressions;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Templates;

/// <summary>What somebody has to do with a template.</summary>
public enum TemplateTie
{
    /// <summary>Was given it and holds exactly that.</summary>
    Holds,

    /// <summary>Was given it, and one of the two has changed since.</summary>
    Differs,

    /// <summary>Holds exactly the same, and was given no template.</summary>
    SameAccess,
}

public sealed record TemplatePerson
{
    public required Guid MembershipId { get; init; }

    /// <summary>The version of the membership, for a form that changes it.</summary>
    public required int Version { get; init; }

    public required string FullName { get; init; }

    public required AccessChoice Access { get; init; }

    public required TemplateTie Tie { get; init; }

    public required MembershipState State { get; init; }

    public bool IsYou { get; init; }

    internal Guid AccountId { get; init; }

    internal string SurnameKey { get; init; } = "";

    public string JobRole => JobRoles.Label(Access.JobRole, Access.OtherRole);
}

/// <summary>Who has to do with a template: asked for its page, for the list, and before a change is given to people.</summary>
public static class TemplatePeople
{
    public static TemplateTie? TieOf(Guid? given, PermissionSet held, AccessTemplate template, bool hasTracking)
    {
        var isSame = held.GivenIn(hasTracking) == template.Permissions.GivenIn(hasTracking);
        return given == template.Id ? (isSame ? TemplateTie.Holds : TemplateTie.Differs)
            : given is null && isSame && !template.Permissions.GivenIn(hasTracking).IsEmpty ? TemplateTie.SameAccess
            : null;
    }

    /// <summary>The same as <see cref="TieOf"/>, for the database: all who have a tie.</summary>
    public static Expression<Func<Membership, bool>> AreTiedTo(AccessTemplate template, bool hasTracking)
    {
        var (id, live, counts) = (template.Id, template.Permissions.GivenIn(hasTracking).Bits, PermissionSet.Everything(hasTracking).Bits);
        return m => m.State != MembershipState.Deleted && (m.TemplateId == id || (m.TemplateId == null && live != 0 && (m.PermissionBits & counts) == live));
    }

    internal static async Task<List<TemplatePerson>> PeopleAsync(
        this AppDb db, IQueryable<Membership> memberships, AccessTemplate template, bool hasTracking, Actor actor, CancellationToken cancellationToken)
    {
        var rows = await (from membership in memberships
                          join member in db.Named() on membership.Id equals member.MembershipId
                          orderby membership.SurnameKey, membership.Id
                          select new { membership, Name = member.Forename + " " + member.Surname }).AsNoTracking().ToListAsync(cancellationToken);
        return rows.ConvertAll(r => new TemplatePerson
        {
            MembershipId = r.membership.Id,
            AccountId = r.membership.AccountId,
            Version = r.membership.Version,
            FullName = r.Name,
            Access = AccessChoice.Of(r.membership),
            // A concurrent change cannot show somebody without a tie: one query reads what it asks for.
            Tie = TieOf(r.membership.TemplateId, r.membership.Permissions, template, hasTracking) ?? TemplateTie.Differs,
            State = r.membership.State,
            IsYou = r.membership.AccountId == actor.AccountId,
            SurnameKey = r.membership.SurnameKey,
        });
    }
}
