using Ascent.Organisations.Gias;
using Ascent.SetUp;
using Ascent.Shared;
using Ascent.Web.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Ascent.Web.Pages.SetUp;

/// <summary>Takes the register’s file and shows how far its load is. The page can be left and found again.</summary>
[TakesRegister(LargestFile)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestFile)]
public sealed class RegisterModel(FirstRun firstRun, RegisterLoad load, ServerSettings settings, TimeProvider clock) : SetUpStep(firstRun, 2)
{
    // The register has about 65 MB; whoever sends more has sent something else.
    private const long LargestFile = 200 * 1024 * 1024;

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public RegisterLoad.Report? Load { get; private set; }

    public void OnGet() => Load = load.Last;

    public async Task<IActionResult> OnPostAsync()
    {
        if (Upload is null or { Length: 0 })
        {
            ModelState.AddModelError(nameof(Upload), "Choose the register’s file, edubasealldata and a date");
            return Page();
        }
        if (Path.GetExtension(Upload.FileName) is { Length: > 0 } ending && !ending.Equals(".csv", StringComparison.OrdinalIgnoreCase))
        {
            ModelState.AddModelError(nameof(Upload), "The register is a CSV file, and the ending of this one’s name says something else");
            return Page();
        }
        // What is no register is refused at once, at the field; reading it all comes afterwards.
        await using (var sent = Upload.OpenReadStream())
        {
            var opened = GiasFile.Open(sent);
            if (!opened.Succeeded)
            {
                ModelState.AddModelError(nameof(Upload), opened.Refusals[0].Message);
                return Page();
            }
            opened.Value.Dispose();
        }
        var file = await KeepAsync(Upload);
        await FirstRun.NoteOrganisationsAsync(HttpContext.RequestAborted);
        load.TryBegin(file, Actor.Operator);
        return Redirect(SetUpLinks.Register(Token));
    }

    private async Task<string> KeepAsync(IFormFile upload)
    {
        var folder = Directory.CreateDirectory(Path.Combine(settings.DataFolder, "uploads"));
        var path = Path.Combine(folder.FullName, $"register-{clock.NewId():N}.csv");
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await upload.CopyToAsync(file, HttpContext.RequestAborted);
        return path;
    }
}

/// <summary>
/// Lets a large body in, for whoever has the link from the console only: it is asked before anything of the body is read, so that
/// strangers cannot fill the disk.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesRegisterAttribute(long largest) : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    // Before the form limits (900) and the antiforgery token (1000), which read the body.
    public int Order => 800;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (!await http.RequestServices.GetRequiredService<FirstRun>().OpensAsync(http.GetRouteValue("token") as string, http.RequestAborted))
            return;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = largest;
    }
}
