using Ascent.Reports.Figures;
using Ascent.Web.Pages.Reports.Parts;
using Microsoft.AspNetCore.WebUtilities;

namespace Ascent.Web.Pages.Reports.Pupils;

public enum PupilOrder
{
    Name,

    /// <summary>The lowest first.</summary>
    Outcome,

    /// <summary>The furthest below the estimate first.</summary>
    Against,
}

/// <summary>What the list of pupils alone has chosen, beside the year and the pupil group: as it stands in the address. Never a name.</summary>
/// <param name="Class">A class by its id; null for all.</param>
/// <param name="Far">Only those far below or far above the estimate.</param>
/// <param name="Flag">Only those with this flag.</param>
public sealed record PupilsChoice(Guid? Class = null, Standing? Far = null, PupilOrder Order = PupilOrder.Name, PupilFlag? Flag = null)
{
    /// <summary>Reads an address; the class is looked for by whoever knows the classes.</summary>
    public static PupilsChoice Read(string? its, string? far, string? sort, string? flag) => new(
        Guid.TryParse(its, out var id) ? id : null,
        far switch { "below" => Standing.FarBelow, "above" => Standing.FarAbove, _ => null },
        sort switch { "outcome" => PupilOrder.Outcome, "against" => PupilOrder.Against, _ => PupilOrder.Name },
        PupilFlags.Find(flag));

    /// <summary>In the address: "below".</summary>
    public static string Text(Standing far) => far == Standing.FarBelow ? "below" : "above";

    public string In(string address) => QueryHelpers.AddQueryString(address, Fields.ToDictionary(f => f.Key, f => (string?)f.Value));

    /// <summary>What is not as it is without a choice.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields
    {
        get
        {
            if (Class is { } its)
                yield return new("class", its.ToString("N"));
            if (Far is { } far)
                yield return new("far", Text(far));
            if (Flag is { } flag)
                yield return new("flag", flag.Code());
            if (Order != PupilOrder.Name)
                yield return new("sort", Order == PupilOrder.Outcome ? "outcome" : "against");
        }
    }
}
