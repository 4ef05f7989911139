using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Ascent.Shared;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Authorization.Isolation;

/// <summary>
/// Whatever the server answers, for whatever id of another school: not there, the same as for an id that nobody has, nothing changed, and
/// no name of anybody. Routes, handlers, their fields and the kinds of ids come out of the running server, so later ones join by themselves.
/// </summary>
public sealed class OtherSchoolsIdsTests
{
    /// <summary>
    /// Places where an id that nobody has is not answered by 404, what is answered instead, and why that tells nothing. Another school's id
    /// must be answered in the very same way. A new line here is a decision.
    /// </summary>
    private static readonly (string Place, string Answer, string Why)[] NotMissing =
    [
        ("users/create/[a-z-]+( .*)?: query j ", @"302 users/create/about\?expired=1", "a journey that is not there begins anew"),
        ("users/create-multiple/[a-z]+( .*)?: (query j|every id) ", @"302 users/create-multiple\?expired=1", "a list that is not there begins anew"),
        ("users/create/[a-z-]+( .*)?: every id ", @"302 users/create/about\?expired=1", "a journey that is not there begins anew"),
        ("users/create/role: body (Template|Colleague) ", @"302 users/create/(administration|confirm)\?j=…(&change=1)?", "counts only for who chooses to begin with it"),
        (@"users/create/role \[BeginWith=(template|colleague)\]: body (Template|Colleague) ", "200", "says that it is not there any more, or asks for the name"),
        ("^GET .*users/(manage|pending|review): query (id|created|resent|renewed|changed|deactivated|signedout) ", "200", "the list, which says what was just done of people on it only"),
        ("users/reset-codes: query reset ", "200", "the list, which says what was just done of people on it only"),
        (@"^GET .*users/explain: query person .*explain\?person=", "200", "nothing is explained before a page is chosen"),
        ("^GET .*users/pending/{id:guid}/slip: path ", "302 users/pending", "a slip is opened by a button only"),
        (@"^POST .*users/(manage|pending) \(selected\): (body ids|every id) ", @"302 users/(manage|pending)/[a-z-]+\?id=….*", "leads to the page of the effect, which asks whose they are"),
        (@"^POST .*data/pupils \(selected\): (body ids|every id) ", @"302 data/pupils/delete\?id=….*", "leads to the page of the effect, which asks whose they are"),
        ("^GET .*data/pupils: query id ", "200", "the list, which ticks pupils on it only"),
        (@"^POST .*data/pupils/deleted \(restore\): (body ids|every id) ", "200", "says that nobody was brought back, as of a pupil who is gone for good"),
    ];

    /// <summary>What cannot be read is nobody, and a deed for nobody leads back to the list.</summary>
    private static readonly (string Place, string Answer)[] NobodyChosen =
    [
        ("users/(manage|pending)/(deactivate|end-date|delete|resend): query id ", "302 users/(manage|pending)(\\?.*)?"),
        (@"users/(manage|pending) \(selected\): (body ids|every id) ", "200"),
        ("data/pupils/delete: query id ", @"302 data/pupils(\?.*)?"),
        (@"data/pupils \(selected\): (body ids|every id) ", "200"),
    ];

    [Theory]
    [BothDatabases]
    [Asvs("8.2.2", "Each id in each address and form, replaced by each kind of id of another school, answers as one that nobody has.")]
    public async Task Any_AnotherSchoolsId_AnswersAsNobodysAndChangesNothing(DatabaseKind kind)
    {
        await using var schools = await TwoSchools.StartAsync(kind);
        var foreign = await ForeignIds.OfAsync(schools, schools.Other);
        var attempts = await Attempt.AllAsync(schools, LongTests.OrShare(8, kind == DatabaseKind.Sqlite ? 2 : 1));
        var tables = await ForeignIds.TablesAsync(schools);
        // Each kind at every place in the long run; in the normal one what belongs there, and some of the others.
        var others = LongTests.OrShare(foreign.Count, kind == DatabaseKind.Sqlite ? 2 : 0);
        var before = await ForeignRows.ReadAsync(schools, foreign);
        var wrong = new ConcurrentBag<string>();
        var sent = 0;

        await Parallel.ForEachAsync(attempts.Index(), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (numbered, _) =>
        {
            var (number, attempt) = numbered;
            var sender = new Sender(schools.Own.Browser, schools.Other);
            var nobodys = await sender.SendAsync(attempt.With(schools.Factory.Clock.NewId().ToString()));
            if (!IsRightForNobody(attempt, nobodys))
                wrong.Add($"{attempt.Words}: an id of nobody answered {nobodys.Short}");
            var here = attempt.Request.IdAt(attempt.Place) is { } own ? tables.GetValueOrDefault(own) : null;
            foreach (var what in foreign.Where(f => here is null || f.Table == here).Concat(Enumerable.Range(0, others).Select(i => foreign[(number + i) % foreign.Count])).Distinct())
            {
                var answer = await sender.SendAsync(attempt.With(what.Id.ToString()));
                if (answer.Text != nobodys.Text)
                    wrong.Add($"{attempt.Words}: {what.Kind} answered {answer.Short} and not as nobody’s, {nobodys.Short}");
                Interlocked.Increment(ref sent);
            }
            foreach (var unreadable in (string[])["no-id", "' OR 1=1--", $"{Guid.Empty}"])
                if (await sender.SendAsync(attempt.With(unreadable)) is var answer && answer.Status != 400 && !IsRightForNobody(attempt, answer) && !IsNothingChosen(attempt, answer))
                    wrong.Add($"{attempt.Words}: “{unreadable}” answered {answer.Short}");
            foreach (var strange in sender.Strange)
                wrong.Add($"{attempt.Words}: {strange}");
        });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {sent}:\n{string.Join('\n', wrong.Distinct().Order(StringComparer.Ordinal).Take(100))}");
        Assert.Equal(before, await ForeignRows.ReadAsync(schools, foreign));
        Assert.True(sent >= LongTests.OrShare(3000, kind == DatabaseKind.Sqlite ? 400 : 80), $"Only {sent} requests");
    }

    private static bool IsRightForNobody(Attempt attempt, Heard answer) =>
        answer.Status is 404 or 403 || NotMissing.Any(n => Is(attempt, answer, n.Place, n.Answer));

    private static bool IsNothingChosen(Attempt attempt, Heard answer) => NobodyChosen.Any(n => Is(attempt, answer, n.Place, n.Answer));

    private static bool Is(Attempt attempt, Heard answer, string place, string expected) =>
        Regex.IsMatch($"{attempt.Words} | {attempt.Request.Address}", place) && Regex.IsMatch(answer.Short.Replace("/schools/…/", "", StringComparison.Ordinal), $"^{expected}$");
}
