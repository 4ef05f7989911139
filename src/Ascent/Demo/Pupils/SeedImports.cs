using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Demo.Pupils;

/// <summary>
/// Two files that Larkfield's data manager has given, by the same steps as a person's: one is confirmed, the other one waits for a review. They
/// are recognised by their bytes, so doing it again goes on where it was.
/// </summary>
public sealed class SeedImports(Database database, ReceiveImport receiveImport, CheckImport checkImport, ConfirmImport confirmImport, TimeProvider clock)
{
    private const string Manager = "data@larkfield.demo.example";

    private static readonly DateOnly TrueOn = new(2026, 11, 2);

    internal async Task ExecuteAsync(DemoSchool school, CancellationToken cancellationToken)
    {
        if (await FindManagerAsync(school.Urn, cancellationToken) is not { } manager)
            return;
        if (await ReceiveAsync("joiners and changes.csv", DemoImportFiles.Joiners(school), manager, cancellationToken) is { } joiners)
            await confirmImport.ExecuteAsync(joiners.Id, joiners.Version, manager, cancellationToken);
        await ReceiveAsync("before the census.csv", DemoImportFiles.Census(school), manager, cancellationToken);
    }

    private Task<Actor?> FindManagerAsync(string urn, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Server, async db =>
        {
            var found = await (from membership in db.Set<Membership>()
                               join account in db.Set<Account>() on membership.AccountId equals account.Id
                               join school in db.Set<School>() on membership.OrganisationId equals school.Id
                               where school.Code == urn && account.Email == Manager
                               select membership).FirstOrDefaultAsync(cancellationToken);
            return found is null ? null : new Actor(ActorKind.Person, found.AccountId, found.Id, found.OrganisationId, found.Permissions);
        });

    /// <returns>The import when it waits for a review.</returns>
    private async Task<Import?> ReceiveAsync(string name, byte[] file, Actor manager, CancellationToken cancellationToken)
    {
        var asAt = clock.Today() < TrueOn ? clock.Today() : TrueOn;
        var received = await receiveImport.ExecuteAsync(new(name, new MemoryStream(file), IsWholeRoll: false, asAt), manager, cancellationToken);
        // It was here already when this was cut off.
        var id = received.Succeeded ? received.Value.ImportId : received.Refusals[0] is SameFile same ? same.ImportId : throw new InvalidOperationException(received.Refusals[0].Message);
        var organisationId = manager.OrganisationId!.Value;
        await checkImport.ExecuteAsync(organisationId, id, cancellationToken);
        return await database.ReadAsync(OrganisationScope.Of(organisationId), db => db.Set<Import>().SingleOrDefaultAsync(i => i.Id == id && i.State == ImportState.Ready, cancellationToken));
    }
}
