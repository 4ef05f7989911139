namespace Ascent.Web.Pages.SchoolData;

/// <summary>Ids out of a form. One that cannot be read is nobody's.</summary>
internal static class FormIds
{
    public static Guid[] Ids(this IFormCollection form, string field) =>
        [.. form[field].Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty)];
}
