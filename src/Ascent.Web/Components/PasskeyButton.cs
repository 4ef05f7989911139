using Ascent.SignIn.Factors;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

public enum PasskeyDeed
{
    Use,
    Add,
}

/// <summary>
/// Asks a passkey and sends its form with the answer (passkeys.ts). Browsers give passkeys to scripts only, so without one a sentence stands
/// in its place. Nothing at all where the server's address allows no passkeys.
/// </summary>
[HtmlTargetElement("passkey-button")]
public sealed class PasskeyButton(PasskeyServer passkeys) : TagHelper
{
    public PasskeyDeed Deed { get; set; }

    /// <summary>The field of the form that takes the answer.</summary>
    public string Field { get; set; } = "Passkey";

    /// <summary>Where the script fetches what the passkey is to sign.</summary>
    public required string Question { get; set; }

    /// <summary>The ways on for people without script.</summary>
    public string? Without { get; set; }

    public bool Secondary { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (!passkeys.IsPossible)
        {
            output.SuppressOutput();
            return;
        }
        var words = await output.GetChildContentAsync();
        var error = PageFields.FirstError(ViewContext.ViewData.ModelState, Field);
        PageFields.Of(ViewContext).Add(Field, Field);
        var said = Element.Of("p", "govuk-error-message ascent-passkey__said").With("id", $"{Field}-said").With("role", "alert");
        if (error is null)
            said.Flag("hidden");
        else
            said.Add(Element.Of("span", "govuk-visually-hidden").Text("Error:")).Text($" {error}");
        output.Become("div").PutClass("ascent-passkey").With("data-passkey", Deed == PasskeyDeed.Add ? "add" : "use").With("data-question", Question);
        output.Content.Clear();
        output.Add(said,
            Element.Of("input").With("type", "hidden").With("name", Field),
            Element.Of("button", Secondary ? "govuk-button govuk-button--secondary ascent-passkey__button" : "govuk-button ascent-passkey__button").With("type", "button").With("id", Field).With("aria-describedby", $"{Field}-said")
                .Add(AscentIcon.Svg("passkey", ViewContext)).Add(words),
            Element.Of("p", "govuk-body ascent-small ascent-passkey__without").Text($"A passkey needs JavaScript, which is off in this browser. {Without}".TrimEnd()));
    }
}
