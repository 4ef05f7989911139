using Ascent.Accounts;
using Ascent.Accounts.Passwords;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Ascent.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Ascent.TestSupport;

/// <summary>Somebody in a school, and what a test may want of them.</summary>
public sealed record TestMember(Guid AccountId, Guid MembershipId, School School, string Forename, string Surname, string Email, PermissionSet Permissions)
{
    public string FullName => $"{Forename} {Surname}";

    public string Password => TestData.Password;

    public Actor Actor => new(ActorKind.Person, AccountId, MembershipId, School.Id, Permissions.Effective(School.HasTracking)) { IsFresh = true };
}

public sealed partial class TestData
{
    public const string Password = "four wet otters sing";

    // A hash takes long on purpose, so one serves everybody in a process.
    private static readonly Lazy<Task<string>> PasswordHash = new(async () =>
    {
        using var hashing = new PasswordHashing();
        return await hashing.HashAsync(Password, CancellationToken.None);
    });

    public Task<TestMember> AddMemberAsync(School school, params Permission[] permissions) => AddMemberAsync(school, PermissionSet.Of(permissions));

    /// <summary>An Active member who has signed up and agreed to the terms. Takes the seats that the permissions need.</summary>
    /// <param name="account">Somebody who is a member elsewhere already.</param>
    public async Task<TestMember> AddMemberAsync(
        School school, PermissionSet permissions, string? forename = null, string? surname = null, string? email = null,
        JobRole role = JobRole.Teacher, DateOnly? endsOn = null, TestMember? account = null)
    {
        var n = Next();
        var hash = await PasswordHash.Value;
        var now = Clock.Now();
        var address = EmailAddress.Parse(account?.Email ?? email ?? $"person{n}@school.example")!;
        var (first, last) = account is null ? (forename ?? "Pat", surname ?? $"Member{n}") : (account.Forename, account.Surname);
        var accountId = account?.AccountId ?? Clock.NewId();
        var membership = new Membership
        {
            OrganisationId = school.Id, Id = Clock.NewId(), AccountId = accountId, JobRole = role, Permissions = permissions.Normalised(), EndsOn = endsOn, CreatedAt = now,
        };
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
            foreach (var permission in membership.Permissions.SeatsNeeded())
            {
                var seat = await db.Set<Seat>().Where(s => s.OrganisationId == school.Id && s.Permission == permission && s.HolderId == null)
                    .OrderBy(s => s.Number).FirstAsync();
                seat.HolderId = membership.Id;
            }
        });
        return new(accountId, membership.Id, school, first, last, address.Typed, membership.Permissions);
    }

    /// <summary>A pending user, made by the use case itself.</summary>
    public async Task<TestMember> InviteAsync(
        TestMember administrator, PermissionSet permissions = default, string? forename = null, string? surname = null, string? email = null, DateOnly? endsOn = null)
    {
        var n = Next();
        var (first, last, address) = (forename ?? "Sam", surname ?? $"Pending{n}", email ?? $"pending{n}@school.example");
        var created = await Get<CreateUser>().ExecuteAsync(
            new(null, first, last, address, AcceptsMixedScript: false, JobRole.Teacher, null, permissions, endsOn), administrator.Actor, CancellationToken.None);
        var accountId = await ReadAsync(db => db.Set<Membership>().Where(m => m.Id == created.Value).Select(m => m.AccountId).SingleAsync());
        return new(accountId, created.Value, administrator.School, first, last, address, permissions.Normalised());
    }
}
