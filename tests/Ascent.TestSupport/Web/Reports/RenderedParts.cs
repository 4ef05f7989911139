using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ascent.TestSupport.Web.Reports;

/// <summary>Writes the parts of report pages as the server's own view engine does, from figures that a test makes up: no page with invented figures exists.</summary>
public static partial class RenderedParts
{
    private const string Folder = "/Pages/Reports/Parts/";

    public static Task<string> PartAsync(this AscentFactory server, string name, object model) => RenderAsync(server, name, model, isPage: false);

    /// <summary>A whole page in the frame of the product, with these parts in it.</summary>
    public static async Task<string> PageAsync(this AscentFactory server, string heading, IEnumerable<(string Name, object Model)> parts)
    {
        var main = $"<h1 class=\"govuk-heading-l\">{heading}</h1>";
        foreach (var (name, model) in parts)
            main += await server.PartAsync(name, model);
        // Any part, taken as a page, brings the frame; what stands in it is put in its place.
        var frame = await RenderAsync(server, "_Basis", new Ascent.Web.Pages.Reports.Parts.Basis(""), isPage: true);
        return Main().Replace(frame, found => found.Groups[1].Value + main + found.Groups[2].Value).Replace("<title>Ascent</title>", "<title>Parts of reports – Ascent</title>", StringComparison.Ordinal);
    }

    private static async Task<string> RenderAsync(AscentFactory server, string name, object model, bool isPage)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var route = new RouteData { Values = { ["page"] = "/Reports/Index" } };
        var action = new ActionContext(new DefaultHttpContext { RequestServices = services }, route, new ActionDescriptor { RouteValues = { ["page"] = "/Reports/Index" } });
        var view = services.GetRequiredService<IRazorViewEngine>().GetView(null, $"{Folder}{name}.cshtml", isPage).EnsureSuccessful(null).View!;
        var data = new ViewDataDictionary(services.GetRequiredService<IModelMetadataProvider>(), new ModelStateDictionary()) { Model = model };
        await using var writer = new StringWriter();
        var context = new ViewContext(action, view, data, services.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(action.HttpContext), writer, new HtmlHelperOptions());
        await view.RenderAsync(context);
        return writer.ToString();
    }

    [GeneratedRegex("(<main[^>]*>).*(</main>)", RegexOptions.Singleline)]
    private static partial Regex Main();
}
