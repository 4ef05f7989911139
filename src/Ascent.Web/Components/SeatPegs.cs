using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

public enum SeatState
{
    Held,

    /// <summary>The person who reads the page.</summary>
    You,

    /// <summary>Invited, not yet signed up; the seat is taken all the same.</summary>
    Pending,
}

public sealed record SeatHolder(string Initials, string Name, SeatState State = SeatState.Held)
{
    /// <summary>For somebody who would take a seat: where they come from, such as "row 2".</summary>
    public string? Words { get; init; }
}

/// <summary>
/// The seats under a limit as coat pegs: who holds them, who would take the next, what is free. What stands inside the
/// tag is a sentence after the count.
/// </summary>
[HtmlTargetElement("seat-pegs")]
public sealed class SeatPegs : TagHelper
{
    /// <summary>More free pegs than this say nothing more; one with the number stands for them.</summary>
    private const int FreePegs = 4;

    public int Limit { get; set; }

    public required IReadOnlyList<SeatHolder> Holders { get; set; }

    /// <summary>Who would take a seat if the page were sent.</summary>
    public SeatHolder? Next { get; set; }

    /// <summary>As <see cref="Next"/>, where several people would take seats at once.</summary>
    public IReadOnlyList<SeatHolder> Takers { get; set; } = [];

    /// <summary>What the seats are: a name for the list, written before the count when small.</summary>
    public required string Label { get; set; }

    /// <summary>Writes the label before the count, where the limits stand side by side.</summary>
    public bool Named { get; set; }

    /// <summary>Initials only, for a side column.</summary>
    public bool Mini { get; set; }

    /// <summary>Id of the count, for `described-by`.</summary>
    public string? CountId { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext? ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var sentence = await output.GetChildContentAsync();
        var pending = Holders.Count(holder => holder.State == SeatState.Pending);
        var used = $"{Holders.Count} of {Limit} used{(pending > 0 ? $", {pending} pending" : "")}";
        var count = Element.Of("p", "ascent-seats__count").With("id", CountId).Add(Element.Of("strong").Text(Mini || Named ? Label : used)).Text(" ");
        if (Mini || Named) count.Text(Named ? $"{used}," : used).Text(" ");
        count.Add(sentence);

        var pegs = Element.Of("ul", Mini ? "ascent-pegs ascent-pegs--mini" : "ascent-pegs").With("role", "list").With("aria-label", Label);
        foreach (var holder in Holders) pegs.Add(Peg(holder.Initials, holder.Name, Kind(holder.State), Words(holder.State)));
        if (Next is not null) pegs.Add(Peg(Next.Initials, Next.Name, "next", "if you go on"));
        foreach (var taker in Takers) pegs.Add(Peg(taker.Initials, taker.Name, "next", taker.Words));
        foreach (var words in Free()) pegs.Add(Peg(null, words, "free", null));

        output.Become("div").PutClass("ascent-seats");
        output.Content.Clear();
        output.Add(count, pegs);
    }

    private IEnumerable<string> Free()
    {
        var free = Limit - Holders.Count - (Next is null ? 0 : 1) - Takers.Count;
        return free > FreePegs ? [$"{free} free"] : Enumerable.Repeat("Free", Math.Max(0, free));
    }

    private TagHelperOutput Peg(string? initials, string name, string? kind, string? words)
    {
        IHtmlContent mark = initials is null ? AscentIcon.Svg("plus", ViewContext, small: true) : Element.Of("span").Text(initials);
        var peg = Element.Of("li", "ascent-peg").AddClass(kind is null ? null : $"ascent-peg--{kind}");
        if (Mini)
        {
            var title = words is null ? name : $"{name}, {words}";
            return peg.Add(Element.Of("span", "ascent-peg__seat").With("title", title)
                .Add(Element.Of("span").With("aria-hidden", "true").Add(mark), Element.Hidden(title)));
        }
        return peg.Add(
            Element.Of("span", "ascent-peg__seat").With("aria-hidden", "true").Add(mark),
            Element.Of("span").Text(name).Add(words is null ? null : Element.Of("span", "ascent-peg__state").Text($" {words}")));
    }

    private static string? Kind(SeatState state) => state == SeatState.Pending ? "pending" : null;

    private static string? Words(SeatState state) => state switch
    {
        SeatState.You => "you",
        SeatState.Pending => "pending",
        _ => null,
    };
}
