using System.Reflection;
using Ascent.Accounts;
using Ascent.Accounts.Above;
using Ascent.Accounts.Operators;
using Ascent.Shared;
using Ascent.Shared.Text;
using Ascent.SignIn;
using Ascent.Web.Authorization;
using Ascent.Web.Hosting;
using Ascent.Web.Pages.Bodies;
using Ascent.Web.Pages.Operator;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Ascent.Web.Components;

/// <summary>Fills the frame of a page from who is signed in and what they may open.</summary>
public sealed class FrameBuilder(Demonstration demonstration, ServerSettings settings)
{
    internal static readonly string Version =
        typeof(FrameBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public Frame Build(HttpContext context)
    {
        var outbox = demonstration.IsOn ? "/demo/outbox" : null;
        var person = context.Person();
        var access = context.Features.Get<SchoolAccess>();
        if (person is null)
            return Frame.Empty with { Demonstration = demonstration.IsOn, OutboxHref = outbox, Version = Version };
        if (context.Features.Get<OperatorAccess>() is not null)
            return new(
                new("This server", settings.PublicAddress.Host, OperatorLinks.Overview),
                new($"{person.Forename} {person.Surname}", InWords.Initials(person.Forename, person.Surname), "Operator", person.AccountId.ToString("N")),
                [.. OperatorLinks.Navigation.Select(link => new FrameLink(link.Label, link.Href, context.Request.Path == link.Href))],
                [], null, demonstration.IsOn, outbox, Version);
        if (context.Features.Get<BodyAccess>() is { } body)
            return new(
                new(body.Name, body.Kind == Ascent.Organisations.OrganisationKind.Trust ? "Academy trust" : "Local authority", BodyLinks.Home(body.Address)),
                new($"{person.Forename} {person.Surname}", InWords.Initials(person.Forename, person.Surname), body.JobRole, person.AccountId.ToString("N")),
                [
                    new("Home", BodyLinks.Home(body.Address), context.Request.Path == BodyLinks.Home(body.Address)),
                    .. BodyDoors.OpenTo(body).Where(d => !d.OnHomeOnly).Select(d => new FrameLink(d.Label, d.Href(body), IsAt(d, body, context))),
                ],
                [], null, demonstration.IsOn, outbox, Version);
        return new(
            access is null ? null : access.Above is { } above ? new(access.Name, $"through {above.Body}, {access.Urn}", $"/schools/{access.Urn}") : new(access.Name, access.LocalAuthority is { } la ? $"{la}, {access.Urn}" : access.Urn, $"/schools/{access.Urn}"),
            new($"{person.Forename} {person.Surname}", InWords.Initials(person.Forename, person.Surname), access?.JobRole, person.AccountId.ToString("N")),
            access is null ? [] : Navigation(access, context.Request.Path),
            access is { Lock: null } ? Administration(access) : [],
            access is { Lock: null } && Doors.Administration(access).Any() ? $"/schools/{access.Urn}/administration" : null,
            demonstration.IsOn, outbox, Version);
    }

    // The people of a linked school stand below it, and belong to the entry of people all the same.
    private static bool IsAt(BodyDoor door, BodyAccess body, HttpContext context) =>
        context.Features.Get<SchoolFromAbove>() is { } there ? context.Request.Path.StartsWithSegments($"{BodyLinks.School(body.Address, there.Urn)}/{door.Path}") : context.Request.Path.StartsWithSegments(door.Href(body));

    private static List<FrameLink> Navigation(SchoolAccess access, PathString path)
    {
        var home = $"/schools/{access.Urn}";
        // Nothing of a locked school opens.
        var links = access.Lock is null ? new List<FrameLink> { new("Home", home, path == home) } : [];
        // One entry for each place, leading to the first door there that is open.
        foreach (var place in access.Lock is null ? Doors.MainNavigation(access).GroupBy(d => d.Place) : [])
            links.Add(new(place.Key.ToString(), place.First().Href(access), place.Any(d => path.StartsWithSegments(d.Href(access)))));
        if (access.Above is { } above)
            links.Add(new("All schools", BodyLinks.Home(above.Address)));
        return links;
    }

    private static List<AdministrationGroup> Administration(SchoolAccess access) =>
        [.. Doors.Administration(access).GroupBy(d => d.Place).Select(place => new AdministrationGroup(
            place.Key == DoorPlace.Users ? Doors.Users.Label : place.First().Label,
            place.Key == DoorPlace.Users ? Doors.Users.Icon : place.First().Icon,
            [.. place.Select(d => new AdministrationItem(d.Label, d.Hint, d.Href(access)))]))];
}

/// <summary>Gives every page its frame before it is written.</summary>
public sealed class FrameFilter : IAsyncResultFilter
{
    public Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        http.Features.Set(http.RequestServices.GetRequiredService<FrameBuilder>().Build(http));
        // Pages name people: no copy stays behind in a browser or on the way.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next();
    }
}
