using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Authorization.Isolation;

/// <summary>A request of one’s own with a place in it where another id can be put.</summary>
/// <param name="Place">Null for every place at once.</param>
internal sealed record Attempt(Endpoint Endpoint, AskedRequest Request, string? Place)
{
    public string Words => $"{Endpoint.Words}{(Request.Choice.Length > 0 ? $" [{Request.Choice}]" : "")}: {Place ?? "every id"}";

    public AskedRequest With(string id) => Request.With(Place, id);

    /// <summary>Each place of each request where an id can be put.</summary>
    /// <param name="most">So many requests for each place; they differ in whom they are about.</param>
    public static async Task<IReadOnlyList<Attempt>> AllAsync(TwoSchools schools, int most) =>
        [.. (await RequestsAsync(schools)).SelectMany(r => Of(r.Endpoint, r.Request)).GroupBy(a => a.Words).SelectMany(g => g.DistinctBy(a => a.Request.Shape).Take(most))];

    /// <summary>What the pages of one’s own school offer for each thing that the server answers, and a bare request for what no page offers.</summary>
    public static async Task<IReadOnlyList<(Endpoint Endpoint, AskedRequest Request)>> RequestsAsync(TwoSchools schools)
    {
        var offered = await OfferedRequests.CollectAsync(schools.Own);
        var token = await TokenAsync(schools.Own.Browser);
        var requests = new List<(Endpoint, AskedRequest)>();
        foreach (var endpoint in await Endpoint.AllAsync(schools.Factory))
        {
            var own = offered.Where(endpoint.Answers).ToList();
            if (own.Count == 0)
                own.Add(endpoint.Bare(schools.Own.School.Code, $"{schools.Own.Setup.MembershipId:N}", token));
            requests.AddRange(own.Select(request => (endpoint, request)));
        }
        return requests;
    }

    /// <summary>A form token of the person, out of a page that everybody signed in has.</summary>
    public static async Task<string> TokenAsync(Browser browser) =>
        (await browser.GetAsync("/profile/name")).Document.QuerySelector("main input[name=form]")!.GetAttribute("value")!;

    private static IEnumerable<Attempt> Of(Endpoint endpoint, AskedRequest request)
    {
        // A field that the handler does not read keeps what it has, unless every id is replaced.
        var read = request.Places.Where(p => request.Method == "GET" || p == "path" || p.StartsWith("query", StringComparison.Ordinal) || endpoint.IdFields.Contains(p.Split(' ')[1])).ToList();
        foreach (var place in read)
            yield return new(endpoint, request, place);
        if (request.Places.Count > 1 || read.Count < request.Places.Count)
            yield return new(endpoint, request, null);
        foreach (var missing in endpoint.IdFields.Where(f => !request.Places.Any(p => p.EndsWith($" {f}", StringComparison.Ordinal))))
            yield return new(endpoint, request.Adding(missing, $"{Guid.Empty:N}"), $"{(request.Method == "GET" ? "query" : "body")} {missing}");
    }
}
