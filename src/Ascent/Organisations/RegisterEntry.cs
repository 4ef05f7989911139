using Ascent.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Organisations;

/// <summary>
/// What a school is in the register, apart from what the school is here: its number, name and the facts that a load brings. When a school becomes
/// another, two rows change places in this and in nothing else (docs/adr/0029). A test holds the two lists to the columns that there are.
/// </summary>
public static class RegisterEntry
{
    /// <summary>Goes with the number: what a load of the register writes, and an operator’s decision over it.</summary>
    public static IReadOnlyList<string> OfTheNumber { get; } =
    [
        nameof(School.Code), nameof(School.Name), nameof(School.NameKey), nameof(School.IsClosed), nameof(School.DfeNumber), nameof(School.LocalAuthorityCode), nameof(School.LocalAuthorityName),
        nameof(School.TrustCode), nameof(School.TypeCode), nameof(School.Phase), nameof(School.LowAge), nameof(School.HighAge), nameof(School.Town), nameof(School.Postcode),
        nameof(School.IsPrimary), nameof(School.PrimaryOverride),
    ];

    /// <summary>Stays with the row, and so with its people and pupils.</summary>
    public static IReadOnlyList<string> OfTheRow { get; } = [nameof(School.Id), nameof(School.Kind), nameof(School.FactorRule), nameof(School.Version), nameof(School.BecameId), nameof(School.ReportsOffFrom), nameof(School.TargetsOffFrom), nameof(School.CollaborateOffFrom), nameof(School.TrackingOffFrom)];

    /// <summary>Lets two schools of this context change places in the register. A number is there once at every moment, so it takes three saves.</summary>
    internal static async Task ChangePlacesAsync(AppDb db, School one, School other, CancellationToken cancellationToken)
    {
        var (first, second) = (db.Entry(one), db.Entry(other));
        var (mine, theirs) = (OfTheNumber.ToDictionary(p => p, p => first.Property(p).CurrentValue), OfTheNumber.ToDictionary(p => p, p => second.Property(p).CurrentValue));
        second.Property(nameof(School.Code)).CurrentValue = $"={other.Code}";
        await db.SaveChangesAsync(cancellationToken);
        foreach (var name in OfTheNumber)
            first.Property(name).CurrentValue = theirs[name];
        one.Version++;
        await db.SaveChangesAsync(cancellationToken);
        foreach (var name in OfTheNumber)
            second.Property(name).CurrentValue = mine[name];
        other.Version++;
        await db.SaveChangesAsync(cancellationToken);
    }
}
