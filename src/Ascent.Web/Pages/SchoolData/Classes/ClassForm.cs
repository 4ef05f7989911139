using Ascent.SchoolData.Classes;

namespace Ascent.Web.Pages.SchoolData.Classes;

/// <summary>The fields of a class as they stand in a form; each refusal finds its own by name.</summary>
public sealed record ClassFields(string? Name, string? Kind, string? Year)
{
    public ClassText Text => new(Name, Enum.TryParse<ClassKind>(Kind, out var kind) && Enum.IsDefined(kind) ? kind : null, Year);
}
