using System.Security.Cryptography;
using System.Text.Json;
using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SetUp;

/// <summary>
/// The first-run set-up of an empty server. It opens with the token of a link that was printed on the console, and is over for good once
/// there is an account, or an organisation that the set-up itself did not make.
/// </summary>
public sealed class FirstRun(Database database)
{
    /// <returns>A new token, which replaces an older one; null when there is nothing to set up.</returns>
    public Task<string?> BeginAsync(CancellationToken cancellationToken) =>
        database.ChangeAsync<string?>(OrganisationScope.Server, async db =>
        {
            var fact = await db.Set<ServerFact>().SingleOrDefaultAsync(f => f.Name == ServerFact.FirstRun, cancellationToken);
            var state = fact is null ? new State("", HasOrganisations: false) : Read(fact);
            if (!await IsOpenAsync(db, state, cancellationToken))
                return null;
            var token = LinkToken.Create();
            state = state with { TokenHash = Convert.ToHexString(LinkToken.Hash(token)!) };
            if (fact is null)
                db.Add(new ServerFact { Name = ServerFact.FirstRun, Value = JsonSerializer.Serialize(state) });
            else
                fact.Value = JsonSerializer.Serialize(state);
            await db.SaveChangesAsync(cancellationToken);
            return token;
        }, cancellationToken);

    /// <summary>The server waits to be set up; every other page leads there.</summary>
    public Task<bool> IsOpenAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db => await FindAsync(db, cancellationToken) is not null);

    /// <summary>The token is the one that was printed last, and the set-up is not over.</summary>
    public Task<bool> OpensAsync(string? token, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db =>
            LinkToken.Hash(token) is { } hash && await FindAsync(db, cancellationToken) is var (_, state)
            && CryptographicOperations.FixedTimeEquals(hash, Convert.FromHexString(state.TokenHash)));

    /// <summary>The set-up is about to make an organisation, which therefore does not end it.</summary>
    public Task<Done> NoteOrganisationsAsync(CancellationToken cancellationToken) =>
        database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            if (await FindAsync(db, cancellationToken) is var (fact, state) && !state.HasOrganisations)
            {
                fact.Value = JsonSerializer.Serialize(state with { HasOrganisations = true });
                await db.SaveChangesAsync(cancellationToken);
            }
            return new Done();
        }, cancellationToken);

    private static async Task<(ServerFact Fact, State State)?> FindAsync(AppDb db, CancellationToken cancellationToken) =>
        await db.Set<ServerFact>().SingleOrDefaultAsync(f => f.Name == ServerFact.FirstRun, cancellationToken) is { } fact && await IsOpenAsync(db, Read(fact), cancellationToken)
            ? (fact, Read(fact))
            : null;

    private static async Task<bool> IsOpenAsync(AppDb db, State state, CancellationToken cancellationToken) =>
        !await db.Set<Account>().AnyAsync(cancellationToken)
        && (state.HasOrganisations || !await db.Set<Organisation>().AnyAsync(cancellationToken));

    private static State Read(ServerFact fact) => JsonSerializer.Deserialize<State>(fact.Value)!;

    /// <param name="TokenHash">In hexadecimal, of the token that was printed last.</param>
    private sealed record State(string TokenHash, bool HasOrganisations);
}

/// <summary>Something is here already: a first run makes the first things only.</summary>
public sealed record NotTheFirstRun()
    : Refusal("not-the-first-run", "This server has accounts already, so there is nothing to set up. `ascent schools` and `ascent operators` go on from here", RefusalKind.Refused);

/// <summary>Whether there is anybody on this server yet; the command line asks.</summary>
public sealed class CheckFirstRun(Database database)
{
    public Task<Result<Done>> ExecuteAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<Result<Done>>(OrganisationScope.Server, async db =>
            await db.Set<Account>().AnyAsync(cancellationToken) ? new NotTheFirstRun() : new Done());
}
