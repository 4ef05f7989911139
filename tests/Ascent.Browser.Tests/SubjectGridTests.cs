using Ascent.Browser.Tests.Support;
using Ascent.Shared;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests;

/// <summary>The grid of 240 pupils and 14 subjects: by the keyboard alone, by a block out of a spreadsheet, on a telephone, and without script.</summary>
public sealed class SubjectGridTests(Chromium chromium)
{
    private static readonly NcYear Ten = new(10);
    private static readonly string[] Codes = ["ENL", "ENT", "MAT", "CSC", "BIO", "CHE", "PHY", "FRE", "SPA", "GEO", "HIS", "ART", "CSI", "MUS"];

    [Fact]
    public async Task Grid_KeyboardAlone_TicksMovesChoosesABlockAndSaves()
    {
        await using var school = await StartAsync();
        var page = await school.OpenAsync(chromium, "/data/subjects/10");
        var complaints = Watch.Complaints(page);

        // One stop for Tab, whatever the size of the grid.
        await page.Locator(".ascent-matrix-frame").FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await AtAsync(page, 0, 0);
        await PressAsync(page, "Space");
        await PressAsync(page, "Control+End");
        await AtAsync(page, 239, 13);
        await PressAsync(page, "Home", "ArrowUp", "ArrowRight");
        await AtAsync(page, 238, 1);
        await NotHiddenAsync(page);
        await PressAsync(page, "Control+Home", "End");
        await AtAsync(page, 0, 13);

        // Six cells: three pupils by two subjects.
        await PressAsync(page, "Home", "ArrowDown", "ArrowRight", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight");
        await Assertions.Expect(page.Locator("[data-block-words]")).ToHaveTextAsync("6 cells: 3 pupils, Mathematics, Combined Science");
        await Assertions.Expect(page.Locator("td[aria-selected=true]")).ToHaveCountAsync(6);
        // Back to the bar above, as anybody without a mouse gets there.
        await TabBackToAsync(page, "[data-do=assign]");
        await PressAsync(page, "Enter");
        await Assertions.Expect(page.Locator("[data-changed]")).ToHaveTextAsync("7 cells changed, not saved yet.");
        await AtAsync(page, 3, 3);
        await PressAsync(page, "Escape", "Space", "Control+z");
        await Assertions.Expect(page.Locator("[data-changed]")).ToHaveTextAsync("7 cells changed, not saved yet.");
        await Assertions.Expect(page.Locator("th[data-subject=MAT] [data-sum]")).ToHaveTextAsync("3");
        await Assertions.Expect(page.Locator("tr[data-row]").Nth(1).Locator("[data-taken]")).ToHaveTextAsync("2");

        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("[data-save-bar] button[type=submit]")).ToBeFocusedAsync();
        await PressAsync(page, "Enter");
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("Saved: 7 assigned");

        Assert.Equal(7, await page.Locator("input[name=t]:checked").CountAsync());
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct()));
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Grid_BlockOutOfASpreadsheet_IsPastedAndWhatIsWrongIsTold()
    {
        await using var school = await StartAsync();
        var page = await school.OpenAsync(chromium, "/data/subjects/10");
        var said = page.Locator("[data-said]");
        await page.Locator("input[name=t]").First.FocusAsync();
        await PressAsync(page, "ArrowDown", "ArrowRight");

        await PasteAsync(page, "x\tYES\tcombined science\r\n\t1\tmaybe\r\n✓\t0\tno\r\n");
        await Assertions.Expect(said).ToHaveTextAsync("Pasted 3 pupils by 3 subjects: 5 ticks changed. 1 cell was not understood and left alone: Abara0002, Ada, Combined Science: “maybe”. Write 1, x or yes; 0, no or nothing.");
        Assert.Equal(["1.1", "1.2", "1.3", "2.2", "3.1"], await TickedAsync(page));
        await AtAsync(page, 3, 3);

        // One copied cell fills the block that is chosen.
        await PressAsync(page, "Control+Home", "Shift+ArrowRight", "Shift+ArrowDown");
        await PasteAsync(page, "1\n");
        Assert.Equal(["0.0", "0.1", "1.0", "1.1", "1.2", "1.3", "2.2", "3.1"], await TickedAsync(page));
        await PressAsync(page, "Control+z");

        // Too large: nothing of it.
        await PressAsync(page, "Control+End", "ArrowUp");
        await PasteAsync(page, "1\t1\n1\t1\n1\t1");
        await Assertions.Expect(said).ToHaveTextAsync("Nothing was pasted. The block is 3 pupils by 2 subjects, and from this cell there is room for 2 pupils by 1 subject.");
        Assert.Equal(["1.1", "1.2", "1.3", "2.2", "3.1"], await TickedAsync(page));

        // The whole year group at once, as a school would bring it, and back on the server.
        await PressAsync(page, "Control+Home");
        await PasteAsync(page, string.Join('\n', Enumerable.Range(0, 240).Select(r => string.Join('\t', Codes.Select((_, c) => (r + c) % 2)))));
        await Assertions.Expect(said).ToContainTextAsync("Pasted 240 pupils by 14 subjects");
        await page.Locator("[data-save-bar] button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("Saved: 1,680 assigned");
        // 3,360 cells come in pieces: the banner is there before the last of them.
        await Assertions.Expect(page.Locator("input[name=t]:checked")).ToHaveCountAsync(1_680);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Grid_AssignAClass_TicksBeforeSaving()
    {
        await using var school = await StartAsync();
        var page = await school.OpenAsync(chromium, "/data/subjects/10");
        await page.GetByLabel("Subject", new() { Exact = true }).SelectOptionAsync("French");
        await page.GetByLabel("10A (30)").CheckAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Assign the classes" }).ClickAsync();

        await Assertions.Expect(page.Locator("[data-said]")).ToHaveTextAsync("30 pupils assigned to French.");
        await Assertions.Expect(page.Locator("th[data-subject=FRE] [data-sum]")).ToHaveTextAsync("30");
        await page.Locator("[data-do=undo]").ClickAsync();
        Assert.Empty(await TickedAsync(page));
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task Grid_WithoutScript_SavesTheTicks(int width)
    {
        await using var school = await StartAsync();
        var page = await school.OpenAsync(chromium, "/data/subjects/10?subject=FRE", width, script: false);
        await Watch.FitsAsync(page);
        await Assertions.Expect(page.Locator("#grid-keys")).ToBeHiddenAsync();
        await page.Locator("input[name=t]").Nth(2).CheckAsync();
        await page.Locator("[data-save-bar] button[type=submit]").ClickAsync();

        await Assertions.Expect(page.Locator(".govuk-notification-banner")).ToContainTextAsync("Saved: 1 assigned");
        await Assertions.Expect(page.Locator("input[name=t]").Nth(2)).ToBeCheckedAsync();
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task EveryPage_SmallPhone_IsAccessibleAndFits()
    {
        await using var school = await StartAsync();
        var (its, pupils) = (await school.Data.AddClassAsync(school.Manager, "Zwölfboxkämpfer-Wagner and Company", year: "10"), await school.Data.AddPupilsAsync(school.Manager, 1, Ten));
        await school.Data.AssignAsync(school.Manager, pupils[0], "CSC", "BIO");
        foreach (var width in (int[])[320, 1280])
        {
            var page = await school.OpenAsync(chromium, "/data/subjects/10?show=doubt", width);
            await Assertions.Expect(page.Locator(".ascent-doubt")).ToBeVisibleAsync();
            // With a block chosen and its bar.
            await page.Locator("input[name=t]").First.FocusAsync();
            await PressAsync(page, "Shift+ArrowRight");
            await Assertions.Expect(page.Locator("[data-block]")).ToBeVisibleAsync();
            await Watch.FitsAsync(page);
            await Watch.AccessibleAsync(page);
            foreach (var path in (string[])["subjects/10?show=doubt", "subjects/10?subject=FRE", "subjects", "subjects/10/choose", "classes", "classes/add", $"classes/{its:N}", $"classes/{its:N}/pupils", $"classes/{its:N}/teachers", $"classes/{its:N}/edit", $"classes/{its:N}/delete", $"pupils/{pupils[0]:N}"])
            {
                await page.GotoAsync(new Uri(new Uri(page.Url), $"{school.Home}/data/{path}").ToString());
                await Watch.FitsAsync(page);
                await Watch.AccessibleAsync(page);
            }
            await page.Context.DisposeAsync();
        }
    }

    private static async Task<SchoolOnItsOwn> StartAsync()
    {
        var school = await SchoolOnItsOwn.StartAsync();
        var pupils = await school.Data.AddPupilsAsync(school.Manager, 240, Ten);
        await school.Data.OfferAsync(school.Manager, Ten, Codes);
        await school.Data.PutInClassAsync(school.Manager, await school.Data.AddClassAsync(school.Manager, "10A", year: "10"), [.. pupils.Take(30)]);
        return school;
    }

    private static async Task PressAsync(IPage page, params string[] keys)
    {
        foreach (var key in keys)
            await page.Keyboard.PressAsync(key);
    }

    private static async Task TabBackToAsync(IPage page, string selector)
    {
        for (var patience = 10; patience > 0; patience--)
        {
            await page.Keyboard.PressAsync("Shift+Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector)", selector))
                return;
        }
        Assert.Fail($"{selector} is not reached from the grid with Shift and Tab.");
    }

    private static Task AtAsync(IPage page, int row, int column) => Assertions.Expect(page.Locator($"input[name=t][value='{row}.{column}']")).ToBeFocusedAsync();

    /// <summary>Neither the names at the left nor the subjects at the top lie over the focus.</summary>
    private static async Task NotHiddenAsync(IPage page) => Assert.True(await page.EvaluateAsync<bool>("""
        () => {
          const box = document.activeElement.getBoundingClientRect();
          return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === document.activeElement;
        }
        """), "The focus is hidden");

    /// <summary>What Ctrl+V does, with what a spreadsheet would have put on the clipboard.</summary>
    private static async Task PasteAsync(IPage page, string text) => await page.EvaluateAsync("""
        text => {
          const data = new DataTransfer();
          data.setData('text/plain', text);
          document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        }
        """, text);

    private static async Task<IReadOnlyList<string>> TickedAsync(IPage page) => await page.Locator("input[name=t]:checked").EvaluateAllAsync<string[]>("boxes => boxes.map(b => b.value)");
}
