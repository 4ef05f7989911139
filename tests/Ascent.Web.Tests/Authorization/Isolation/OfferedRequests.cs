using System.Reflection;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Ascent.Shared.Permissions;
using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Accounts;

namespace Ascent.Web.Tests.Authorization.Isolation;

/// <summary>
/// Goes through one’s own school and keeps what its pages offer: every link and every form with every button, once for each shape. Begins
/// at the addresses that the links of the accounts can make, so that what a redirect leads to is there too.
/// </summary>
internal static partial class OfferedRequests
{
    // Job roles are more, and change nothing here.
    private const int MostWays = 4;

    private static readonly string[] More = ["", "/profile", "/profile/second-factor/add", "/profile/name", "/terms", "/confirm-password", "/"];

    public static async Task<IReadOnlyList<AskedRequest>> CollectAsync(FilledSchool school)
    {
        var found = new Dictionary<string, AskedRequest>();
        string[] begin = [.. Made(school).Concat(More.Select(m => m.Length == 0 ? school.Home : m))];
        var todo = new Queue<string>(begin);
        var seen = new HashSet<string>();
        var tried = new Dictionary<string, (int Times, HashSet<string> Names)>();
        while (todo.TryDequeue(out var address))
        {
            var get = new AskedRequest("GET", address, null, null);
            if (!seen.Add(address) || address.StartsWith("/help", StringComparison.Ordinal) || (!begin.Contains(address) && !IsNews(tried, address)))
                continue;
            var page = await school.Browser.GetAsync(address);
            if (page.IsRedirect)
            {
                found.TryAdd(get.Shape, get);
                todo.Enqueue(page.Location);
                continue;
            }
            if (page.Response.Content.Headers.ContentType?.MediaType != "text/html" || (int)page.Status >= 400)
                continue;
            found[get.Shape] = get;
            foreach (var form in Forms(page))
                found.TryAdd(form.Shape, form);
            foreach (var link in page.Document.QuerySelectorAll("a[href^='/']").Select(a => a.GetAttribute("href")!.Split('#')[0]))
                todo.Enqueue(link);
        }
        return [.. found.Values];
    }

    // A list can be filtered and sorted in thousands of ways: a field that is new, or the same page a few times, for people in other states.
    private static bool IsNews(Dictionary<string, (int Times, HashSet<string> Names)> tried, string address)
    {
        var parts = address.Split('?', 2);
        var path = Id().Replace(parts[0], "{id}");
        var (times, names) = tried.GetValueOrDefault(path, (0, []));
        var before = names.Count;
        names.UnionWith(parts[1..].SelectMany(q => q.Split('&')).Select(f => f.Split('=')[0]));
        tried[path] = (times + 1, names);
        return times < 5 || names.Count > before;
    }

    /// <summary>Every button of every form, with every box ticked that stands for somebody, and each of a few ways chosen.</summary>
    private static IEnumerable<AskedRequest> Forms(Page page)
    {
        foreach (var form in page.Document.Forms.OfType<IHtmlFormElement>())
        {
            var inputs = form.Elements.OfType<IHtmlInputElement>().ToList();
            foreach (var box in inputs.Where(i => i.Type == "checkbox" && Id().IsMatch(i.Value)))
                box.IsChecked = true;
            foreach (var request in Buttons(page, form))
                yield return request;
            foreach (var way in inputs.Where(i => i is { Type: "radio", IsChecked: false } && inputs.Count(o => o.Name == i.Name) <= MostWays))
            {
                way.IsChecked = true;
                foreach (var request in Buttons(page, form))
                    yield return request with { Choice = $"{way.Name}={way.Value}" };
            }
        }
    }

    private static IEnumerable<AskedRequest> Buttons(Page page, IHtmlFormElement form)
    {
        foreach (var button in page.Document.QuerySelectorAll("button").OfType<IHtmlButtonElement>().Where(b => b is { Type: "submit", IsDisabled: false } && b.Form == form))
        {
            if (form.GetSubmission(button) is not { } submission)
                continue;
            var address = new Uri(submission.Target.Href).PathAndQuery;
            using var reader = new StreamReader(submission.Body);
            yield return submission.Method == AngleSharp.Io.HttpMethod.Post ? new("POST", address, reader.ReadToEnd(), submission.MimeType) : new("GET", address, null, null);
        }
    }

    /// <summary>What the links of the accounts make of the things of this school.</summary>
    private static IEnumerable<string> Made(FilledSchool school)
    {
        Guid[] people = [school.Active.MembershipId, school.Pending.MembershipId, school.Closed.MembershipId, school.Forgot.MembershipId];
        var values = new Dictionary<string, object?[]>
        {
            ["home"] = [school.Home], ["linkId"] = [school.Reach], ["membershipId"] = [.. people], ["membershipIds"] = [.. people.Select(p => new[] { p })], ["journey"] = [school.Journey], ["list"] = [school.List], ["templateId"] = [school.Template],
            ["change"] = [true], ["newCode"] = [true], ["page"] = ["rows", "done", "slips", "mend"], ["row"] = [2], ["format"] = ["csv"], ["given"] = [1], ["done"] = [1], ["leftOut"] = [0], ["permission"] = [Permission.SchoolSetup],
            ["token"] = ["none"], ["search"] = ["a"], ["door"] = ["reports"], ["what"] = ["changed", "deactivated", "signedout"], ["deed"] = ["deactivate", "reactivate", "reset", "end-sessions", "reset-second-factor", "delete"],
            ["step"] = ["about", "role", "administration", "reports", "tracking", "confirm", "end-date"],
        };
        foreach (var method in typeof(AccountLinks).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        {
            if (method.GetParameters().FirstOrDefault(p => !values.ContainsKey(p.Name!)) is { } unknown)
                Assert.Fail($"AccountLinks.{method.Name} has a parameter “{unknown.Name}” that OfferedRequests.Made does not know: give it one of the school’s own things.");
            foreach (var arguments in method.GetParameters().Aggregate<ParameterInfo, IEnumerable<object?[]>>([[]], (rows, p) => rows.SelectMany(row => values[p.Name!].Select(value => (object?[])[.. row, value]))))
                yield return (string)method.Invoke(null, arguments)!;
        }
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Id();
}
