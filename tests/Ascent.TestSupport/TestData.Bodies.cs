using System.Globalization;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Ascent.TestSupport;

/// <summary>Somebody in an authority or trust.</summary>
public sealed record TestBodyMember(Guid AccountId, Guid MembershipId, Organisation Body, string Forename, string Surname, string Email, PermissionSet Permissions)
{
    public string FullName => $"{Forename} {Surname}";

    public string Address => BodyAddress.Of(Body.Kind, Body.Code);

    public Actor Actor => new(ActorKind.Person, AccountId, MembershipId, Body.Id, Permissions) { IsFresh = true };
}

public sealed partial class TestData
{
    public Task<LocalAuthority> AddAuthorityAsync(string? name = null) => AddBodyAsync(new LocalAuthority { Id = Clock.NewId(), Code = (300 + Next()).ToString(CultureInfo.InvariantCulture), FactorRule = FactorRule.Offered }, name ?? "Testshire");

    public Task<Trust> AddTrustAsync(string? name = null) => AddBodyAsync(new Trust { Id = Clock.NewId(), Code = $"TR{10000 + Next()}", FactorRule = FactorRule.Offered }, name ?? "Test Trust");

    /// <summary>A present link, as the operator's use case makes it.</summary>
    public async Task LinkAsync(School school, Organisation body, ReachLevel? level)
    {
        var agreed = await Get<AgreeReach>().ExecuteAsync(new(school.Code, BodyAddress.Of(body.Kind, body.Code), level, level is null ? null : "Agreed in the test"), Actor.Operator, CancellationToken.None);
        if (!agreed.Succeeded)
            throw new InvalidOperationException(agreed.Refusals[0].Message);
    }

    /// <summary>An Active member of a body who has signed up and agreed to the terms.</summary>
    /// <param name="schools">With selected schools: which ones, which must be linked by now.</param>
    /// <param name="account">Somebody who has an account already.</param>
    public async Task<TestBodyMember> AddBodyMemberAsync(
        Organisation body, PermissionSet permissions, IReadOnlyCollection<School>? schools = null, DateOnly? endsOn = null, JobRole role = JobRole.Adviser, TestMember? account = null, string? email = null)
    {
        var n = Next();
        var hash = await PasswordHash.Value;
        var now = Clock.Now();
        var address = EmailAddress.Parse(account?.Email ?? email ?? $"body{n}@above.example")!;
        var (first, last) = account is null ? ("Lee", $"Above{n}") : (account.Forename, account.Surname);
        var accountId = account?.AccountId ?? Clock.NewId();
        var membership = new Membership { OrganisationId = body.Id, Id = Clock.NewId(), AccountId = accountId, JobRole = role, Permissions = permissions.Normalised(), EndsOn = endsOn, CreatedAt = now };
        membership.Activate(now);
        membership.FindAs(first, last, address.Typed);
        await SaveAsync(async db =>
        {
            if (account is null)
                db.Add(new Account
                {
                    Id = accountId, Email = address.Typed, EmailKey = address.Key, Forename = first, Surname = last, CreatedAt = now,
                    PasswordHash = hash, TermsVersion = AgreeToTerms.Version,
                });
            db.Add(membership);
            foreach (var school in schools ?? [])
            {
                var series = await db.Set<ReachLink>().Where(l => l.OrganisationId == school.Id && l.BodyId == body.Id && l.EndedAt == null).Select(l => l.SeriesId).SingleAsync();
                db.Add(new MembershipSchool { OrganisationId = body.Id, MembershipId = membership.Id, SchoolId = school.Id, SeriesId = series });
            }
        });
        return new(accountId, membership.Id, body, first, last, address.Typed, membership.Permissions);
    }

    private async Task<T> AddBodyAsync<T>(T body, string name) where T : Organisation
    {
        body.Rename(name);
        await SaveAsync(db =>
        {
            db.Add(body);
            return Task.CompletedTask;
        });
        return body;
    }
}
