using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ascent.Shared;
using Ascent.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Profile;

/// <summary>A copy of everything held on the person, and the wish that it be erased.</summary>
public sealed class PrivacyModel(ExportOwnData exportData, AskForErasure askForErasure, TimeProvider clock) : ProfilePage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<IActionResult> OnPostExportAsync()
    {
        var data = await exportData.ExecuteAsync(Person, HttpContext.RequestAborted);
        return data.Succeeded
            ? File(JsonSerializer.SerializeToUtf8Bytes(data.Value, Json), "application/json", $"my-data-{clock.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.json")
            : this.Refused(data.Refusals);
    }

    public async Task<IActionResult> OnPostEraseAsync()
    {
        var asked = await askForErasure.ExecuteAsync(Person, HttpContext.RequestAborted);
        return asked.Succeeded ? Redirect(With("/profile?saved=erasure")) : this.Refused(asked.Refusals);
    }
}
