namespace Ascent.SchoolData.Imports;

public enum ImportFormat
{
    /// <summary>A list of pupils.</summary>
    Table,
    Ctf,

    /// <summary>A table of results. It adds nobody, and changes no field of a pupil.</summary>
    Results,
}
