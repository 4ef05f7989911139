using System.Reflection;
using System.Runtime.CompilerServices;
using Ascent.Accounts.Log;
using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;

namespace Ascent.Tests.Accounts.Log;

/// <summary>Every kind of entry of an organisation's chain has a sentence, whatever its facts are.</summary>
public sealed class LogSentencesTests
{
    [Fact]
    public async Task ExecuteAsync_EveryKindOfAnOrganisation_HasWordsOfItsOwn()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var kinds = OfOrganisations();
        await host.ChangeAsync(db =>
        {
            foreach (var happened in Events().Where(e => kinds.Contains(e.Kind)))
                db.AddAudit(host.Clock.Now(), setup.Actor, setup.School.Id, happened, Person(setup.AccountId, "Ann Other"), Person(host.Clock.NewId(), "Bob Other"));
            return Task.CompletedTask;
        });

        var page = await host.Get<ListLog>().ExecuteAsync(setup.Actor, new(), default);
        var rows = page.Rows.ToList();
        while (page.Next is { } next)
            rows.AddRange((page = await host.Get<ListLog>().ExecuteAsync(setup.Actor, new(After: next), default)).Rows);

        Assert.True(kinds.Count > 20, $"{kinds.Count} kinds");
        Assert.Equal(kinds.Count, rows.Count);
        Assert.All(rows, row => Assert.NotNull(row.What.Group));
        Assert.Equal(rows.Count, rows.Select(r => r.What.Sentence).Distinct().Count());
        Assert.DoesNotContain(rows, row => row.What.Sentence.Contains("no words for", StringComparison.Ordinal) || row.What.Sentence.Contains("Somebody", StringComparison.Ordinal));
    }

    // What a later version wrote is not an error, and a kind that nobody gave words would be seen by the test above.
    [Fact]
    public async Task ExecuteAsync_KindThatNobodyKnows_IsShownAsThat()
    {
        await using var host = await AscentHost.StartAsync();
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.ChangeAsync(db =>
        {
            db.AddAudit(host.Clock.Now(), setup.Actor, setup.School.Id, new Tests.Audit.SomethingHappened(1));
            return Task.CompletedTask;
        });

        var row = Assert.Single((await host.Get<ListLog>().ExecuteAsync(setup.Actor, new(), default)).Rows);

        Assert.Equal((null, "Something that this version of Ascent has no words for (something-happened)"), (row.What.Group, row.What.Sentence));
    }

    private static AuditPerson Person(Guid id, string name) => new(id, new Dictionary<string, string> { [AuditPerson.Name] = name });

    private static HashSet<string> OfOrganisations([CallerFilePath] string here = "") =>
        [.. File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "docs", "audit-events.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).Where(row => row[1] == "organisation").Select(row => row[0].Trim('`'))];

    private static IEnumerable<AuditEvent> Events() =>
        typeof(AppDb).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(AuditEvent)) && !t.IsAbstract).Select(type =>
        {
            var constructor = type.GetConstructors().Single(c => c.GetParameters().Length != 1 || c.GetParameters()[0].ParameterType != type);
            return (AuditEvent)constructor.Invoke([.. constructor.GetParameters().Select(Value)]);
        });

    // Sound facts of each type that events have; nothing where nothing may stand.
    private static object? Value(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(Guid) => Guid.CreateVersion7(AscentHost.Start),
        var type when type == typeof(string) => "something",
        var type when type == typeof(IReadOnlyList<Guid>) => new[] { Guid.CreateVersion7(AscentHost.Start) },
        { IsGenericType: true } type when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => Array.CreateInstance(type.GetGenericArguments()[0], 0),
        var type when type.IsValueType && Nullable.GetUnderlyingType(type) is null => RuntimeHelpers.GetUninitializedObject(type),
        _ => null,
    };
}
