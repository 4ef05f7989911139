namespace Ascent.Web.Pages.SchoolData;

/// <summary>The addresses of this module's pages. A test resolves them all.</summary>
public static class DataLinks
{
    public static string Data(string urn) => $"/schools/{urn}/data";

    public static string Pupils(string urn) => $"{Data(urn)}/pupils";

    public static string AddPupil(string urn) => $"{Pupils(urn)}/add";

    public static string Pupil(string urn, Guid id) => $"{Pupils(urn)}/{id:N}";

    /// <param name="what">added, changed, left or readmitted.</param>
    public static string PupilAfter(string urn, Guid id, string what) => $"{Pupil(urn, id)}?{what}=1";

    public static string EditPupil(string urn, Guid id) => $"{Pupil(urn, id)}/edit";

    public static string LeavePupil(string urn, Guid id) => $"{Pupil(urn, id)}/leave";

    /// <summary>The page that shows what deleting would take away.</summary>
    public static string DeletePupils(string urn, params IEnumerable<Guid> ids) => $"{Pupils(urn)}/delete?{string.Join('&', ids.Select(id => $"id={id:N}"))}";

    /// <summary>The same for everybody whose last day was before a day.</summary>
    public static string DeleteLeftBefore(string urn, DateOnly day) => $"{Pupils(urn)}/delete?left-before={day:yyyy-MM-dd}";

    /// <summary>Asks before which day.</summary>
    public static string DeleteLeavers(string urn) => $"{Pupils(urn)}/delete-leavers";

    public static string DeletedPupils(string urn) => $"{Pupils(urn)}/deleted";

    public static string ErasePupil(string urn, Guid deletedId) => $"{DeletedPupils(urn)}/{deletedId:N}/erase";

    public static string Summary(string urn) => $"{Data(urn)}/summary";

    public static string ReadmitPupil(string urn, Guid id) => $"{Pupil(urn, id)}/readmit";
}
