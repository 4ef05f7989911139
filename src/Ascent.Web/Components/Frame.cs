namespace Ascent.Web.Components;

/// <summary>
/// What stands round every page. The layout reads it from the request's features, so that a page never has to know
/// about navigation; without one (an error before sign-in) the frame is bare.
/// </summary>
/// <param name="AdministrationHref">The page with the administration groups; null for people who may open none.</param>
/// <param name="OutboxHref">Where a demonstration shows the mail it would have sent; null for people who may not see it.</param>
public sealed record Frame(
    FrameOrganisation? Organisation,
    FramePerson? Person,
    IReadOnlyList<FrameLink> Navigation,
    IReadOnlyList<AdministrationGroup> Administration,
    string? AdministrationHref,
    bool Demonstration,
    string? OutboxHref,
    string Version)
{
    public static Frame Empty { get; } = new(null, null, [], [], null, false, null, "");

    /// <summary>The organisations of somebody who has several, to go from one to another; empty for everybody else.</summary>
    public IReadOnlyList<FramePlace> Places { get; init; } = [];
}

/// <param name="Detail">The second line: authority and URN of a school, for example.</param>
public sealed record FrameOrganisation(string Name, string? Detail, string HomeHref);

/// <param name="Detail">"Local authority"; the URN of a school.</param>
/// <param name="IsCurrent">The page belongs to it, as its own: not where a school is open through an authority or trust.</param>
public sealed record FramePlace(string Name, string Detail, string HomeHref, bool IsCurrent);

/// <param name="Role">Job role, as the header shows it beneath the name.</param>
/// <param name="AccountKey">Tells the page's script whether the same account is still signed in.</param>
public sealed record FramePerson(string Name, string Initials, string? Role, string AccountKey = "");

/// <param name="IsCurrent">True for the part of the product that the page belongs to.</param>
public sealed record FrameLink(string Label, string Href, bool IsCurrent = false);

/// <summary>The groups as the menu over a page and the administration page show them.</summary>
/// <param name="Open">True on the page, where there is room for all.</param>
public sealed record AdministrationMenu(IReadOnlyList<AdministrationGroup> Groups, bool Open = false);

/// <summary>A group with one item is shown as that item: a group to open would be a click too many.</summary>
/// <param name="Icon">A name from Assets/icons.json.</param>
public sealed record AdministrationGroup(string Label, string Icon, IReadOnlyList<AdministrationItem> Items);

/// <param name="Badge">What waits there, as "6 waiting"; null when nothing does.</param>
public sealed record AdministrationItem(string Label, string? Hint, string Href, string? Badge = null);
