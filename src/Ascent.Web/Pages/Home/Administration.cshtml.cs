using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ascent.Web.Pages.Home;

/// <summary>The administration menu as a page, for people without script.</summary>
public sealed class AdministrationModel : PageModel;
