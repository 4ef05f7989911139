using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages;

/// <summary>A CSV file that is written while it goes out, however long it is.</summary>
public sealed class CsvFile(string name, Func<Stream, CancellationToken, Task> write) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        return write(response.Body, context.HttpContext.RequestAborted);
    }
}
