using System.Globalization;
using System.Text;

namespace Ascent.Tests.Security;

/// <summary>docs/asvs.md, made from the attributes of the tests and the lists beside them.</summary>
internal static class AsvsDocument
{
    public const string Path = "docs/asvs.md";

    private static readonly string[] Chapters =
    [
        "Encoding and sanitisation", "Validation and business logic", "Web front end", "API and web service", "Files", "Authentication", "Sessions", "Authorisation",
        "Self-contained tokens", "OAuth and OpenID Connect", "Cryptography", "Secure communication", "Configuration", "Data protection", "Coding and architecture", "Logging and errors", "WebRTC",
    ];

    public static string Write(IReadOnlyList<Proof> proofs)
    {
        var text = new StringBuilder();
        text.Append(Head(proofs));
        foreach (var chapter in AsvsLists.Requirements.GroupBy(r => Numbers(r.Id)[0]).OrderBy(c => c.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## V{chapter.Key} {Chapters[chapter.Key - 1]}\n\n| | level | asks | state | what the product does, and where to look |\n|---|---|---|---|---|\n");
            foreach (var requirement in chapter.OrderBy(r => Numbers(r.Id)[1]).ThenBy(r => Numbers(r.Id)[2]))
                text.Append(Row(requirement, [.. proofs.Where(p => p.Requirement == requirement.Id)]));
        }
        return text.ToString();
    }

    private static string Row(Requirement requirement, IReadOnlyList<Proof> proofs)
    {
        var (state, words) = proofs.Count > 0
            ? ("tested", string.Join("<br>", proofs.GroupBy(p => p.Does).Select(g => $"{g.Key} {string.Join(", ", g.Select(p => $"`{p.Test}`").Distinct().Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal)))
            : (AsvsLists.Words(Of(requirement).Standing), Of(requirement).Reason);
        return $"| {requirement.Id} | {requirement.Level} | {requirement.Title} | {(state == "open" ? "**open**" : state)} | {words} |\n";
    }

    private static Statement Of(Requirement requirement) =>
        AsvsLists.Statements.FirstOrDefault(s => s.Id == requirement.Id) ?? new(requirement.Id, Standing.Open, "Nothing is said of it yet.");

    private static string Head(IReadOnlyList<Proof> proofs)
    {
        var tested = proofs.Select(p => p.Requirement).ToHashSet();
        string Count(string state, Func<Requirement, bool> has) =>
            $"| {state} | {AsvsLists.Requirements.Count(r => r.Level == 1 && has(r))} | {AsvsLists.Requirements.Count(r => r.Level == 2 && has(r))} | {AsvsLists.Requirements.Count(r => r.Level == 3 && has(r))} |";
        var states = Enum.GetValues<Standing>().Select(s => Count(AsvsLists.Words(s), r => !tested.Contains(r.Id) && Of(r).Standing == s)).Prepend(Count("tested", r => tested.Contains(r.Id)));
        return $"""
            # OWASP ASVS 5.0

            How the product stands to the [Application Security Verification Standard 5.0](https://owasp.org/www-project-application-security-verification-standard/)
            of OWASP (CC BY-SA 4.0): all of levels 1 and 2, and 6.3.8 and 8.3.2 of level 3. The requirements are named here in our own few words; theirs are binding.

            This page is made from attributes on the tests (`[Asvs("6.2.1", "…")]`) and two lists in `tests/Ascent.Tests/Security`. A test holds it to them:
            every requirement is in exactly one state, and every test that is named exists. Make it anew with `ASCENT_WRITE_DOCS=1 ./dev test AsvsTests`.

            - **tested**: the tests named would fail if it were not so.
            - **by design**: met by how the product is built or by what its documents say; where to look is named.
            - **operator**: decided where the server is run; what the documents tell about it is named.
            - **not applicable**: there is nothing in the product that it is about.
            - **open**: not met, or not wholly, and why.

            | state | level 1 | level 2 | level 3 |
            |---|---|---|---|
            {string.Join('\n', states)}

            """.ReplaceLineEndings("\n");
    }

    private static int[] Numbers(string id) => [.. id.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
}
