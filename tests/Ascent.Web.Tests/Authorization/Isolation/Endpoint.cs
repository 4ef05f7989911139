using System.Text.RegularExpressions;
using Ascent.TestSupport.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;

namespace Ascent.Web.Tests.Authorization.Isolation;

/// <summary>One thing that the running server answers: a route with a method and, for a page, a handler.</summary>
/// <param name="Handler">In small letters; empty for the one without a name.</param>
/// <param name="IdFields">The fields of the form or the address that it reads as ids.</param>
internal sealed partial record Endpoint(string Pattern, string Method, string Handler, bool IsPage, bool IsOpenToAll, IReadOnlyList<string> IdFields)
{
    public bool IsOfSchool => Pattern.StartsWith("/schools/{urn}", StringComparison.Ordinal);

    /// <summary>A part of the address names something, besides the school.</summary>
    public bool NamesSomething => Parameter().Matches(Pattern).Any(m => m.Groups["name"].Value is not ("urn" or "topic" or "name" or "status"));

    public string Words => $"{Method} {Pattern}{(Handler.Length > 0 ? $" ({Handler})" : "")}";

    public bool Answers(AskedRequest request) => request.Method == Method && (request.Handler == Handler) && Regex.IsMatch(request.Path, $"^{Parameter().Replace(Pattern, m => m.Value.Contains(":guid", StringComparison.Ordinal) ? "[0-9a-fA-F-]{32,36}" : "[^/]+")}/?$");

    /// <summary>A request with nothing in it but what the address needs, for what no page offers.</summary>
    /// <param name="id">Stands for everything that the address names.</param>
    public AskedRequest Bare(string urn, string id, string token)
    {
        var path = Parameter().Replace(Pattern, m => m.Groups["name"].Value switch { "urn" => urn, "topic" => "index", "status" => "404", _ => id });
        var address = Handler.Length > 0 ? $"{path}?handler={Handler}" : path;
        return Method == "GET" ? new(Method, address, null, null) : new(Method, address, $"form={token}", "application/x-www-form-urlencoded");
    }

    /// <summary>Everything that the server answers, out of the running server. Style sheets and scripts are the same for everybody.</summary>
    public static async Task<IReadOnlyList<Endpoint>> AllAsync(AscentFactory factory)
    {
        var all = new List<Endpoint>();
        foreach (var route in factory.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = "/" + route.RoutePattern.RawText!.TrimStart('/');
            if (pattern.StartsWith("/assets/", StringComparison.Ordinal) || pattern == "/{**path:file}")
                continue;
            var open = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            if (route.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
                all.AddRange(OfPage(await factory.Get<PageLoader>().LoadAsync(page, EndpointMetadataCollection.Empty), pattern, open));
            else
                all.AddRange((route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Where(m => m is "GET" or "POST").Select(method => new Endpoint(pattern, method, "", false, open, [])));
        }
        return [.. all.DistinctBy(e => e.Words)];
    }

    private static IEnumerable<Endpoint> OfPage(CompiledPageActionDescriptor page, string pattern, bool open)
    {
        var own = page.BoundProperties.Where(p => IsId(p.ParameterType)).ToList();
        // A page without a handler for it answers a GET all the same.
        var handlers = page.HandlerMethods.Select(h => (h.HttpMethod, Name: h.Name ?? "", Parameters: h.Parameters.Where(p => IsId(p.ParameterType)).Select(p => p.BindingInfo?.BinderModelName ?? p.Name))).ToList();
        if (!handlers.Exists(h => h is { HttpMethod: "Get", Name: "" }))
            handlers.Add(("Get", "", []));
        foreach (var (method, name, parameters) in handlers.Where(h => h.HttpMethod is "Get" or "Post"))
        {
            var inRoute = Parameter().Matches(pattern).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var fields = own.Where(p => method == "Get" == (p.BindingInfo?.BindingSource?.Id == "Query")).Select(p => p.BindingInfo?.BinderModelName ?? p.Name).Concat(parameters).Where(f => !inRoute.Contains(f));
            yield return new(pattern, method.ToUpperInvariant(), name.ToLowerInvariant(), true, open, [.. fields.Distinct()]);
        }
    }

    private static bool IsId(Type type) => type == typeof(Guid) || type == typeof(Guid?) || type.GetInterfaces().Append(type).Any(i => i == typeof(IEnumerable<Guid>));

    [GeneratedRegex(@"\{\**(?<name>[A-Za-z]+)[^}]*\}")]
    private static partial Regex Parameter();
}
