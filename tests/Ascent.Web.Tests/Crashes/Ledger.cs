using Ascent.Accounts;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Crashes;

/// <summary>How far a person has come: what the server has answered, and what was asked of it without an answer yet.</summary>
internal sealed class Creation(string email, PermissionSet permissions)
{
    public string Email => email;

    public PermissionSet Permissions => permissions;

    /// <summary>The answer named this membership.</summary>
    public Guid? MembershipId { get; set; }

    /// <summary>What the last answer made of it; null while there was none.</summary>
    public MembershipState? Answered { get; set; }

    /// <summary>What it may be beyond that, because it was asked for and the answer is open.</summary>
    public MembershipState? Asked { get; set; }

    public string? Password { get; set; }

    /// <summary>How many links the server has said are on their way.</summary>
    public int Links { get; set; }
}

/// <summary>What the server has acknowledged, kept outside of it, and compared with what it has.</summary>
internal sealed class Ledger
{
    private readonly List<Creation> creations = [];

    public IReadOnlyList<Creation> All
    {
        get
        {
            lock (creations)
                return [.. creations];
        }
    }

    public Creation Begin(string email, PermissionSet permissions)
    {
        var creation = new Creation(email, permissions);
        lock (creations)
            creations.Add(creation);
        return creation;
    }

    /// <summary>Each way in which the database differs from what was acknowledged; empty when nothing is lost and nothing is there twice.</summary>
    public async Task<IReadOnlyList<string>> LostAsync(AscentHost host)
    {
        var memberships = await host.ReadAsync(db => (from membership in db.Set<Membership>()
                                                      join account in db.Set<Account>() on membership.AccountId equals account.Id
                                                      select new { membership, account.Email }).ToListAsync());
        var of = memberships.ToLookup(m => m.Email, m => m.membership);
        return [.. All.SelectMany(creation => Faults(creation, [.. of[creation.Email]]))];
    }

    private static IEnumerable<string> Faults(Creation creation, Membership[] present)
    {
        if (present.Length > 1)
            yield return $"{creation.Email} is there {present.Length} times";
        if (creation.Answered is not { } answered)
        {
            if (present.Length > 0 && creation.Asked is null)
                yield return $"{creation.Email} is there and nobody asked for it";
            yield break;
        }
        if (present.FirstOrDefault(m => m.Id == creation.MembershipId) is not { } membership)
            yield return $"{creation.Email} was created and is not there";
        else if (membership.State != answered && membership.State != creation.Asked)
            yield return $"{creation.Email} is {membership.State}, but the server said {answered}{(creation.Asked is { } asked ? $" or was asked for {asked}" : "")}";
        else if (membership.Permissions != creation.Permissions)
            yield return $"{creation.Email} holds something else than was given";
    }
}
