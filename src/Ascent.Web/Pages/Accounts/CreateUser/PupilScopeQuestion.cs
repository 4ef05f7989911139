using Ascent.Shared.Permissions;

namespace Ascent.Web.Pages.Accounts.CreateUser;

/// <summary>The question that stands under a pupil-level permission.</summary>
public sealed record PupilScopeQuestion(string Name, PupilScope Scope, string Who);
