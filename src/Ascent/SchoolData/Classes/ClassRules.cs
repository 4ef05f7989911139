using Ascent.Persistence;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Classes;

/// <summary>What a class is, as typed.</summary>
/// <param name="Year">The code of an NC year; empty for several years.</param>
public sealed record ClassText(string? Name, ClassKind? Kind, string? Year);

/// <summary>The same, read and found sound.</summary>
public sealed record ClassDetails(string Name, ClassKind Kind, NcYear? Year);

public static class ClassRules
{
    /// <summary>In characters.</summary>
    public const int LongestName = 40;

    /// <summary>More is no class, but a mistake in a file or a form.</summary>
    public const int MostPupils = 1_000;

    /// <summary>What makes two names the same: "7b" and "7B" are one class.</summary>
    public static string KeyOf(string name) => PlainText.SearchKey(name);

    public static string Label(ClassKind kind) => kind == ClassKind.Registration ? "Registration" : "Teaching";

    public static Result<ClassDetails> Read(ClassText text)
    {
        var refusals = new List<Refusal>();
        var name = ReadName(text.Name);
        refusals.AddRange(name.Refusals);
        if (text.Kind is not { } kind)
        {
            refusals.Add(new ClassFieldRefusal("Kind", "Say what the class is for"));
            kind = default;
        }
        var typed = PlainText.Tidy(text.Year);
        var year = NcYear.Read(typed);
        if (typed.Length > 0 && year is null)
            refusals.Add(new ClassFieldRefusal("Year", "The year group has to be N1, N2, R or a number from 1 to 14"));
        return refusals.Count > 0 ? Result.Refuse<ClassDetails>(refusals) : new ClassDetails(name.Value, kind, year);
    }

    public static Result<string> ReadName(string? typed)
    {
        var name = PlainText.Tidy(typed);
        return name.Length == 0 ? new ClassFieldRefusal("Name", "Enter the name of the class, such as 7B")
            : PlainText.HasForbiddenCharacter(name) ? new ClassFieldRefusal("Name", "The name has a hidden or control character in it: type it again by hand")
            : PlainText.Length(name) > LongestName || name.Length > SchoolClass.LongestName || KeyOf(name).Length > SchoolClass.LongestName ? new ClassFieldRefusal("Name", $"The name must be {LongestName} characters or fewer")
            : KeyOf(name).Trim().Length == 0 ? new ClassFieldRefusal("Name", "The name needs a letter or a number")
            : Result.Of(name);
    }
}

public sealed record ClassFieldRefusal(string Field, string Message) : Refusal($"class-{Field}", Message, RefusalKind.Field, Field);

/// <summary>No class of this school, or one that has been deleted: one answer for both.</summary>
public sealed record NoSuchClass() : Refusal("no-such-class", "There is no such class here", RefusalKind.NotFound);

public sealed record ClassNameTaken(string Name, AcademicYear AcademicYear)
    : Refusal("class-name-taken", $"There is a class {Name} in {AcademicYear} already", RefusalKind.Conflict, "Name");

/// <summary>What has been is read, and not changed any more.</summary>
public sealed record ClassOfThePast(AcademicYear AcademicYear)
    : Refusal("class-of-the-past", $"The classes of {AcademicYear} can be read, and not changed any more", RefusalKind.Refused);

public sealed record ClassChangedMeanwhile(string Name)
    : Refusal("class-changed-meanwhile", $"Somebody has changed {Name} since you opened this page. What stands there now is shown; look again, then save", RefusalKind.Conflict);

public sealed record TooManyInClass(int Would)
    : Refusal("too-many-in-class", $"The class would have {InWords.Count(Would, "pupil", "pupils")}; {ClassRules.MostPupils:N0} is the most", RefusalKind.Refused);

public sealed record NobodyTicked() : Refusal("nobody-ticked", "Tick the pupils whom you mean", RefusalKind.Field, "ids");

internal static class ClassLookups
{
    public static IQueryable<SchoolClass> Classes(this AppDb db) => db.Set<SchoolClass>();

    public static async Task<ClassNameTaken?> WhoHasNameAsync(this AppDb db, AcademicYear year, string name, Guid except, CancellationToken cancellationToken)
    {
        var key = ClassRules.KeyOf(name);
        var taken = await db.Classes().Where(c => c.AcademicYear == year && c.NameKey == key && c.Id != except).Select(c => c.Name).FirstOrDefaultAsync(cancellationToken);
        return taken is null ? null : new(taken, year);
    }

    /// <summary>Who is on the roll today, of those who have not been deleted.</summary>
    public static IQueryable<Pupil> OnRoll(this AppDb db, DateOnly today) => db.Pupils().Where(p => p.LeftOn == null || p.LeftOn >= today);

    /// <summary>One change to one class of the actor's school and of a year that is not over, by a holder of Manage data.</summary>
    public static async Task<Result<T>> OnClassAsync<T>(
        this Database database, Guid classId, Actor actor, DateOnly today, Func<AppDb, SchoolClass, Task<Result<T>>> change, CancellationToken cancellationToken)
    {
        if (actor.OrganisationId is not { } organisationId || !actor.Holds(Permission.ManageData, organisationId))
            return new NotAllowed(Permission.ManageData);
        return await database.ChangeAsync<Result<T>>(OrganisationScope.Of(organisationId), async db =>
        {
            if (await db.Classes().SingleOrDefaultAsync(c => c.Id == classId, cancellationToken) is not { } found)
                return new NoSuchClass();
            if (found.AcademicYear < AcademicYear.Of(today))
                return new ClassOfThePast(found.AcademicYear);
            var result = await change(db, found);
            if (result.Succeeded)
                await db.SaveChangesAsync(cancellationToken);
            return result;
        }, cancellationToken);
    }
}
