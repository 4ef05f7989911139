using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Ascent.Shared.Permissions;
using Ascent.Web.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Accounts.Templates;

public sealed class AddModel(AddTemplate addTemplate) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    public PermissionSet Chosen { get; private set; }

    public SchoolAccess School => HttpContext.School();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (AccessForm.Read(Request.Form, TemplateFields.Asked(School)) is not { } chosen)
            return BadRequest();
        Chosen = chosen;
        var added = await addTemplate.ExecuteAsync(new(Name, chosen), School.Actor, HttpContext.RequestAborted);
        return added.Succeeded ? Redirect(AccountLinks.TemplateAfterAdding(School.Home, added.Value)) : this.Refused(added.Refusals);
    }
}
