using Ascent.SetUp;

namespace Ascent.Web.Hosting;

/// <summary>
/// Leads every page to the set-up while there is nothing on this server. Once the set-up is over it is over for good, and the database is
/// not asked again.
/// </summary>
public sealed class FirstRunGate
{
    private static readonly string[] Open = ["/set-up", "/health", "/assets", "/error", "/help", "/accessibility", "/privacy"];

    private volatile bool isOver;

    public bool IsOver
    {
        get => isOver;
        set => isOver = value;
    }

    public async Task GoAsync(HttpContext context, RequestDelegate next)
    {
        if (isOver || Array.Exists(Open, path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal)))
            await next(context);
        else if (await context.RequestServices.GetRequiredService<FirstRun>().IsOpenAsync(context.RequestAborted))
            context.Response.Redirect("/set-up");
        else
        {
            isOver = true;
            await next(context);
        }
    }
}
