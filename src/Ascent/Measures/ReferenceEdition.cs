using Ascent.Shared;

namespace Ascent.Measures;

/// <summary>How final published national figures are.</summary>
public enum ReferenceStatus
{
    Provisional,
    Revised,
    Final,

    /// <summary>Invented for showing the product; named so wherever it is used.</summary>
    Illustrative,
}

/// <summary>Which edition of the national figures a measure was worked out with; it belongs in the basis of every page that shows one.</summary>
/// <param name="Year">The cohort that the figures describe.</param>
public readonly record struct ReferenceEdition(AcademicYear Year, ReferenceStatus Status)
{
    /// <summary>As it stands beside a figure: "England 2023/24 (revised)", "England 2023/24" when final, "Illustrative England 2025/26".</summary>
    public string Name => Status switch
    {
        ReferenceStatus.Illustrative => $"Illustrative England {Year}",
        ReferenceStatus.Provisional => $"England {Year} (provisional)",
        ReferenceStatus.Revised => $"England {Year} (revised)",
        _ => $"England {Year}",
    };
}
