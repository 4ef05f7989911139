using Ascent.Accounts;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;

namespace Ascent.Tests.SignIn;

/// <summary>
/// A school begins: thirty people sit in one room, behind one address, and type codes and passwords that they have never typed before. The
/// limits that stop guessing must not meet them.
/// </summary>
public sealed class OnboardingTests
{
    private const int People = 30;

    [Theory, BothDatabases]
    [Asvs("6.3.1", "Thirty new colleagues of one school sign up and in within an hour from one address, slips included, and nobody is slowed down; an address that guesses meanwhile is.")]
    [Asvs("2.4.1", "Limits are set so that honest use by a whole school behind one address does not meet them, and guessing does.")]
    public async Task SignUpAndIn_ThirtyNewPeopleBehindOneAddressWithinAnHour_NobodyIsSlowedDownAndTheOneWhoGuessesIs(DatabaseKind kind)
    {
        await using var host = await SignInHost.StartAsync(kind);
        var setup = await host.Host.Data.AddMemberAsync(host.Member.School, Permission.SchoolSetup);
        var people = new List<TestMember>();
        for (var i = 0; i < People; i++)
            people.Add(await host.Host.Data.InviteAsync(setup, email: $"colleague{i}@school.example"));

        for (var i = 0; i < People; i++)
        {
            host.Host.Clock.Advance(TimeSpan.FromMinutes(1.9));
            await SignUpAsync(host, people[i], wrongCodes: i % 3);
            // A guesser elsewhere has heard of the new names, and tries one after the other.
            if (i >= 5)
                for (var guess = 0; guess < 2; guess++)
                    await host.CountWrongAsync(people[i].Email, SignInHost.Elsewhere);
            await SignInAsync(host, people[i], wrongPasswords: i % 3);
        }

        Assert.True(host.Host.Clock.GetUtcNow() - AscentHost.Start < TimeSpan.FromHours(1));
        // That were fifty guesses: the next one waits, whichever name it is for.
        Assert.IsType<SignInTooSoon>(await host.RefusedAsync("a guess", people[^1].Email, SignInHost.Elsewhere));
        Assert.IsType<SignInTooSoon>(await host.RefusedAsync("a guess", "nobody@school.example", SignInHost.Elsewhere));
        // And the school goes on.
        await SignInAsync(host, people[0], wrongPasswords: 2);
    }

    /// <summary>Opens the link, types the code, at first wrongly, and chooses a password.</summary>
    private static async Task SignUpAsync(SignInHost host, TestMember person, int wrongCodes)
    {
        var code = await host.Host.Data.CodeOfAsync(person.MembershipId);
        var request = new ActivateMembershipRequest(await host.Host.Data.TokenOfAsync(person.MembershipId), code, TestData.Password, null);
        for (var i = 0; i < wrongCodes; i++)
            Assert.IsType<WrongCode>(Assert.Single((await ActivateAsync(host, request with { Code = code[..^1] + (code[^1] == '0' ? '1' : '0') })).Refusals));
        Assert.Empty((await ActivateAsync(host, request)).Refusals);
    }

    private static async Task SignInAsync(SignInHost host, TestMember person, int wrongPasswords)
    {
        await host.FailAsync(wrongPasswords, person.Email); // told that it is wrong, and not to wait
        Assert.Empty((await host.TryAsync(TestData.Password, person.Email)).Refusals);
    }

    private static Task<Result<Activated>> ActivateAsync(SignInHost host, ActivateMembershipRequest request) =>
        host.Host.Get<ActivateMembership>().ExecuteAsync(request, CancellationToken.None);
}
