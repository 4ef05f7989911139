using Ascent.Accounts.Above;
using Ascent.Web.Authorization;
using Ascent.Web.Pages.Bodies;

namespace Ascent.Web.Pages.Accounts;

/// <summary>Above a list of people in an authority or trust: whose they are, and the way to those of another organisation.</summary>
/// <param name="Path">The same list elsewhere, below the home of the organisation.</param>
public sealed record WhoseUsers(Staff Staff, SchoolPicker Picker, string Path)
{
    public string OwnHref => $"{BodyLinks.Home(Staff.Body!.Address)}/{Path}";

    /// <returns>Null on a school's own pages, which are about nobody else.</returns>
    public static async Task<SchoolPicker?> PickerAsync(Staff staff, string path, ListBodySchools schools, string? typed, CancellationToken cancellationToken) =>
        staff.Body is not { } body ? null
        : await new SchoolPicker($"{BodyLinks.Home(body.Address)}/{path}", school => $"{BodyLinks.School(body.Address, school.Urn)}/{path}") { Label = "Users of a school" }
            .ReadAsync(schools, body.Actor, typed, cancellationToken);
}
