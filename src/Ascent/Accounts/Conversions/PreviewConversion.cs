using System.Security.Cryptography;
using System.Text.Json;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;

namespace Ascent.Accounts.Conversions;

public sealed record ConversionRequest(string PredecessorUrn, string SuccessorUrn);

/// <summary>One of the two as the register has it.</summary>
/// <param name="Trust">The group code.</param>
public sealed record ConversionSchool(string Urn, string Name, string? DfeNumber, bool IsClosed, SchoolPhase Phase, bool IsPrimary, string? LocalAuthority, string? Trust);

/// <param name="What">After the number: "3 people …" is made of both by <see cref="Words"/>.</param>
public sealed record ConversionCount(string Table, int Count, string What)
{
    public string Words => $"{Count:N0} {What}";
}

public sealed record ConversionLimit(Permission Permission, int Used, int Limit);

/// <summary>Somebody with a place in both: the one in the predecessor goes on.</summary>
public sealed record PlaceInBoth(string Name, string State);

/// <summary>Exactly what a conversion would do, and why it cannot.</summary>
/// <param name="Carried">What goes on under the new number, table by table.</param>
/// <param name="InBoth">Whose place in the successor is put to sleep, and taken away when the conversion is committed.</param>
/// <param name="LinksOfPredecessor">Authorities and trusts that reach it now, and will not by this.</param>
/// <param name="LinksOfSuccessor">Those that reach the successor, as the register says.</param>
/// <param name="Doubts">What whoever converts should look at; none of it stands in the way.</param>
/// <param name="Obstacles">Empty when it can be done.</param>
public sealed record ConversionPreview(
    ConversionSchool Predecessor, ConversionSchool Successor, IReadOnlyList<ConversionCount> Carried, IReadOnlyList<ConversionLimit> Limits, IReadOnlyList<PlaceInBoth> InBoth,
    IReadOnlyList<string> LinksOfPredecessor, IReadOnlyList<string> LinksOfSuccessor, IReadOnlyList<string> Doubts, IReadOnlyList<string> Obstacles)
{
    /// <summary>Of everything above: whoever confirms names it, and is refused when anything of it has changed meanwhile.</summary>
    public string Mark => field ??= MarkOf(this);

    private static string MarkOf(ConversionPreview p)
    {
        var text = JsonSerializer.Serialize(new object[] { p.Predecessor, p.Successor, p.Carried, p.Limits, p.InBoth, p.LinksOfPredecessor, p.LinksOfSuccessor, p.Doubts, p.Obstacles });
        var hash = Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        return $"{hash[..4]}-{hash[4..8]}";
    }
}

/// <summary>Looks at two schools and says what would become of everything when the first became the second. Changes nothing.</summary>
public sealed class PreviewConversion(Database database)
{
    public async Task<Result<ConversionPreview>> ExecuteAsync(ConversionRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        return await database.ReadAsync<Result<ConversionPreview>>(OrganisationScope.Server, async db =>
        {
            var pair = await ConversionPair.FindAsync(db, request, cancellationToken);
            return pair.Succeeded ? await new LookAtConversion(db, pair.Value.Predecessor, pair.Value.Successor).ExecuteAsync(cancellationToken) : Result.Refuse<ConversionPreview>(pair.Refusals);
        });
    }
}
