using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <summary>
/// The school ends a link, from the next request on: nobody of the body opens it any more, and no load of the register starts it again. Chosen
/// schools drop out of the body's memberships with it.
/// </summary>
public sealed class EndReach(Database database, HolderMails mails, TimeProvider clock)
{
    /// <param name="version">Of the link as it was shown.</param>
    /// <returns>The name of the body, for the notice.</returns>
    public Task<Result<string>> ExecuteAsync(Guid linkId, int version, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } schoolId || !actor.Holds(Permission.SchoolSetup, schoolId))
            return Task.FromResult<Result<string>>(new NotAllowed(Permission.SchoolSetup));
        if (!actor.IsFresh)
            return Task.FromResult<Result<string>>(new ConfirmItIsYou());
        return database.ChangeAsync<Result<string>>(OrganisationScope.Server, async db =>
        {
            if (await db.Set<ReachLink>().SingleOrDefaultAsync(l => l.OrganisationId == schoolId && l.Id == linkId, cancellationToken) is not { } link)
                return new NotFound("link");
            var body = await db.Set<Organisation>().Where(o => o.Id == link.BodyId).Select(o => o.Name).SingleAsync(cancellationToken);
            // Pressed twice.
            if (link.Ending == ReachEnding.School)
                return body;
            if (link.EndedAt is not null || link.Version != version)
                return new LinkGone();
            return await EndAsync(db, mails, link, body, ReachEnding.School, actor, clock.Now(), cancellationToken);
        }, cancellationToken);
    }

    internal static async Task<Result<string>> EndAsync(AppDb db, HolderMails mails, ReachLink link, string body, ReachEnding how, Actor actor, DateTime now, CancellationToken cancellationToken)
    {
        link.End(how, actor.AccountId, now);
        await db.NoteAsync(now, actor, link.OrganisationId, link.BodyId, new ReachEnded(link.Id, link.OrganisationId, link.BodyId, link.Level, how), new Dictionary<string, string>(), cancellationToken);
        await mails.TellReachAsync(db, link.OrganisationId, body, "does not reach the school any more", actor, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return body;
    }
}

/// <param name="Body">Of <see cref="BodyAddress"/>.</param>
/// <param name="Level">Null to end the link.</param>
/// <param name="Agreement">The agreement that it rests on; needed for a level.</param>
public sealed record AgreeReachRequest(string Urn, string Body, ReachLevel? Level, string? Agreement);

/// <param name="Changed">False when it was so already.</param>
public sealed record ReachAgreed(string School, string Body, ReachLevel? Level, bool Changed);

/// <summary>Whoever runs the server names the agreement between a school and a body: a link begins, changes its level up or down, or ends.</summary>
public sealed class AgreeReach(Database database, HolderMails mails, TimeProvider clock)
{
    public Task<Result<ReachAgreed>> ExecuteAsync(AgreeReachRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return Task.FromResult<Result<ReachAgreed>>(new OperatorsOnly());
        return database.ChangeAsync<Result<ReachAgreed>>(OrganisationScope.Server, async db =>
        {
            if (await db.Set<School>().SingleOrDefaultAsync(s => s.Code == request.Urn, cancellationToken) is not { } school)
                return new NotFound($"school with URN {request.Urn}");
            if (await db.FindBodyAsync(request.Body, cancellationToken) is not { } body)
                return new NotFound($"authority or trust {request.Body}");
            var present = await db.PresentLinkAsync(school.Id, body.Id, cancellationToken);
            var now = clock.Now();
            if (request.Level is not { } level)
            {
                if (present is null)
                    return new ReachAgreed(school.Name, body.Name, null, Changed: false);
                await EndReach.EndAsync(db, mails, present, body.Name, ReachEnding.Operator, actor, now, cancellationToken);
                return new ReachAgreed(school.Name, body.Name, null, Changed: true);
            }
            if (present?.Level == level)
                return new ReachAgreed(school.Name, body.Name, level, Changed: false);
            var agreement = ReachRules.ReadAgreement(request.Agreement);
            if (!agreement.Succeeded)
                return Result.Refuse<ReachAgreed>(agreement.Refusals);
            var link = db.Start(present, school.Id, body.Id, level, ReachOrigin.Operator, agreement.Value, actor, clock.NewId(), now);
            await db.NoteAsync(now, actor, school.Id, body.Id, new ReachStarted(link.Id, school.Id, body.Id, level, link.Origin), new Dictionary<string, string> { ["Agreement"] = agreement.Value }, cancellationToken);
            await mails.TellReachAsync(db, school.Id, body.Name, $"reaches the school from now on, for {level.Words()}", actor, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return new ReachAgreed(school.Name, body.Name, level, Changed: true);
        }, cancellationToken);
    }
}

internal static class Bodies
{
    /// <param name="address">Of <see cref="BodyAddress"/>.</param>
    public static async Task<Organisation?> FindBodyAsync(this AppDb db, string? address, CancellationToken cancellationToken) =>
        BodyAddress.Read(address) is var (kind, code) ? await db.Set<Organisation>().SingleOrDefaultAsync(o => o.Kind == kind && o.Code == code, cancellationToken) : null;
}
