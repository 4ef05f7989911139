using Ascent.Web.Components;

namespace Ascent.Web.Tests.Components;

/// <summary>The same for form fields.</summary>
public static class FieldMaps
{
    public static Tag Input(Options options)
    {
        var tag = Field("govuk-input", options).With("value", options.Text("value")).With("disabled", options.Flag("disabled"));
        foreach (var name in new[] { "type", "autocomplete", "pattern", "inputmode", "autocapitalize", "spellcheck" }) tag.With(name, options.Text(name));
        return tag;
    }

    public static Tag PasswordInput(Options options) => Field("govuk-password-input", options).With("autocomplete", options.Text("autocomplete"));

    public static Tag Select(Options options)
    {
        var tag = Field("govuk-select", options).With("value", options.Text("value")).With("disabled", options.Flag("disabled"));
        foreach (var item in options.List("items"))
        {
            tag.Add(FixtureMaps.Base("govuk-select-item", item).With("value", item.Text("value")).With("selected", item.Flag("selected"))
                .With("disabled", item.Flag("disabled")).Add(item.Text("text")));
        }
        return tag;
    }

    public static Tag DateInput(Options options)
    {
        var tag = Grouped("govuk-date-input", options, out var inner).With("id", options.Text("id")).With("name", options.Text("namePrefix"));
        if (options.Inner("values") is { } values)
        {
            tag.With("value", new DateParts { Day = values.Text("day"), Month = values.Text("month"), Year = values.Text("year") });
        }
        AddHintAndError(inner, "govuk-date-input", options);
        return tag;
    }

    public static Tag Choices(string name, Options options)
    {
        var tag = Grouped(name, options, out var inner).With("name", options.Text("name")).With("id", options.Text("idPrefix"));
        if (name == "govuk-radios") tag.With("value", options.Text("value"));
        else tag.With("values", options.Texts("values")).With("described-by", options.Text("describedBy"));
        AddHintAndError(inner, name, options);
        if (options.HasGaps("items")) return tag.Unsupported();
        foreach (var item in options.List("items")) inner.Add(Item(name, item));
        return tag;
    }

    public static Tag? Legend(string name, Options? legend) => legend is null
        ? null
        : new Tag(name).With("class", legend.Text("classes")).With("is-page-heading", legend.Flag("isPageHeading")).Add(legend.Content());

    private static Tag Field(string name, Options options)
    {
        var tag = FixtureMaps.Base(name, options).With("name", options.Text("name"))
            .With("id", options.Text("id")).With("described-by", options.Text("describedBy")).With("form-group-class", options.Inner("formGroup")?.Text("classes"));
        if (options.Inner("label") is { } label)
        {
            tag.Add(new Tag($"{name}-label").With("class", label.Text("classes")).With("is-page-heading", label.Flag("isPageHeading")).Add(label.Content()));
        }
        AddHintAndError(tag, name, options);
        return tag;
    }

    /// <summary>The group, and where its parts go: into the fieldset if there is one.</summary>
    private static Tag Grouped(string name, Options options, out Tag inner)
    {
        var tag = FixtureMaps.Base(name, options).With("form-group-class", options.Inner("formGroup")?.Text("classes"));
        inner = tag;
        if (options.Inner("fieldset") is not { } fieldset) return tag;
        inner = new Tag($"{name}-fieldset").With("class", fieldset.Text("classes")).With("described-by", fieldset.Text("describedBy"))
            .Add(Legend($"{name}-fieldset-legend", fieldset.Inner("legend")));
        return tag.Add(inner);
    }

    private static void AddHintAndError(Tag tag, string name, Options options)
    {
        if (options.Inner("hint") is { } hint) tag.Add(new Tag($"{name}-hint").With("class", hint.Text("classes")).Add(hint.Content()));
        tag.Add(FixtureMaps.Child($"{name}-error-message", options.Inner("errorMessage")?.Content()));
    }

    private static Tag Item(string name, Options item)
    {
        if (item.Text("divider") is { } divider) return new Tag($"{name}-divider").Add(divider);
        var tag = FixtureMaps.Base($"{name}-item", item).With("value", item.Text("value")).With("id", item.Text("id")).With("name", item.Text("name"))
            .With("checked", item.Flag("checked")).With("disabled", item.Flag("disabled")).With("behaviour", item.Text("behaviour"))
            .With("label-class", item.Inner("label")?.Text("classes")).Add(item.Content());
        if (item.Inner("hint") is { } hint) tag.Add(new Tag($"{name}-item-hint").With("class", hint.Text("classes")).Add(hint.Content()));
        return tag.Add(FixtureMaps.Child($"{name}-item-conditional", item.Inner("conditional")?.Content()));
    }
}
