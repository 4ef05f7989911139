using Ascent.SetUp;
using Ascent.Shared;
using Ascent.Web.Authorization;

namespace Ascent.Web.Pages.SetUp;

/// <summary>Shows where links in mails will lead. The address belongs to the environment, so it is told here and not asked.</summary>
public sealed class AddressModel(FirstRun firstRun, ServerSettings settings, IConfiguration configuration) : SetUpStep(firstRun, 0)
{
    public Uri PublicAddress => settings.PublicAddress;

    public bool IsDefault => string.IsNullOrWhiteSpace(configuration["ASCENT_PUBLIC_ADDRESS"]);

    /// <summary>People could not stay signed in: cookies go over https only, and this address is not.</summary>
    public bool NeedsHttps => SessionCookie.IsSecure(settings) && settings.PublicAddress.Scheme != Uri.UriSchemeHttps;
}
