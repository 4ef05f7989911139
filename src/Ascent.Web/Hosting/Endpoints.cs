using Ascent.Shared;
using Ascent.SignIn;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.FileProviders;

namespace Ascent.Web.Hosting;

internal static class Endpoints
{
    public static void MapSignOut(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out", async (HttpContext context, IAntiforgery antiforgery, Sessions sessions, SessionCookie cookie) =>
        {
            // Asked in this way because a body that cannot be read is an exception in either.
            try
            {
                await antiforgery.ValidateRequestAsync(context);
            }
            catch (AntiforgeryValidationException)
            {
                return Results.StatusCode(StatusCodes.Status400BadRequest);
            }
            await sessions.EndAsync(cookie.Read(context.Request), context.RequestAborted);
            cookie.Clear(context.Response);
            return Results.Redirect("/sign-in?signed-out=1");
        }).AllowAnonymous();

    /// <summary>For the page's script: who is signed in, and for how many seconds more. Looking does not count as doing something; staying does.</summary>
    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/session", (HttpContext context, TimeProvider clock) => State(context, clock)).AllowAnonymous();
        routes.MapGet("/session/stay", (HttpContext context, TimeProvider clock) => State(context, clock)).AllowAnonymous();
    }

    private static IResult State(HttpContext context, TimeProvider clock)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.Person() is not { } person)
            return Results.NoContent();
        var now = clock.Now();
        return Results.Json(new { account = person.AccountId.ToString("N"), idle = (int)(person.IdleAt - now).TotalSeconds, end = (int)(person.EndsAt - now).TotalSeconds });
    }

    /// <summary>The pictures of the user guide lie beside its pages.</summary>
    public static void MapHelpImages(this IEndpointRouteBuilder routes)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "user-guide", "images");
        if (!Directory.Exists(folder))
            return;
        var files = new PhysicalFileProvider(folder);
        routes.MapGet("/help/images/{name}", (string name) =>
            name.EndsWith(".png", StringComparison.Ordinal) && files.GetFileInfo(name) is { Exists: true, PhysicalPath: { } path }
                ? Results.File(path, "image/png")
                : Results.NotFound()).AllowAnonymous();
    }
}
