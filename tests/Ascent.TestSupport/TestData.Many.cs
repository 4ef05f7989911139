using System.Globalization;
using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    /// <summary>Many Active members without a password, a thousand in a save. Their rights need no seat.</summary>
    /// <param name="describe">What the nth of them holds; nothing when left out.</param>
    public async Task AddManyMembersAsync(School school, int count, Func<int, (JobRole Role, PermissionSet Permissions, DateOnly? EndsOn, DateTime? OpenedAt)>? describe = null)
    {
        var now = Clock.Now();
        for (var from = 0; from < count; from += 1000)
        {
            var (begin, end) = (from, Math.Min(from + 1000, count));
            await SaveAsync(db =>
            {
                for (var i = begin; i < end; i++)
                    AddOne(db, school, i, describe?.Invoke(i) ?? (JobRole.Teacher, PermissionSet.None, null, null), now);
                return Task.CompletedTask;
            });
        }
    }

    private void AddOne(Persistence.AppDb db, School school, int i, (JobRole Role, PermissionSet Permissions, DateOnly? EndsOn, DateTime? OpenedAt) one, DateTime now)
    {
        var number = i.ToString(CultureInfo.InvariantCulture);
        // Names that spread over the alphabet, and are the same in every run.
        var (forename, surname) = ($"{(char)('A' + (i * 7 % 26))}{(char)('a' + (i * 11 % 26))}n{number}", $"{(char)('A' + (i * 17 % 26))}{(char)('a' + (i * 5 % 26))}son{number}");
        var email = EmailAddress.Parse($"{forename}.{surname}@many{school.Code}.example")!;
        var account = new Account { Id = Clock.NewId(), Email = email.Typed, EmailKey = email.Key, Forename = forename, Surname = surname, CreatedAt = now };
        var membership = new Membership
        {
            OrganisationId = school.Id, Id = Clock.NewId(), AccountId = account.Id, JobRole = one.Role, Permissions = one.Permissions, EndsOn = one.EndsOn, CreatedAt = now,
        };
        membership.Activate(now);
        membership.FindAs(forename, surname, email.Typed);
        if (one.OpenedAt is { } opened)
            membership.NoteOpened(opened);
        db.Add(account);
        db.Add(membership);
    }
}
