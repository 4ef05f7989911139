using Microsoft.Playwright;

namespace Ascent.Browser.Tests.Support;

/// <summary>How somebody works a page. The base is the mouse.</summary>
public class Hands(IPage page)
{
    public IPage Page { get; } = page;

    public virtual Task PressAsync(ILocator button) => button.ClickAsync();

    public virtual Task TypeAsync(ILocator field, string text) => field.FillAsync(text);

    /// <summary>Makes a box ticked or not; people click its words, or in a table the box itself.</summary>
    public virtual async Task TickAsync(ILocator box, bool ticked = true)
    {
        if (await box.IsCheckedAsync() != ticked)
            await (await box.GetAttributeAsync("aria-label") is null ? LabelOf(box) : box).ClickAsync();
    }

    public virtual Task ChooseAsync(ILocator radio) => LabelOf(radio).ClickAsync();

    private ILocator LabelOf(ILocator field) => Page.Locator("label").And(field.Locator("xpath=following-sibling::label[1]")).First;
}

/// <summary>The keyboard alone, and on each stop the focus has to be seen.</summary>
public sealed class KeyboardHands(IPage page) : Hands(page)
{
    private const int LongestWay = 150;

    public override async Task PressAsync(ILocator button)
    {
        await ReachAsync(button);
        await Page.Keyboard.PressAsync("Enter");
    }

    public override async Task TypeAsync(ILocator field, string text)
    {
        await ReachAsync(field);
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync(text);
    }

    public override async Task TickAsync(ILocator box, bool ticked = true)
    {
        await ReachAsync(box);
        if (await box.IsCheckedAsync() != ticked)
            await Page.Keyboard.PressAsync("Space");
        Assert.Equal(ticked, await box.IsCheckedAsync());
    }

    /// <summary>One stop for the group, arrow keys within it.</summary>
    public override async Task ChooseAsync(ILocator radio)
    {
        var name = await radio.GetAttributeAsync("name");
        for (var i = 0; i < LongestWay; i++)
        {
            if (await Page.EvaluateAsync<bool>("name => document.activeElement.type === 'radio' && document.activeElement.name === name", name))
                break;
            await Page.Keyboard.PressAsync("Tab");
        }
        await SeenAsync();
        if (!await HasFocusAsync(radio))
            for (var i = 0; i < 30 && !await HasFocusAsync(radio); i++)
                await Page.Keyboard.PressAsync("ArrowDown");
        else if (!await radio.IsCheckedAsync())
            await Page.Keyboard.PressAsync("Space");
        await SeenAsync();
        Assert.True(await radio.IsCheckedAsync(), $"The arrow keys do not reach {radio}");
    }

    private async Task ReachAsync(ILocator target)
    {
        var stops = new List<string>();
        for (var i = 0; i < LongestWay; i++)
        {
            if (await HasFocusAsync(target))
                return;
            await Page.Keyboard.PressAsync("Tab");
            stops.Add(await SeenAsync());
        }
        Assert.Fail($"{target} cannot be reached by Tab on {Page.Url}: {string.Join(", ", stops.Take(60))}");
    }

    private static Task<bool> HasFocusAsync(ILocator target) => target.EvaluateAsync<bool>("e => e === document.activeElement");

    /// <summary>The focus is drawn, and lies on the screen with nothing over it (WCAG 2.2, 2.4.7 and 2.4.11).</summary>
    private async Task<string> SeenAsync()
    {
        var said = await Page.EvaluateAsync<string>("""
            () => {
              const e = document.activeElement;
              if (!e || e === document.body) return 'nothing';
              const name = `${e.tagName}#${e.id} ${(e.textContent || '').trim().slice(0, 30)}`;
              const drawn = (s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
              const label = e.labels && e.labels[0];
              const shown = drawn(getComputedStyle(e)) || (label && (drawn(getComputedStyle(label, '::before')) || drawn(getComputedStyle(label))));
              if (!shown) return `INVISIBLE ${name}`;
              const r = e.getBoundingClientRect();
              if (r.bottom <= 0 || r.top >= innerHeight || r.right <= 0 || r.left >= innerWidth) return `OFF SCREEN ${name}`;
              const at = (x, y) => document.elementFromPoint(Math.min(Math.max(x, 1), innerWidth - 1), Math.min(Math.max(y, 1), innerHeight - 1));
              const mine = (hit) => hit && (e.contains(hit) || hit.contains(e) || (label && (label === hit || label.contains(hit))));
              const points = [[r.left + 3, r.top + 3], [r.left + r.width / 2, r.top + r.height / 2], [r.right - 3, r.bottom - 3]];
              return points.some(([x, y]) => mine(at(x, y))) ? name : `COVERED ${name}`;
            }
            """);
        Assert.False(said.StartsWith("INVISIBLE", StringComparison.Ordinal) || said.StartsWith("OFF SCREEN", StringComparison.Ordinal) || said.StartsWith("COVERED", StringComparison.Ordinal), $"{said} on {Page.Url}");
        return said;
    }
}
