using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.Accounts.Operators;

/// <param name="Terms">The services that are to change, each with what it is to be.</param>
/// <param name="Version">The school as it was shown; null at the command line.</param>
public sealed record SetServicesRequest(string Urn, IReadOnlyDictionary<SchoolServices, ServiceTerm> Terms, int? Version = null);

public sealed record ServiceChange(SchoolServices Service, ServiceTerm Before, ServiceTerm After)
{
    public string Label => ServiceCatalogue.Of(Service).Label;
}

/// <param name="Changes">Empty when it was so already; nothing was written then.</param>
public sealed record ServicesSet(string School, IReadOnlyList<ServiceChange> Changes);

/// <summary>In the chain of the school and in the server's. Before and after as <see cref="ServiceTerm"/> writes them.</summary>
public sealed record ServiceSwitched(Guid SchoolId, SchoolServices Service, string Before, string After) : AuditEvent("service-switched");

public sealed record ServiceDateRefusal(SchoolServices Service, string Message) : Refusal("service-date", Message, RefusalKind.Field, $"{Service}Until");

public sealed record NoTrackingHere(string School)
    : Refusal("no-tracking", $"{School} does not count as a primary school, so it has no Pupil Tracking to switch", RefusalKind.Refused, nameof(SchoolServices.PupilTracking));

/// <summary>
/// Switches services of a school on, off, or on until a day, from everybody's next request on. What people hold stays with them and lies still
/// meanwhile; what was recorded stays. The school's holders of School setup are mailed.
/// </summary>
public sealed class SetServices(Database database, HolderMails mails, TimeProvider clock)
{
    public async Task<Result<ServicesSet>> ExecuteAsync(SetServicesRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        return await database.ChangeAsync<Result<ServicesSet>>(OrganisationScope.Server, async db =>
        {
            var found = await db.SchoolToChangeAsync(request.Urn, request.Version, cancellationToken);
            if (!found.Succeeded)
                return Result.Refuse<ServicesSet>(found.Refusals);
            var (school, now) = (found.Value, clock.Now());
            var today = LondonTime.DateOf(now);
            var refusals = Check(request.Terms, school, today);
            if (refusals.Count > 0)
                return Result.Refuse<ServicesSet>(refusals);
            var changes = Changes(request.Terms, school, today);
            foreach (var change in changes)
            {
                school.Switch(change.Service, !change.After.IsOn ? today : change.After.LastDay?.AddDays(1));
                db.NoteDecision(now, actor, school, new ServiceSwitched(school.Id, change.Service, change.Before.ToString(), change.After.ToString()));
            }
            if (changes.Count > 0)
            {
                school.Version++;
                await mails.TellServicesAsync(db, school, changes, now, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
            }
            return new ServicesSet(school.Name, changes);
        }, cancellationToken);
    }

    /// <summary>What would change, for a page that asks before it is done.</summary>
    public static IReadOnlyList<ServiceChange> Changes(IReadOnlyDictionary<SchoolServices, ServiceTerm> terms, School school, DateOnly today) =>
        [.. from info in ServiceCatalogue.All
            where terms.ContainsKey(info.Service)
            let change = new ServiceChange(info.Service, school.Term(info.Service, today), terms[info.Service])
            where change.Before != change.After
            select change];

    public static IReadOnlyList<Refusal> Check(IReadOnlyDictionary<SchoolServices, ServiceTerm> terms, School school, DateOnly today)
    {
        var refusals = new List<Refusal>();
        foreach (var (service, term) in terms.OrderBy(t => t.Key))
            if (service == SchoolServices.PupilTracking && !school.HasTracking)
                refusals.Add(new NoTrackingHere(school.Name));
            else if (term.LastDay < today)
                refusals.Add(new ServiceDateRefusal(service, $"The last day of {ServiceCatalogue.Of(service).Label} must be today, {InWords.Date(today)}, or later"));
            else if (term.LastDay > today.AddYears(10))
                refusals.Add(new ServiceDateRefusal(service, $"The last day of {ServiceCatalogue.Of(service).Label} must be within the next 10 years"));
        return refusals;
    }
}
