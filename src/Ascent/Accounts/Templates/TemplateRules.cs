using Ascent.Audit;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Templates;

/// <summary>What may be a template. Adding and changing one ask the same, and so does each page.</summary>
public static class TemplateRules
{
    public static Result<string> ReadName(string? typed)
    {
        var name = PlainText.Tidy(typed);
        if (name.Length == 0)
            return new TemplateNameRefusal("Enter a name, such as Class teacher");
        if (PlainText.HasForbiddenCharacter(name))
            return new TemplateNameRefusal("The name has a hidden or control character in it: type it again by hand");
        return PlainText.Length(name) > AccessTemplate.LongestName || name.Length > AccessTemplate.LongestStored
            ? new TemplateNameRefusal($"The name must be {AccessTemplate.LongestName} characters or fewer")
            : name;
    }

    /// <summary>The same rules as for a membership, and that there is something in it.</summary>
    public static IReadOnlyList<Refusal> CheckSet(PermissionSet permissions, bool hasTracking) =>
        permissions.IsEmpty ? [new EmptyTemplate()] : AccessRules.CheckAccess(permissions, hasTracking);

    /// <summary>What changing one into the other does, a line each, in words.</summary>
    public static IReadOnlyList<AccessChange> Difference(string nameBefore, PermissionSet before, string name, PermissionSet after, bool hasTracking)
    {
        var access = Choice(before).DifferenceTo(Choice(after), hasTracking);
        return nameBefore == name ? access : [new("Name", nameBefore, name, IsWider: false), .. access];
        static AccessChoice Choice(PermissionSet set) => new(JobRole.Other, null, set, null);
    }

    internal static async Task<Refusal?> CheckTakenAsync(this AppDb db, string name, Guid except, CancellationToken cancellationToken)
    {
        var key = AccessTemplate.KeyOf(name);
        return await db.Set<AccessTemplate>().Where(t => t.NameKey == key && t.Id != except).Select(t => t.Name).SingleOrDefaultAsync(cancellationToken) is { } taken
            ? new TemplateNameRefusal($"There is a template “{taken}” already: choose another name")
            : null;
    }

    /// <summary>The id, if it is that of a template of this school; else null.</summary>
    internal static async Task<Guid?> PresentTemplateAsync(this AppDb db, Guid? id, CancellationToken cancellationToken) =>
        id is not null && await db.Set<AccessTemplate>().AnyAsync(t => t.Id == id, cancellationToken) ? id : null;

    /// <summary>Why there is no template of this id: deleted meanwhile, or never one of this school.</summary>
    internal static async Task<Refusal> WhyNoTemplateAsync(this AppDb db, Guid id, CancellationToken cancellationToken)
    {
        var fact = $"\"{id}\"";
        return await db.Set<AuditEntry>().AnyAsync(e => e.Kind == TemplateDeleted.EventKind && e.Facts.Contains(fact), cancellationToken) ? new TemplateGone() : new NotFound("template");
    }

    /// <summary>The words about a template lie beside the entry, as those about a person do: the entry itself holds ids and codes.</summary>
    internal static AuditPerson ForAudit(this AccessTemplate template, string name, IEnumerable<AccessChange> changes)
    {
        var words = new Dictionary<string, string> { ["template"] = name };
        foreach (var change in changes)
            words.Add(change.Label, AuditPerson.Change(change.Before, change.After));
        return new(template.Id, words);
    }
}

public sealed record TemplateNameRefusal(string Message) : Refusal("template-name", Message, RefusalKind.Field, "Name");

public sealed record EmptyTemplate() : Refusal("template-empty", "Tick at least one permission: a template without any has nothing to give", RefusalKind.Field, nameof(Permission.SchoolSetup));

/// <summary>Somebody deleted the template meanwhile.</summary>
public sealed record TemplateGone() : Refusal("template-gone", "This template has been deleted meanwhile. Nobody’s access has been changed by that", RefusalKind.Conflict);

public sealed record TooManyTemplates()
    : Refusal("templates-full", $"The school has {AccessTemplate.Most} templates, and that is the most. Delete one that nobody needs any more", RefusalKind.Refused, "Name");
