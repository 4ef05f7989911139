using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Factors;

public sealed record FactorRuleChanged(FactorRule Before, FactorRule After) : AuditEvent("policy-changed");

/// <param name="Changed">False when it was so already; nothing was written then.</param>
/// <param name="WithoutFactor">How many people of the organisation now have to add one before their next page.</param>
public sealed record FactorRuleSet(string Organisation, FactorRule Rule, bool Changed, int WithoutFactor);

/// <summary>Below the default only whoever runs the server goes.</summary>
public sealed record BelowDefault()
    : Refusal("below-default", "Only whoever runs the server can do without a second factor for people who administer or see pupils’ names", RefusalKind.Refused, "Rule");

/// <summary>
/// Who has to have a second factor. School setup, LA or Trust setup choose between the default and everybody; whoever runs the server may also lower it. It
/// holds from everybody's next request on.
/// </summary>
public sealed class SetFactorRule(Database database, HolderMails mails, TimeProvider clock)
{
    /// <summary>By whoever manages the users of the organisation of the actor.</summary>
    public Task<Result<FactorRuleSet>> ExecuteAsync(FactorRule rule, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Administers(organisationId))
            return Task.FromResult<Result<FactorRuleSet>>(new NotAllowed(Permission.SchoolSetup));
        if (rule == FactorRule.Offered)
            return Task.FromResult<Result<FactorRuleSet>>(new BelowDefault());
        return actor.IsFresh ? SetAsync(organisationId, rule, actor, cancellationToken) : Task.FromResult<Result<FactorRuleSet>>(new ConfirmItIsYou());
    }

    /// <summary>By whoever runs the server, for any school.</summary>
    public async Task<Result<FactorRuleSet>> ExecuteAsync(string urn, FactorRule rule, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        var id = await database.ReadAsync(OrganisationScope.Server, db => db.Set<School>().Where(s => s.Code == urn).Select(s => (Guid?)s.Id).SingleOrDefaultAsync(cancellationToken));
        return id is { } found ? await SetAsync(found, rule, actor, cancellationToken) : new NotFound($"school with URN {urn}");
    }

    private Task<Result<FactorRuleSet>> SetAsync(Guid organisationId, FactorRule rule, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<FactorRuleSet>>(OrganisationScope.Of(organisationId), async db =>
        {
            var organisation = await db.Set<Organisation>().SingleAsync(o => o.Id == organisationId, cancellationToken);
            var (before, now) = (organisation.FactorRule, clock.Now());
            if (before != rule)
            {
                organisation.FactorRule = rule;
                organisation.Version++;
                db.AddAudit(now, actor, organisationId, new FactorRuleChanged(before, rule));
                await mails.TellRuleChangedAsync(db, organisation.Name, organisationId, rule, actor, now, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
            }
            var place = await db.PlaceAsync(organisationId, cancellationToken);
            return new FactorRuleSet(organisation.Name, rule, before != rule, await db.WithoutFactorAsync(place, rule, LondonTime.DateOf(now), cancellationToken));
        }, cancellationToken);
}

/// <param name="WithoutFactor">For each rule: how many Active people would have to add one.</param>
public sealed record FactorRuleView(FactorRule Rule, int Active, IReadOnlyDictionary<FactorRule, int> WithoutFactor);

/// <summary>The rule of an organisation, and what each choice would mean, for the page that changes it.</summary>
public sealed class ReadFactorRule(Database database, TimeProvider clock)
{
    public Task<FactorRuleView> ExecuteAsync(Actor actor, CancellationToken cancellationToken) => database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
    {
        var today = clock.Today();
        var present = await db.Set<Organisation>().Where(o => o.Id == actor.OrganisationId).Select(o => o.FactorRule).SingleAsync(cancellationToken);
        var place = await db.PlaceAsync(actor.OrganisationId.Value, cancellationToken);
        var without = new Dictionary<FactorRule, int>();
        foreach (var rule in Enum.GetValues<FactorRule>())
            without[rule] = await db.WithoutFactorAsync(place, rule, today, cancellationToken);
        return new FactorRuleView(present, await db.OpenToday(today).CountAsync(cancellationToken), without);
    });
}

internal static class FactorRulePeople
{
    public static IQueryable<Membership> OpenToday(this AppDb db, DateOnly today) =>
        db.Set<Membership>().Where(m => m.State == MembershipState.Active && (m.EndsOn == null || m.EndsOn >= today));

    /// <summary>Active people of the one organisation in scope whom a rule asks for a second factor, and who have none.</summary>
    public static async Task<int> WithoutFactorAsync(this AppDb db, Place place, FactorRule rule, DateOnly today, CancellationToken cancellationToken)
    {
        var bits = await db.OpenToday(today).Where(m => !db.Set<Factor>().Any(f => f.AccountId == m.AccountId)).Select(m => m.PermissionBits).ToListAsync(cancellationToken);
        return bits.Count(b => rule.Requires(new PermissionSet(b).Effective(place)));
    }

    public static string Words(FactorRule rule) => rule switch
    {
        FactorRule.Everybody => "everybody has to have a second factor",
        FactorRule.Default => "whoever administers, or sees pupils’ names or marks, has to have a second factor",
        _ => "nobody has to have a second factor",
    };
}

/// <summary>To the other administrators: who has to have a second factor has changed.</summary>
public sealed class FactorRuleMail() : MailTemplate<FactorRuleMail.Values>(FactorRuleMail.TemplateName)
{
    public const string TemplateName = "factor-rule";

    public sealed record Values(string Forename, string Organisation, string By, string Rule, DateTime At);

    protected override MailContent Write(Values v, string? secret, ServerSettings settings) => new($"Sign-in rules of {v.Organisation} changed",
    [
        new MailParagraph($"Hello {v.Forename},"),
        new MailParagraph($"{v.By} changed the sign-in rules of {v.Organisation} on {InWords.Date(v.At)}: from now on {v.Rule}. Whoever has none is led to adding one before the next page."),
        new MailParagraph("You are told because you manage its users too. Does this look wrong? Look at Sign-in rules, and ask them."),
    ]);
}
