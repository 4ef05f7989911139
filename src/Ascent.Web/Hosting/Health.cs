using Ascent.Persistence;

namespace Ascent.Web.Hosting;

/// <summary>
/// For load balancers and whoever watches the server. `/health/live`: the process answers. `/health/ready`: it can do its work. Open to
/// everybody, so the answers hold a word for each part and nothing else.
/// </summary>
internal static class Health
{
    // A watcher asks every few seconds; an answer that takes longer is a "no".
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health/live", Methods, (HttpContext context) => Answer(context, true, new Dictionary<string, bool>())).AllowAnonymous();
        routes.MapMethods("/health/ready", Methods, async (HttpContext context, MigrateDatabase migrate, WorkerRounds rounds) =>
        {
            var (database, migrations) = await LookAsync(migrate, context.RequestAborted);
            var checks = new Dictionary<string, bool> { ["database"] = database, ["migrations"] = migrations };
            foreach (var (worker, isAlive) in rounds.Alive())
                checks[worker] = isAlive;
            return Answer(context, checks.Values.All(ok => ok), checks);
        }).AllowAnonymous();
    }

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    private static async Task<(bool Database, bool Migrations)> LookAsync(MigrateDatabase migrate, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var status = await migrate.StatusAsync(limit.Token).WaitAsync(Patience, cancellationToken);
            return (status.Applied.Count > 0, status.IsCurrent);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, false); // What is wrong stands in the log of whoever needed the database; here it is told to everybody.
        }
    }

    private static IResult Answer(HttpContext context, bool isWell, Dictionary<string, bool> checks)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new { status = isWell ? "ok" : "failing", checks = checks.ToDictionary(c => c.Key, c => c.Value ? "ok" : "failing") },
            statusCode: isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
