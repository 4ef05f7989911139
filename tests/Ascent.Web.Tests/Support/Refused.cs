using Ascent.TestSupport.Web;

namespace Ascent.Web.Tests.Support;

/// <summary>What a page owes people whose answer it refuses.</summary>
public static class Refused
{
    /// <summary>
    /// The title says so first, the summary on top has the words and leads to the field, and the field has the same words and refers to them.
    /// </summary>
    public static void At(Page page, string fieldId, string words)
    {
        Assert.True(page.Title.StartsWith("Error: ", StringComparison.Ordinal), page.Summary);
        Assert.Equal("alert", page.Document.QuerySelector(".govuk-error-summary > div")?.GetAttribute("role"));
        var link = page.Document.QuerySelectorAll(".govuk-error-summary__list a").FirstOrDefault(a => a.TextContent.Contains(words, StringComparison.Ordinal));
        Assert.True(link is not null, $"“{words}” is not in the summary: {page.Summary}");
        Assert.Equal($"#{fieldId}", link.GetAttribute("href"));
        var field = page.Document.GetElementById(fieldId);
        Assert.True(field is not null, $"There is no field #{fieldId}: {page.Summary}");
        var messages = page.Texts(".govuk-error-message");
        Assert.Contains(messages, message => message.Contains(words, StringComparison.Ordinal));
        Assert.Contains(Described(page, field), id => page.Document.GetElementById(id) is { } message && message.ClassList.Contains("govuk-error-message")
            && message.TextContent.Contains(words, StringComparison.Ordinal));
    }

    /// <summary>Only these errors, in the order of the page.</summary>
    public static void Only(Page page, params (string FieldId, string Words)[] errors)
    {
        foreach (var (field, words) in errors)
            At(page, field, words);
        Assert.Equal(errors.Length, page.Errors.Count);
        foreach (var (error, shown) in errors.Zip(page.Errors))
            Assert.Contains(error.Words, shown, StringComparison.Ordinal);
    }

    // A field or the fieldset around it names the elements that describe it.
    private static IEnumerable<string> Described(Page page, AngleSharp.Dom.IElement field)
    {
        for (var element = field; element is not null && element.LocalName != "form"; element = element.ParentElement)
            foreach (var id in (element.GetAttribute("aria-describedby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return id;
    }
}
