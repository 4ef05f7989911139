namespace Ascent.Reference.National;

/// <summary>Which schools a national figure is about. Absence is published by phase; figures of one stage of schooling are about all schools that have it.</summary>
public enum NationalPhase : byte
{
    /// <summary>All state-funded schools; in distributions of schools the mainstream ones.</summary>
    All,
    Primary,
    Secondary,
    Special,
}
