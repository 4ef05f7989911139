using Ascent.Web.Components;
using Xunit;

namespace Ascent.Web.Tests.Components;

public sealed class FormFieldTests
{
    private readonly Views<Answers> _views = new(new Answers());

    [Fact]
    public async Task Input_ForModel_TakesNameIdAndValue()
    {
        _views.Data.Model.Email = "hannah@example.org";
        var input = Dom.Parse(await new Tag("govuk-input").With("for", _views.For(m => m.Email)).With("label", "Email & name").RenderAsync(_views.Context));
        Assert.Equal("Email", input.QuerySelector("input")!.Id);
        Assert.Equal("hannah@example.org", input.QuerySelector("input")!.GetAttribute("value"));
        Assert.Equal("Email & name", input.QuerySelector("label[for=Email]")!.TextContent);
    }

    [Fact]
    public async Task Input_AfterRefusal_KeepsWhatWasTypedAndShowsTheError()
    {
        _views.Typed("Email", "hannah@@");
        _views.Data.ModelState.AddModelError("Email", "An address has one @");
        var input = Dom.Parse(await new Tag("govuk-input").With("for", _views.For(m => m.Email)).RenderAsync(_views.Context));
        Assert.Equal("hannah@@", input.QuerySelector("input")!.GetAttribute("value"));
        Assert.Equal("Email-error", input.QuerySelector("input")!.GetAttribute("aria-describedby"));
        Assert.Equal("Error: An address has one @", input.QuerySelector("#Email-error")!.TextContent);
    }

    [Fact]
    public async Task PasswordInput_AfterPost_WritesNoValue()
    {
        _views.Typed("Password", "correct horse battery");
        var html = await new Tag("govuk-password-input").With("for", _views.For(m => m.Password)).RenderAsync(_views.Context);
        Assert.DoesNotContain("horse", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Radios_EnumModel_ChecksItsItem()
    {
        var radios = Dom.Parse(await new Tag("govuk-radios").With("for", _views.For(m => m.Day))
            .Add(new Tag("govuk-radios-item").With("value", "Monday").Add("Monday"), new Tag("govuk-radios-item").With("value", "Sunday").Add("Sunday"))
            .RenderAsync(_views.Context));
        Assert.Equal(["Sunday"], radios.QuerySelectorAll("input[checked]").Select(input => input.GetAttribute("value")));
    }

    [Fact]
    public async Task CheckboxesItem_OwnBoolWithError_HasItsOwnNameAndShowsTheError()
    {
        _views.Data.ModelState.AddModelError("Terms", "Tick the box");
        var group = Dom.Parse(await new Tag("govuk-checkboxes").With("id", "group")
            .Add(new Tag("govuk-checkboxes-item").With("for", _views.For(m => m.Terms)).Add("Terms")).RenderAsync(_views.Context));
        var box = group.QuerySelector("input")!;
        Assert.Equal(("Terms", "Terms", "true", "Terms-error"), (box.Id, box.GetAttribute("name"), box.GetAttribute("value"), box.GetAttribute("aria-describedby")));
        Assert.NotNull(group.QuerySelector("#Terms-error"));
    }

    [Fact]
    public async Task ChoiceLine_ItemWithError_HoldsTheErrorOnce()
    {
        _views.Data.ModelState.AddModelError("Terms", "Tick the box");
        var line = Dom.Parse(await new Tag("govuk-checkboxes").With("id", "group")
            .Add(new Tag("choice-line").Add(new Tag("govuk-checkboxes-item").With("for", _views.For(m => m.Terms)).Add("Terms"))).RenderAsync(_views.Context));
        Assert.Equal("Terms-error", line.QuerySelector(".ascent-line-choice--error")!.FirstElementChild!.Id);
        Assert.Single(line.QuerySelectorAll(".govuk-error-message"));
    }

    [Fact]
    public async Task DateInput_ErrorOnOneBox_MarksThatBoxAndKeepsTheOthers()
    {
        _views.Typed("Ends.Day", "31");
        _views.Typed("Ends.Month", "13");
        _views.Data.ModelState.AddModelError("Ends.Month", "A year has 12 months");
        var date = Dom.Parse(await new Tag("govuk-date-input").With("for", _views.For(m => m.Ends)).RenderAsync(_views.Context));
        Assert.Equal(["Ends-month"], date.QuerySelectorAll(".govuk-input--error").Select(box => box.Id!));
        Assert.Equal("13", date.QuerySelector("#Ends-month")!.GetAttribute("value"));
        Assert.Equal("31", date.QuerySelector("[name='Ends.Day']")!.GetAttribute("value"));
        Assert.Contains("A year has 12 months", date.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorSummary_FieldsBelowIt_ListsThemInPageOrderWithLinks()
    {
        foreach (var (key, message) in new[] { ("Terms", "Third"), ("Ends.Year", "Second"), ("Email", "First"), ("", "Last") }) _views.Data.ModelState.AddModelError(key, message);
        var page = new Tag("govuk-fieldset").Add(
            new Tag("govuk-error-summary"),
            new Tag("govuk-input").With("for", _views.For(m => m.Email)),
            new Tag("govuk-date-input").With("for", _views.For(m => m.Ends)),
            new Tag("govuk-checkboxes").With("id", "group").Add(new Tag("govuk-checkboxes-item").With("for", _views.For(m => m.Terms))));
        var items = Dom.Parse(await page.RenderAsync(_views.Context)).QuerySelectorAll(".govuk-error-summary li");
        Assert.Equal(["First", "Second", "Third", "Last"], items.Select(item => item.TextContent));
        Assert.Equal(["#Email", "#Ends-year", "#Terms", null], items.Select(item => item.QuerySelector("a")?.GetAttribute("href")));
    }

    [Fact]
    public async Task ErrorSummary_NothingWrong_WritesNothing() =>
        Assert.Equal("", await new Tag("govuk-error-summary").RenderAsync(_views.Context));

    private sealed class Answers
    {
        public string? Email { get; set; }

        public string? Password { get; set; }

        public DayOfWeek Day { get; set; }

        public bool Terms { get; set; }

        public DateParts Ends { get; set; } = new();
    }
}
