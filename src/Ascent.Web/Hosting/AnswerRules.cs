using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Ascent.Web.Hosting;

/// <summary>What holds for every request and every answer, whichever page or file it is about.</summary>
internal static class AnswerRules
{
    private const string Methods = "GET, HEAD, POST";

    /// <summary>
    /// Pages are read and posted to. Other methods are refused before a page sees them: a page without a handler for a method would be shown
    /// all the same, past what its handlers ask.
    /// </summary>
    public static Task TakeKnownMethods(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsPost(context.Request.Method))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = Methods;
        return Task.CompletedTask;
    }

    /// <summary>Text says in which encoding it is; style sheets, scripts and pictures made of text are served without.</summary>
    public static Task SayTheEncoding(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state =>
        {
            var response = (HttpResponse)state;
            if (response.ContentType is { } type && !type.Contains("charset", StringComparison.OrdinalIgnoreCase)
                && (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)))
                response.ContentType = $"{type}; charset=utf-8";
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    }
}

/// <summary>
/// A post that no handler of the page takes is refused. The framework would show the page without having run any of its handlers: with
/// nothing read, and past what they ask.
/// </summary>
internal sealed class PostsNeedAHandler : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod is not null || !HttpMethods.IsPost(context.HttpContext.Request.Method))
            return;
        context.HttpContext.Response.Headers.Allow = "GET, HEAD";
        context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}

/// <summary>
/// A field of a form comes from the form. The framework would look for what a form leaves out in the address, where a link could put it,
/// and where passwords must not stand.
/// </summary>
internal sealed class FormFieldsFromTheForm : IPageApplicationModelConvention
{
    public void Apply(PageApplicationModel model)
    {
        foreach (var property in model.HandlerProperties)
            if (property.BindingInfo is { BindingSource: null } field && !IsFile(property.ParameterType) && !property.Attributes.OfType<BindPropertyAttribute>().Any(a => a.SupportsGet))
                field.BindingSource = BindingSource.Form;
    }

    private static bool IsFile(Type type) => typeof(IFormFile).IsAssignableFrom(type) || typeof(IEnumerable<IFormFile>).IsAssignableFrom(type);
}
