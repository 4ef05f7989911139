using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Ascent.TestSupport.Web;

/// <summary>
/// A form as the page has it. Fields are found by label, name or id; submitting sends every field as rendered, hidden ones and the
/// antiforgery token included, as a browser without scripts does.
/// </summary>
public sealed class HtmlForm(Browser browser, Page page, IHtmlFormElement form)
{
    public IHtmlFormElement Element => form;

    public HtmlForm Fill(string field, string? value)
    {
        switch (Find(field))
        {
            case IHtmlInputElement { Type: "radio" or "checkbox" }:
                throw new InvalidOperationException($"“{field}” is ticked, not filled.");
            case IHtmlInputElement input:
                input.Value = value ?? "";
                break;
            case IHtmlTextAreaElement area:
                area.Value = value ?? "";
                break;
            case IHtmlSelectElement select:
                var option = select.Options.FirstOrDefault(o => o.Value == value || Page.Words(o) == value)
                    ?? throw new InvalidOperationException($"“{field}” has no choice “{value}” on {page.Summary}");
                select.Value = option.Value;
                break;
            default:
                throw new InvalidOperationException($"No field “{field}” on {page.Summary}");
        }
        return this;
    }

    /// <summary>Ticks a box or chooses one of several.</summary>
    public HtmlForm Tick(string choice, bool ticked = true)
    {
        if (Find(choice) is not IHtmlInputElement { Type: "radio" or "checkbox" } input)
            throw new InvalidOperationException($"“{choice}” cannot be ticked on {page.Summary}");
        if (input.IsDisabled)
            throw new InvalidOperationException($"“{choice}” is disabled on {page.Summary}");
        if (ticked && input.Type == "radio")
            foreach (var other in form.Elements.OfType<IHtmlInputElement>().Where(o => o.Type == "radio" && o.Name == input.Name))
                other.IsChecked = false;
        input.IsChecked = ticked;
        return this;
    }

    public HtmlForm Untick(string choice) => Tick(choice, ticked: false);

    /// <summary>What the field holds now; for a box or a radio, whether it is ticked.</summary>
    public string? Value(string field) => Find(field) switch
    {
        IHtmlInputElement { Type: "radio" or "checkbox" } choice => choice.IsChecked ? "true" : "false",
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value,
        _ => throw new InvalidOperationException($"No field “{field}” on {page.Summary}"),
    };

    public bool IsTicked(string choice) => Value(choice) == "true";

    public bool Has(string fieldOrButton) => Find(fieldOrButton) is not null || Button(fieldOrButton) is not null;

    /// <summary>Adds a hidden field that the page does not have, as somebody who tampers does.</summary>
    public HtmlForm Tamper(string name, string value)
    {
        if (form.Elements.OfType<IHtmlInputElement>().FirstOrDefault(e => e.Name == name) is { } present)
        {
            present.Value = value;
            return this;
        }
        var input = (IHtmlInputElement)form.Owner!.CreateElement("input");
        (input.Type, input.Name, input.Value) = ("hidden", name, value);
        form.AppendChild(input);
        return this;
    }

    /// <summary>Takes a field out of what is sent.</summary>
    public HtmlForm Drop(string name)
    {
        foreach (var element in form.Elements.Where(e => e.GetAttribute("name") == name).ToArray())
            element.Remove();
        return this;
    }

    /// <param name="button">The words or the name of the button to press; null for the form's first.</param>
    public Task<Page> SubmitAsync(string? button = null)
    {
        var pressed = button is null
            ? Buttons().FirstOrDefault()
            : Button(button) ?? throw new InvalidOperationException($"No button “{button}” on {page.Summary}");
        var submission = (pressed is null ? form.GetSubmission() : form.GetSubmission(pressed))
            ?? throw new InvalidOperationException($"The form cannot be sent from {page.Summary}");
        var request = new HttpRequestMessage(new HttpMethod(submission.Method.ToString().ToUpperInvariant()), new Uri(submission.Target.Href));
        if (request.Method != HttpMethod.Get)
        {
            request.Content = new StreamContent(submission.Body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(submission.MimeType!);
        }
        return browser.SendAsync(request);
    }

    /// <summary>Sends the form with a file chosen; its other fields as they are.</summary>
    public async Task<Page> SubmitFileAsync(string field, string fileName, byte[] file)
    {
        using var content = new MultipartFormDataContent();
        foreach (var input in form.Elements.OfType<IHtmlInputElement>().Where(i => i.Name is { Length: > 0 } && (i.Type == "hidden" || (i.Type is "checkbox" or "radio" && i.IsChecked))))
            content.Add(new StringContent(input.Value), input.Name!);
        content.Add(new ByteArrayContent(file), field, fileName);
        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(form.Action)) { Content = content });
    }

    private IEnumerable<IHtmlElement> Buttons() =>
        form.Elements.OfType<IHtmlElement>().Where(e => e is IHtmlButtonElement { Type: "submit", IsDisabled: false } or IHtmlInputElement { Type: "submit", IsDisabled: false });

    private IHtmlElement? Button(string words) =>
        Buttons().FirstOrDefault(b => Page.Words(b) == words || b.GetAttribute("value") == words || b.GetAttribute("name") == words)
        ?? Buttons().FirstOrDefault(b => Page.Words(b).StartsWith(words, StringComparison.Ordinal));

    private IHtmlElement? Find(string field)
    {
        var fields = form.Elements.OfType<IHtmlElement>().Where(e => e is IHtmlInputElement or IHtmlTextAreaElement or IHtmlSelectElement).ToArray();
        return fields.FirstOrDefault(e => Labels(e).Any(words => words == field))
            ?? fields.FirstOrDefault(e => e.GetAttribute("name") == field)
            ?? fields.FirstOrDefault(e => e.Id == field)
            ?? fields.FirstOrDefault(e => Labels(e).Any(words => words.StartsWith(field, StringComparison.Ordinal)));
    }

    private IEnumerable<string> Labels(IElement element) =>
        form.Owner!.QuerySelectorAll<IHtmlLabelElement>("label")
            .Where(label => label.Control == element || label.Contains(element)).Select(Page.Words)
            .Concat(element.GetAttribute("aria-label") is { } said ? [said] : []);
}
