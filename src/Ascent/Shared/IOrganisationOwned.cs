namespace Ascent.Shared;

/// <summary>A row that belongs to one organisation. Its key begins with the organisation; filters and the insert guard rest on this.</summary>
public interface IOrganisationOwned
{
    Guid OrganisationId { get; }
}

/// <summary>
/// A row that something begins with in an organisation: everything else there hangs on one of these. Whoever adds one asks in the same transaction
/// whether the organisation has meanwhile become another (docs/adr/0029).
/// </summary>
public interface IBeginsInOrganisation : IOrganisationOwned;

/// <summary>Which organisations' rows a piece of work may read and write.</summary>
public readonly record struct OrganisationScope
{
    private OrganisationScope(Guid? only) => Only = only;

    /// <summary>The one organisation, or null for the whole server.</summary>
    public Guid? Only { get; }

    /// <summary>
    /// Every organisation's rows: for sign-in, links in mails, workers and the operator's commands, which begin before an
    /// organisation is known or serve them all. Never for a page below an organisation's address.
    /// </summary>
    public static OrganisationScope Server => new(null);

    public static OrganisationScope Of(Guid organisationId) => new(organisationId);
}
