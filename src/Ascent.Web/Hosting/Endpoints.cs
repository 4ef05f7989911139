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
