namespace Ascent.Shared;

/// <summary>
/// What somebody keeps for themselves in an organisation. It goes when their place there is deleted or they are erased, and stands in the copy of their
/// own data.
/// </summary>
public interface IKeptByPerson : IOrganisationOwned
{
    Guid AccountId { get; }

    /// <summary>As the person has called it.</summary>
    string Name { get; }

    DateTime CreatedAt { get; }
}
