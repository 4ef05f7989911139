using System.Collections.Concurrent;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Authorization.Isolation;

/// <summary>
/// Everything that the pages of a school offer its administrator, sent word for word by everybody else: refused in the one right way, and
/// nothing changes. Which permission opens what is read from <see cref="ExpectedAccess"/>, by hand from the specification.
/// </summary>
public sealed class WithoutTheRightTests
{
    /// <summary>Pages of a school that every member of it may open, and why.</summary>
    private static readonly Dictionary<string, string> EveryMember = new()
    {
        [""] = "Home",
        ["reset-code"] = "asks for a code that is owed, and leads home otherwise",
        ["second-factor"] = "says why a factor does not open the school, and leads home otherwise",
    };

    private enum Role
    {
        Nobody,
        HalfSession,
        OtherSchoolsAdministrator,
        Operator,
        Member,
    }

    private sealed record Somebody(string Words, Role Role, Given Given, Browser Browser, string Token);

    [Fact]
    [Asvs("8.2.1", "Every link and form of a school, sent by everybody who may not, is refused.")]
    [Asvs("8.3.1", "What is refused changes nothing, whatever the page had shown or hidden.")]
    public async Task Any_SentByWhoMayNot_IsRefusedAndChangesNothing()
    {
        await using var schools = await TwoSchools.StartAsync(DatabaseKind.Sqlite);
        var requests = (await Attempt.RequestsAsync(schools)).GroupBy(r => r.Endpoint.Words).SelectMany(g => g.Take(LongTests.OrShare(10, 2))).ToList();
        var people = await PeopleAsync(schools);
        var before = await Tables.DumpAsync(schools.Factory);
        var wrong = new ConcurrentBag<string>();
        var sent = 0;

        await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (person, _) =>
        {
            var sender = new Sender(person.Browser, person.Role == Role.Member ? schools.Other : schools.Own);
            foreach (var (endpoint, request) in requests)
            {
                if (endpoint.IsOpenToAll || Expected(person, endpoint, request) is not { } expected)
                    continue;
                var answer = await sender.SendAsync(request.WithToken(person.Token));
                var met = answer.Status == 302 ? $"302 {answer.Location.Split('?')[0]}" : $"{answer.Status}";
                if (met != expected)
                    wrong.Add($"{person.Words}: {endpoint.Words}: expected {expected}, met {met}");
                Interlocked.Increment(ref sent);
            }
            foreach (var strange in sender.Strange)
                wrong.Add($"{person.Words}: {strange}");
        });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {sent}:\n{string.Join('\n', wrong.Distinct().Order(StringComparer.Ordinal).Take(60))}");
        Assert.Equal(before, await Tables.DumpAsync(schools.Factory));
        Assert.True(sent > 500, $"Only {sent} requests");
    }

    /// <summary>How it must be answered; null for what this person may do.</summary>
    private static string? Expected(Somebody person, Endpoint endpoint, AskedRequest request)
    {
        if (person.Role is Role.Nobody or Role.HalfSession)
            return request.Method == "GET" ? "302 /sign-in" : "401";
        if (endpoint.Pattern.StartsWith("/operator", StringComparison.Ordinal))
            return person.Role == Role.Operator ? null : "404";
        if (!endpoint.IsOfSchool)
            // One's own things: of somebody else's there are none.
            return endpoint.NamesSomething || request.Places.Count > 0 ? "404" : null;
        if (person.Role != Role.Member)
            return "404";
        var below = endpoint.Pattern["/schools/{urn}".Length..].TrimStart('/');
        if (EveryMember.ContainsKey(below))
            return null;
        var door = ExpectedAccess.Doors.Where(d => below == d.Path || below.StartsWith($"{d.Path}/", StringComparison.Ordinal)).MaxBy(d => d.Path.Length);
        Assert.True(door is not null, $"ExpectedAccess has no door for {endpoint.Pattern}: add it, or list the page in EveryMember with the reason.");
        return (door.OpenedBy & person.Given) != 0 ? null : "403";
    }

    private static async Task<IReadOnlyList<Somebody>> PeopleAsync(TwoSchools schools)
    {
        var factory = schools.Factory;
        var people = new List<Somebody>();
        async Task AddAsync(string words, Role role, Given given, Browser browser) =>
            people.Add(new(words, role, given, browser, (await browser.GetAsync(role is Role.Nobody or Role.HalfSession ? "/sign-in" : "/profile/name")).Document.QuerySelector("main input[name=form]")!.GetAttribute("value")!));
        await AddAsync("nobody", Role.Nobody, Given.Nothing, factory.OpenBrowser());
        var half = factory.OpenBrowser();
        await half.SignInAsync(schools.Own.Active.Email);
        await AddAsync("half a session", Role.HalfSession, Given.Nothing, half);
        await AddAsync("another school’s administrator", Role.OtherSchoolsAdministrator, Given.Nothing, schools.Other.Browser);
        await AddAsync("an operator", Role.Operator, Given.Nothing, await factory.SignInAsync(await factory.Data.AddOperatorAsync()));
        foreach (var given in Enum.GetValues<Given>().Where(g => g != Given.SchoolSetup))
        {
            var permissions = given == Given.Nothing ? PermissionSet.None : PermissionSet.Of(Enum.Parse<Permission>(given.ToString()));
            var member = await factory.Data.AddMemberAsync(schools.Own.School, permissions);
            // What needs another is held without it here: the pages must not open by accident of the rules.
            await factory.GiveAsync(member, permissions);
            var browser = await factory.SignInAsync(member);
            await browser.GetAsync(schools.Own.Home);
            await AddAsync($"a member with {given}", Role.Member, given, browser);
        }
        return people;
    }
}
