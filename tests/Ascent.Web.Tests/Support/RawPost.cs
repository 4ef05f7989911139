using Ascent.TestSupport.Web;

namespace Ascent.Web.Tests.Support;

/// <summary>Posts what no box on the page can hold: line breaks in a line of text, fields that are not there.</summary>
public static class RawPost
{
    /// <summary>With the form token that the page at this path gave to this browser, and with nothing else of the page.</summary>
    public static async Task<Page> PostAsync(this Browser browser, string path, params (string Name, string Value)[] fields)
    {
        var token = (await browser.GetAsync(path)).Document.QuerySelector("main input[name=form]")?.GetAttribute("value") ?? throw new InvalidOperationException($"{path} has no form.");
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("form", token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
    }
}
