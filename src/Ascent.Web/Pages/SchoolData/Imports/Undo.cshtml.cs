using Ascent.SchoolData.Imports;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.SchoolData.Imports;

public sealed class UndoModel(ReadImports readImports, UndoImport undoImport) : OneImportPage(readImports)
{
    public IActionResult OnGet() => Import.CanUndo ? Page() : Redirect(DataLinks.Import(School.Urn, ImportId));

    public async Task<IActionResult> OnPostAsync()
    {
        var undone = await undoImport.ExecuteAsync(ImportId, School.Actor, HttpContext.RequestAborted);
        return undone.Succeeded ? Redirect($"{DataLinks.Import(School.Urn, ImportId)}?undone=1") : this.Refused(undone.Refusals);
    }
}
