using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Conversions;

/// <summary>Under this number there is nothing to do any more: the school goes on as another.</summary>
public sealed record SchoolBecame(string School, string Successor, string SuccessorUrn)
    : Refusal("school-became", $"{School} has become {Successor}, with the URN {SuccessorUrn}: use that one", RefusalKind.Refused);

internal static class SchoolsThatBecame
{
    /// <summary>Where the school goes on, as a refusal; null when it is what it was.</summary>
    public static Task<SchoolBecame?> BecameAsync(this AppDb db, School school, CancellationToken cancellationToken) =>
        school.BecameId is null ? Task.FromResult<SchoolBecame?>(null)
            : db.Set<School>().Where(s => s.Id == school.BecameId).Select(s => new SchoolBecame(school.Name, s.Name, s.Code)).SingleOrDefaultAsync(cancellationToken);
}
