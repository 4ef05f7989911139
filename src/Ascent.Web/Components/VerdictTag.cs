using Ascent.Measures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

/// <summary>How a figure lies to the national one: a shape, a word, and the rest in hidden words. Never by colour alone. Nothing without a judgement.</summary>
[HtmlTargetElement("verdict", TagStructure = TagStructure.WithoutEndTag)]
public sealed class VerdictTag : TagHelper
{
    public Significance? Value { get; set; }

    /// <summary>"England", as the page calls it.</summary>
    public string National { get; set; } = "England";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Value is not { } value)
        {
            output.SuppressOutput();
            return;
        }
        var (kind, shape, word, meaning) = value switch
        {
            Significance.Above => ("above", Shape("M7 1.5l6 11H1z", filled: true), "Above", $": significantly above {National}"),
            Significance.Below => ("below", Shape("M7 12.5l6-11H1z", filled: true), "Below", $": significantly below {National}"),
            _ => ("in-line", Shape("M1.5 5h11M1.5 9.5h11", filled: false), "In line", $": not significantly different from {National}"),
        };
        output.Become("span").PutClass($"ascent-verdict ascent-verdict--{kind}");
        output.Content.Clear();
        output.Add(shape).Text($" {word}").Add(Element.Hidden(meaning));
    }

    private static TagHelperOutput Shape(string path, bool filled)
    {
        var line = Element.Of("path").With("d", path);
        line = filled ? line.With("fill", "currentColor") : line.With("stroke", "currentColor").With("stroke-width", "2.2").With("stroke-linecap", "round");
        return Element.Of("svg").With("viewBox", "0 0 14 14").With("width", "14").With("height", "14").With("aria-hidden", "true").With("focusable", "false").Add(line);
    }
}
