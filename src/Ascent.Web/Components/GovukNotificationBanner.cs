using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ascent.Web.Components;

public enum NotificationBannerType
{
    Default,
    Success,
}

/// <summary>What has just happened, or what everybody has to know now. At most one a page.</summary>
[HtmlTargetElement("govuk-notification-banner")]
public sealed class GovukNotificationBanner : TagHelper
{
    public NotificationBannerType Type { get; set; }

    /// <summary>Short form of govuk-notification-banner-title.</summary>
    public string? Title { get; set; }

    public string TitleId { get; set; } = "govuk-notification-banner-title";

    public int TitleHeadingLevel { get; set; } = 2;

    public string? Role { get; set; }

    public bool? DisableAutoFocus { get; set; }

    internal IHtmlContent? TitleContent { get; set; }

    public override void Init(TagHelperContext context) => context.Put(this);

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var isSuccess = Type == NotificationBannerType.Success;
        var title = Element.Of($"h{TitleHeadingLevel}", "govuk-notification-banner__title").With("id", TitleId);
        if (TitleContent is not null) title.Add(TitleContent);
        else title.Text(Title ?? (isSuccess ? "Success" : "Important"));

        output.Become("div").PutClass(isSuccess ? "govuk-notification-banner govuk-notification-banner--success" : "govuk-notification-banner")
            .With("role", Role ?? (isSuccess ? "alert" : "region")).With("aria-labelledby", TitleId).With("data-module", "govuk-notification-banner");
        if (DisableAutoFocus is { } disable) output.With("data-disable-auto-focus", disable ? "true" : "false");
        output.Content.Clear();
        output.Add(Element.Of("div", "govuk-notification-banner__header").Add(title), Element.Of("div", "govuk-notification-banner__content").Add(content));
    }
}

[HtmlTargetElement("govuk-notification-banner-title", ParentTag = "govuk-notification-banner")]
public sealed class GovukNotificationBannerTitle : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Get<GovukNotificationBanner>().TitleContent = await output.GetChildContentAsync();
        output.SuppressOutput();
    }
}

[HtmlTargetElement("govuk-notification-banner-heading", ParentTag = "govuk-notification-banner")]
public sealed class GovukNotificationBannerHeading : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Become("p").PutClass("govuk-notification-banner__heading");
}
