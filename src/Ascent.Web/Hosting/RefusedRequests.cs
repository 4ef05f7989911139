using System.Net;
using Ascent.Shared.Keys;
using Ascent.SignIn;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Diagnostics;

namespace Ascent.Web.Hosting;

/// <summary>Why a use case refused what this request asked for; left by the page for the log.</summary>
public sealed record RefusedCodes(IReadOnlyList<string> Codes);

/// <summary>
/// One line in the log for each request that was refused: by a door, a missing form token, the throttle, or a rule of a use case (a wrong
/// password or code among them). It names the page by its route, the person by the account's id, and the network by a mark that is the same
/// for the same network and can be turned back by nobody without the master key. What was typed stands nowhere.
/// </summary>
public sealed class RefusedRequests(ILogger<RefusedRequests> log, Secrets secrets)
{
    public async Task GoAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        // The page that words a refusal is a request inside of the refused one.
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            return;
        var codes = context.Features.Get<RefusedCodes>()?.Codes ?? [];
        var status = context.Response.StatusCode;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        // Addresses of no page are typing mistakes and scanners.
        if (codes.Count == 0 && (status < StatusCodes.Status400BadRequest || (status == StatusCodes.Status404NotFound && route is null)))
            return;
        log.LogInformation("Refused {Method} /{Route} with {Status} {Codes}: account {Account}, network {Network}",
            Known(context.Request.Method), route?.TrimStart('/') ?? "", status, string.Join(',', codes), context.Person()?.AccountId.ToString() ?? "none", Mark(context.Connection.RemoteIpAddress));
    }

    // 48 bits: enough to find a network again among those of a school's day.
    private string Mark(IPAddress? address) => Convert.ToHexStringLower(secrets.Mac("network in logs", Throttle.Network(address ?? IPAddress.None)).AsSpan(0, 6));

    // A method is free text that somebody sent.
    private static string Known(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPost(method) ? method : "other";
}
