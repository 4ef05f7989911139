using Ascent.Shared.Permissions;

namespace Ascent.Web.Pages.Accounts;

/// <summary>The question that stands under a pupil-level permission.</summary>
/// <param name="Permission">The id of the box that it belongs to.</param>
public sealed record PupilScopeQuestion(string Permission, string Name, PupilScope Scope, string Who);
