using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Above;

/// <summary>What the ways to begin, change and end a link have in common.</summary>
internal static class ReachRules
{
    public static Result<string> ReadAgreement(string? typed)
    {
        var text = PlainText.Tidy(typed);
        if (text.Length == 0)
            return new AgreementRefusal("Say what was agreed: between whom, when, and for what");
        return PlainText.HasForbiddenCharacter(text) || text.Length > ReachLink.LongestAgreement
            ? new AgreementRefusal($"Say it in {ReachLink.LongestAgreement} characters or fewer, on one line")
            : text;
    }

    public static Task<ReachLink?> PresentLinkAsync(this AppDb db, Guid schoolId, Guid bodyId, CancellationToken cancellationToken) =>
        db.Set<ReachLink>().SingleOrDefaultAsync(l => l.OrganisationId == schoolId && l.BodyId == bodyId && l.EndedAt == null, cancellationToken);

    /// <summary>Starts a link, or puts it in the place of the present one in the same save; a series goes on then.</summary>
    public static ReachLink Start(this AppDb db, ReachLink? present, Guid schoolId, Guid bodyId, ReachLevel level, ReachOrigin origin, string agreement, Actor actor, Guid id, DateTime now)
    {
        present?.End(ReachEnding.Replaced, actor.AccountId, now);
        var link = new ReachLink
        {
            OrganisationId = schoolId, Id = id, BodyId = bodyId, Level = level, SeriesId = present?.SeriesId ?? id, Origin = origin, Agreement = agreement,
            StartedAt = now, StartedById = actor.AccountId, IsRegistered = present?.IsRegistered == true,
        };
        db.Add(link);
        return link;
    }

    /// <summary>In the chain of the school and in that of the body.</summary>
    /// <param name="bodyTexts">What stands beside the body's entry only; null for the same as beside the school's.</param>
    public static async Task NoteAsync(this AppDb db, DateTime now, Actor actor, Guid schoolId, Guid bodyId, AuditEvent happened, IReadOnlyDictionary<string, string> texts, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? bodyTexts = null)
    {
        var names = await db.Set<Organisation>().Where(o => o.Id == schoolId || o.Id == bodyId).ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
        foreach (var (chain, other) in ((Guid, Guid)[])[(schoolId, bodyId), (bodyId, schoolId)])
            db.AddAudit(now, actor, chain, happened, [new AuditPerson(other, new Dictionary<string, string>(chain == bodyId ? bodyTexts ?? texts : texts) { ["Organisation"] = names[other] }), .. await db.ByOfAsync(actor, chain, cancellationToken)]);
    }

    // A chain knows its own people by their memberships; whoever acts from the other side is named beside the entry.
    private static async Task<AuditPerson[]> ByOfAsync(this AppDb db, Actor actor, Guid chain, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Person || actor.OrganisationId is not { } organisationId || organisationId == chain)
            return [];
        var name = await db.Set<Account>().Where(a => a.Id == actor.AccountId).Select(a => a.Forename + " " + a.Surname).SingleAsync(cancellationToken);
        var from = await db.Set<Organisation>().Where(o => o.Id == organisationId).Select(o => o.Name).SingleAsync(cancellationToken);
        return [new(actor.AccountId!.Value, new Dictionary<string, string> { [AuditPerson.Name] = name, [AuditPerson.From] = from })];
    }
}

public sealed record AgreementRefusal(string Message) : Refusal("agreement", Message, RefusalKind.Field, "Agreement");

/// <summary>The link is not there (any more), or was changed meanwhile.</summary>
public sealed record LinkGone() : Refusal("link-gone", "This has been changed meanwhile, so nothing was done. Look at the page as it is now", RefusalKind.Conflict);
