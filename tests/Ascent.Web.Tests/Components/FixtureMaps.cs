namespace Ascent.Web.Tests.Components;

/// <summary>How a page would write what a fixture's options ask for.</summary>
public static class FixtureMaps
{
    public static readonly Dictionary<string, Func<Options, Tag>> All = new()
    {
        ["button"] = Button,
        ["back-link"] = options => Simple("govuk-back-link", options).With("href", options.Text("href")),
        ["tag"] = options => Simple("govuk-tag", options),
        ["inset-text"] = options => Simple("govuk-inset-text", options).With("id", options.Text("id")),
        ["skip-link"] = options => Simple("govuk-skip-link", options).With("href", options.Text("href")),
        ["details"] = options => Simple("govuk-details", options).With("id", options.Text("id")).With("open", options.Flag("open"))
            .Add(Child("govuk-details-summary", options.Content("summaryHtml", "summaryText"))),
        ["breadcrumbs"] = Breadcrumbs,
        ["notification-banner"] = NotificationBanner,
        ["summary-list"] = SummaryList,
        ["error-summary"] = ErrorSummary,
        ["fieldset"] = options => Base("govuk-fieldset", options).With("described-by", options.Text("describedBy")).With("role", options.Text("role"))
            .Add(FieldMaps.Legend("govuk-fieldset-legend", options.Inner("legend")), options.Content()),
        ["input"] = FieldMaps.Input,
        ["password-input"] = FieldMaps.PasswordInput,
        ["select"] = FieldMaps.Select,
        ["date-input"] = FieldMaps.DateInput,
        ["checkboxes"] = options => FieldMaps.Choices("govuk-checkboxes", options),
        ["radios"] = options => FieldMaps.Choices("govuk-radios", options),
    };

    /// <summary>What every component takes: classes and attributes.</summary>
    public static Tag Base(string name, Options options)
    {
        var tag = new Tag(name).With("class", options.Text("classes"));
        foreach (var (attribute, value) in options.Attributes()) tag.With(attribute, value);
        return tag;
    }

    public static Tag? Child(string name, object? content) => content is null ? null : new Tag(name).Add(content);

    private static Tag Simple(string name, Options options) => Base(name, options).Add(options.Content());

    private static Tag Button(Options options)
    {
        // The template says what element it becomes by href alone.
        options.Text("element");
        var href = options.Text("href");
        var button = Simple(href is null ? "govuk-button" : "govuk-button-link", options).With("href", href).With("id", options.Text("id"));
        return href is not null ? button : button.With("name", options.Text("name")).With("value", options.Text("value")).With("type", options.Text("type"))
            .With("disabled", options.Flag("disabled")).With("prevent-double-click", options.Flag("preventDoubleClick"));
    }

    private static Tag Breadcrumbs(Options options)
    {
        var tag = Base("govuk-breadcrumbs", options).With("collapse-on-mobile", options.Flag("collapseOnMobile")).With("label-text", options.Text("labelText"));
        foreach (var item in options.List("items")) tag.Add(Simple("govuk-breadcrumbs-item", item).With("href", item.Text("href")));
        return tag;
    }

    private static Tag NotificationBanner(Options options)
    {
        var tag = Base("govuk-notification-banner", options)
            .With("type", options.Text("type") == "success" ? "Success" : null).With("title-id", options.Text("titleId"))
            .With("title-heading-level", options.Text("titleHeadingLevel")).With("role", options.Text("role"))
            .With("disable-auto-focus", options.Flag("disableAutoFocus"))
            .Add(Child("govuk-notification-banner-title", options.Content("titleHtml", "titleText")));
        return options.Text("html") is { } html
            ? tag.Add(new Microsoft.AspNetCore.Html.HtmlString(html))
            : tag.Add(Child("govuk-notification-banner-heading", options.Text("text")));
    }

    private static Tag SummaryList(Options options)
    {
        var tag = Base("govuk-summary-list", options);
        foreach (var row in options.List("rows"))
        {
            var line = new Tag("govuk-summary-list-row").With("class", row.Text("classes"))
                .Add(Child("govuk-summary-list-row-key", row.Inner("key")?.Content()), Child("govuk-summary-list-row-value", row.Inner("value")?.Content()));
            foreach (var action in row.Inner("actions")?.List("items") ?? [])
            {
                line.Add(Simple("govuk-summary-list-row-action", action).With("href", action.Text("href")).With("visually-hidden-text", action.Text("visuallyHiddenText")));
            }
            tag.Add(line);
        }
        return tag;
    }

    private static Tag ErrorSummary(Options options)
    {
        var tag = Base("govuk-error-summary", options).With("title", options.Text("titleText")).With("disable-auto-focus", options.Flag("disableAutoFocus"))
            .Add(Child("govuk-error-summary-description", options.Content("descriptionHtml", "descriptionText")));
        var errors = options.List("errorList");
        // Ours lists ModelState when it is given nothing to list.
        if (errors.Count == 0 && !options.Has("descriptionHtml") && !options.Has("descriptionText")) return tag.Unsupported();
        foreach (var error in errors) tag.Add(new Tag("govuk-error-summary-item").With("href", error.Text("href")).Add(error.Content()));
        return tag;
    }
}
