using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

public enum JourneyStepState
{
    Next,
    Current,
    Done,
}

/// <param name="Href">Where a step that is done can be changed.</param>
/// <param name="Answers">What was answered, a line each; left out on the last page, which has them all.</param>
public sealed record JourneyStep(string Label, JourneyStepState State, string? Href = null, IReadOnlyList<string>? Answers = null);

/// <summary>Where people are in a journey, and what they have answered so far.</summary>
[HtmlTargetElement("journey-steps")]
public sealed class JourneySteps : TagHelper
{
    public required string Title { get; set; }

    public required IReadOnlyList<JourneyStep> Steps { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var at = Steps.TakeWhile(step => step.State != JourneyStepState.Current).Count() + 1;
        var count = Element.Of("span", "ascent-steps__count").Text($"Step {at} of {Steps.Count}");
        var list = Element.Of("ol").With("role", "list");
        for (var i = 0; i < Steps.Count; i++) list.Add(Step(i + 1, Steps[i]));
        output.Become("nav").PutClass("ascent-steps").With("aria-label", "Steps");
        output.Content.Clear();
        output.Add(Element.Of("p", "ascent-steps__summary").Text($"{Title} ").Add(count), list);
    }

    private TagHelperOutput Step(int number, JourneyStep step)
    {
        var isDone = step.State == JourneyStepState.Done;
        var item = Element.Of("li", $"ascent-step ascent-step--{step.State.ToString().ToLowerInvariant()}")
            .With("aria-current", step.State == JourneyStepState.Current ? "step" : null);
        var dot = Element.Of("span", "ascent-step__dot").With("aria-hidden", "true");
        item.Add(isDone ? dot.Add(AscentIcon.Svg("check", ViewContext, small: true)) : dot.Text($"{number}")).Text(" ");
        item.Add(isDone && step.Href is not null
            ? Element.Of("a", "govuk-link govuk-link--no-visited-state").With("href", step.Href).Text(step.Label)
            : Element.Of("span").Text(step.Label));
        foreach (var answer in step.Answers ?? []) item.Add(Element.Of("span", "ascent-step__answer").Add(EmailAddress.Breakable(answer)));
        return item;
    }
}
