using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Ascent.Shared.Permissions;
using Ascent.Shared.Text;
using Microsoft.AspNetCore.Mvc;

namespace Ascent.Web.Pages.Accounts.Templates;

/// <summary>What a template gives, and who holds it.</summary>
public sealed class ShowModel(FindTemplate findTemplate) : TemplatePage(findTemplate)
{
    [FromQuery(Name = "after")]
    public string? After { get; set; }

    [FromQuery(Name = "added")]
    public string? Added { get; set; }

    /// <summary>How many people were given it with the change.</summary>
    [FromQuery(Name = "changed")]
    public int? Changed { get; set; }

    public TemplateHolders Holders { get; private set; } = null!;

    /// <summary>What lies still because the school has no Pupil Tracking.</summary>
    public IReadOnlyList<string> Inert => [.. Template.Permissions.Inert(School.HasTracking).Held().Select(p => AccessWords.Label(p, Template.Permissions, School.HasTracking))];

    public async Task OnGetAsync() => Holders = await Find.HoldersAsync(Id, After, School.Actor, HttpContext.RequestAborted);

    public static string Label(TemplateTie tie) => tie switch
    {
        TemplateTie.Holds => "Holds it",
        TemplateTie.Differs => "Was given it, differs now",
        TemplateTie.SameAccess => "Same access, given without it",
        _ => throw new ArgumentOutOfRangeException(nameof(tie), tie, null),
    };

    public static string Label(MembershipState state) => state switch
    {
        MembershipState.Pending => "Pending",
        MembershipState.Active => "Active",
        MembershipState.Deactivated => "Deactivated",
        _ => "Ended",
    };

    public string PersonHref(TemplatePerson person) => person.State == MembershipState.Pending ? AccountLinks.EditPendingUser(School.Home, person.MembershipId) : AccountLinks.EditUser(School.Home, person.MembershipId);
}
