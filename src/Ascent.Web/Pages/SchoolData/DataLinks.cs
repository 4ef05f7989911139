using Ascent.Shared;

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

    public static string Imports(string urn) => $"{Data(urn)}/imports";

    /// <summary>Update pupils &amp; classes: takes a file.</summary>
    public static string NewImport(string urn) => $"{Imports(urn)}/new";

    public static string ImportTemplate(string urn, string format) => $"{NewImport(urn)}?handler=Template&format={format}";

    /// <param name="layout">wide: a row for each pupil; long: a row for each result.</param>
    public static string ResultsTemplate(string urn, string layout, string format) => $"{NewImport(urn)}?handler=ResultsTemplate&layout={layout}&format={format}";

    public static string Import(string urn, Guid importId) => $"{Imports(urn)}/{importId:N}";

    public static string ImportColumns(string urn, Guid importId) => $"{Import(urn, importId)}/columns";

    public static string UndoImport(string urn, Guid importId) => $"{Import(urn, importId)}/undo";
    public static string Classes(string urn) => $"{Data(urn)}/classes";

    public static string ClassesAfterDeletion(string urn) => $"{Classes(urn)}?deleted=1";

    public static string AddClass(string urn) => $"{Classes(urn)}/add";

    public static string Class(string urn, Guid classId) => $"{Classes(urn)}/{classId:N}";

    /// <param name="what">added, changed, teachers, or with a number of pupils: put=12, moved=2, stayed=3, out=4.</param>
    public static string ClassAfter(string urn, Guid classId, string what) => $"{Class(urn, classId)}?{(what.Contains('=', StringComparison.Ordinal) ? what : $"{what}=1")}";

    public static string EditClass(string urn, Guid classId) => $"{Class(urn, classId)}/edit";

    public static string ClassPupils(string urn, Guid classId) => $"{Class(urn, classId)}/pupils";

    public static string ClassTeachers(string urn, Guid classId) => $"{Class(urn, classId)}/teachers";

    public static string DeleteClass(string urn, Guid classId) => $"{Class(urn, classId)}/delete";

    public static string Subjects(string urn) => $"{Data(urn)}/subjects";

    public static string SubjectGrid(string urn, NcYear year) => $"{Subjects(urn)}/{year.Code}";

    public static string ChooseSubjects(string urn, NcYear year) => $"{SubjectGrid(urn, year)}/choose";
}
