using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.SignIn;
using Microsoft.AspNetCore.Authorization;

namespace Ascent.Web.Authorization;

/// <summary>The page belongs to an organisation; at its entry stand the same gates, whatever the page is.</summary>
internal abstract record EntryRequirement : IAuthorizationRequirement
{
    /// <summary>The page where a reset code is given; the only one open while it is missing, and closed when it is not.</summary>
    public bool IsResetDoor { get; init; }

    /// <summary>The page that says why a second factor of another organisation's reset does not open this one; closed to everybody else.</summary>
    public bool IsFactorDoor { get; init; }
}

/// <summary>An organisation at whose entry the person stands: its home, what the pages about second factors call it, and the gates.</summary>
/// <param name="For">The URN of a school, the address of a body.</param>
internal sealed record Entry(string Home, string For, bool NeedsSignIn, bool NeedsResetCode, FactorGate Gate)
{
    /// <summary>A school that is locked: nobody opens a page of it.</summary>
    public SchoolAccess? Locked { get; private init; }

    /// <summary>The address has the number that a school had before it became another.</summary>
    public SchoolAccess? Moved { get; private init; }

    /// <summary>Whoever comes to a school by a body owes codes and factors to the body.</summary>
    public static Entry Of(SchoolAccess access)
    {
        var (home, name) = access.Above is { } above ? ($"/organisations/{above.Address}", above.Address) : ($"/schools/{access.Urn}", access.Urn);
        return new(home, name, access.NeedsSignIn, access.NeedsResetCode, access.FactorGate) { Locked = access.Lock is null ? null : access, Moved = access.AskedAs is null ? null : access };
    }

    public static Entry Of(BodyAccess access) => new($"/organisations/{access.Address}", access.Address, access.NeedsSignIn, access.NeedsResetCode, access.FactorGate);

    public string ResetDoor => $"{Home}/reset-code";

    public string FactorDoor => $"{Home}/second-factor";
}

/// <summary>What the entry of an organisation asks for before any page of it, in this order; schools and bodies ask alike.</summary>
internal static class EntryGates
{
    /// <returns>True when the person stands before a gate; which one is left for <see cref="RefusedPages"/>.</returns>
    public static bool IsStopped(this HttpContext http, SignedInPerson person, Entry entry, EntryRequirement requirement)
    {
        if (entry.NeedsSignIn)
            http.Features.Set(new SignInNeeded());
        else if (entry.NeedsResetCode != requirement.IsResetDoor)
            http.Features.Set(new ResetCodeNeeded(entry));
        else if (!requirement.IsResetDoor && (entry.Gate == FactorGate.Enrol || entry.Gate == FactorGate.NotTrusted != requirement.IsFactorDoor))
            http.Features.Set(new FactorNeeded(entry));
        // The doors too: they open at the new address.
        else if (entry.Moved is { } moved)
            http.Features.Set(new SchoolHasMoved(moved));
        // After what the session owes, so that nobody but the person themselves learns it; the doors take code and factor all the same.
        else if (entry.Locked is { } locked && !requirement.IsResetDoor && !requirement.IsFactorDoor)
            http.Features.Set(new SchoolShut(locked));
        else if (person.TermsVersion < AgreeToTerms.Version)
            http.Features.Set(new TermsNeeded());
        else
            return false;
        return true;
    }
}
