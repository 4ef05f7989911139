using Ascent.Accounts.Conversions;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ascent.Tests.Accounts.Conversions;

/// <summary>Every table and column is decided on: what is added later fails here until somebody has thought of a school that becomes another.</summary>
public sealed class ConversionTablesTests
{
    /// <summary>Columns outside the tables of organisations, and beside their first key, that hold the id of one.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["factor_trusts.organisation_id"] = "stays with the school: who agreed to a factor are its people",
        ["operator_notices.organisation_id"] = "stays with the school: it tells of its people",
        ["membership_schools.school_id"] = "the two schools change places (OnConversion.OfBodies)",
        ["reach_links.body_id"] = "a body is no school",
        ["reach_proposals.body_id"] = "a body is no school",
        ["school_locks.body_id"] = "a body is no school",
        ["conversions.school_id"] = "is the conversion",
        ["conversions.former_id"] = "is the conversion",
    };

    [Fact]
    public async Task All_TablesOfOrganisations_AreEachDecidedOn()
    {
        await using var host = await AscentHost.StartAsync();
        var owned = await OwnedAsync(host);

        Assert.Equal(owned.Keys.Order(StringComparer.Ordinal), ConversionTables.All.Select(t => t.Table).Order(StringComparer.Ordinal));
    }

    // What the successor may have none of must not begin there at the moment of the conversion either.
    [Fact]
    public async Task All_TablesThatMustBeEmpty_BeginWithSomethingThatHoldsOn()
    {
        await using var host = await AscentHost.StartAsync();
        var owned = await OwnedAsync(host);

        bool HoldsOn(IEntityType type) => typeof(IBeginsInOrganisation).IsAssignableFrom(type.ClrType)
            || type.GetForeignKeys().Any(f => f.IsRequired && f.PrincipalEntityType != type && owned.ContainsValue(f.PrincipalEntityType) && HoldsOn(f.PrincipalEntityType));
        Assert.Equal([], ConversionTables.All.Where(t => t.Decision == OnConversion.Goes || t.Table == ConversionTables.People).Where(t => !HoldsOn(owned[t.Table])).Select(t => t.Table));
    }

    [Fact]
    public async Task Columns_OfASchool_GoWithTheNumberOrStayWithTheRow()
    {
        await using var host = await AscentHost.StartAsync();
        var columns = await host.ReadAsync(db => Task.FromResult(db.Model.FindEntityType(typeof(School))!.GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal).ToList()));

        Assert.Equal(columns, RegisterEntry.OfTheNumber.Concat(RegisterEntry.OfTheRow).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Columns_ThatHoldASchoolsId_AreEachDecidedOn()
    {
        await using var host = await AscentHost.StartAsync();
        var found = await host.ReadAsync(db => Task.FromResult((
            from type in db.Model.GetEntityTypes()
            from key in type.GetForeignKeys()
            where typeof(Organisation).IsAssignableFrom(key.PrincipalEntityType.ClrType)
            from column in key.Properties
            let isOwner = column.Name == nameof(IOrganisationOwned.OrganisationId) && typeof(IOrganisationOwned).IsAssignableFrom(type.ClrType)
            where !isOwner
            select $"{type.GetTableName()}.{column.GetColumnName()}").Distinct().Order(StringComparer.Ordinal).ToList()));

        Assert.Equal(found, Elsewhere.Keys.Order(StringComparer.Ordinal));
    }

    private static Task<Dictionary<string, IEntityType>> OwnedAsync(AscentHost host) => host.ReadAsync(db => Task.FromResult(
        db.Model.GetEntityTypes().Where(t => typeof(IOrganisationOwned).IsAssignableFrom(t.ClrType)).ToDictionary(t => t.GetTableName()!, StringComparer.Ordinal)));
}
