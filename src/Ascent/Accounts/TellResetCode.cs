using Ascent.Audit;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts;

/// <param name="Urn">Which school's code; null when the person owes one in a single school only.</param>
public sealed record TellResetCodeRequest(string? Email, string? Urn);

/// <param name="Code">In clear; never put it in a file or a log.</param>
public sealed record ToldResetCode(string FullName, string School, string Urn, string Code, DateTime ExpiresAt);

public sealed record ResetCodeTold(Guid MembershipId) : AuditEvent("reset-code-told");

/// <summary>Nobody with this address owes a reset code, there or anywhere.</summary>
public sealed record NobodyOwesResetCode(string Email, string? Urn)
    : Refusal("no-reset-code", $"{Email} needs no reset code{(Urn is null ? "" : $" in the school with URN {Urn}")}. The person first chooses a new password by “Forgotten your password?” and signs in with it", RefusalKind.Refused);

public sealed record SeveralResetCodes(IReadOnlyList<string> Schools)
    : Refusal("several-reset-codes", $"This person needs a code in several schools: {InWords.List(Schools)}. Say which one", RefusalKind.Conflict, "School");

/// <summary>There is somebody nearer to the person who can show the code.</summary>
public sealed record OthersCanShow(string FullName, string School, IReadOnlyList<string> Names)
    : Refusal("others-can-show", $"{InWords.List(Names, "or")} can show {InWords.Possessive(FullName)} code at {School}: whoever knows the person hands it over", RefusalKind.Refused);

/// <summary>
/// The operator's way to a reset code, for somebody whose school has no other administrator. Where there is one, that administrator is
/// named instead: the operator does not know the person, and the school does.
/// </summary>
public sealed class TellResetCode(Database database, GuardedCodes codes, TimeProvider clock)
{
    public async Task<Result<ToldResetCode>> ExecuteAsync(TellResetCodeRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Kind != ActorKind.Operator)
            return new OperatorsOnly();
        var key = EmailAddress.Parse(request.Email)?.Key ?? "";
        var owed = await database.ReadAsync(OrganisationScope.Server, db =>
            (from code in db.Set<ResetCode>()
             join member in db.Named() on new { code.OrganisationId, code.MembershipId } equals new { member.OrganisationId, member.MembershipId }
             where member.State == MembershipState.Active
             join account in db.Set<Account>() on member.AccountId equals account.Id
             where account.EmailKey == key
             join school in db.Set<Organisation>() on code.OrganisationId equals school.Id
             where request.Urn == null || school.Code == request.Urn
             orderby school.NameKey
             select new { code.OrganisationId, code.MembershipId, school.Name, school.Code }).ToListAsync(cancellationToken));
        return owed switch
        {
            [] => new NobodyOwesResetCode(request.Email ?? "", request.Urn),
            [var one] => await TellAsync(one.OrganisationId, one.MembershipId, one.Name, one.Code, actor, cancellationToken),
            _ => new SeveralResetCodes([.. owed.Select(o => $"{o.Name} ({o.Code})")]),
        };
    }

    private Task<Result<ToldResetCode>> TellAsync(Guid organisationId, Guid membershipId, string school, string urn, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeAsync<Result<ToldResetCode>>(OrganisationScope.Of(organisationId), async db =>
        {
            var now = clock.Now();
            var code = await db.Set<ResetCode>().SingleOrDefaultAsync(c => c.MembershipId == membershipId, cancellationToken);
            var member = await db.Named().SingleOrDefaultAsync(m => m.MembershipId == membershipId && m.State == MembershipState.Active, cancellationToken);
            if (code is null || member is null)
                return new NotFound("person who asked for a reset code");
            // Another person, not another membership: nobody shows a code to themselves.
            // An authority or trust has no page that shows reset codes: whoever runs the server is the way there.
            var others = (await db.PlaceAsync(organisationId, cancellationToken)).IsBody ? []
                : (await db.HoldersAsync(LondonTime.DateOf(now), cancellationToken)).Where(h => h.AccountId != member.AccountId).Select(h => h.FullName).ToArray();
            if (others.Length > 0)
                return new OthersCanShow(member.FullName, school, others);
            if (now >= code.ExpiresAt || codes.Read(code) is not { } text)
                return new ResetCodeExpired(member.Forename);
            db.AddAudit(now, actor, organisationId, new ResetCodeTold(membershipId), member.ForAudit());
            await db.SaveChangesAsync(cancellationToken);
            return new ToldResetCode(member.FullName, school, urn, text, code.ExpiresAt);
        }, cancellationToken);
}
