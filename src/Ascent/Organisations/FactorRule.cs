namespace Ascent.Organisations;

/// <summary>Who in an organisation has to have a second factor before its first page opens.</summary>
public enum FactorRule
{
    /// <summary>Whoever administers, or sees pupils' names or marks. What a new organisation begins with.</summary>
    Default,

    /// <summary>Nobody has to. Only whoever runs the server goes below the default.</summary>
    Offered,

    /// <summary>Everybody.</summary>
    Everybody,
}
