using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.Templates;

public sealed class DeleteModel(FindTemplate findTemplate, DeleteTemplate deleteTemplate) : TemplatePage(findTemplate)
{
    public async Task<IActionResult> OnPostAsync()
    {
        var deleted = await deleteTemplate.ExecuteAsync(Id, School.Actor, HttpContext.RequestAborted);
        return deleted.Succeeded ? Redirect(AccountLinks.TemplatesAfterDeletion(School.Home))
            : deleted.Refusals is [TemplateGone gone] ? ShowGone(gone)
            : this.Refused(deleted.Refusals);
    }
}
