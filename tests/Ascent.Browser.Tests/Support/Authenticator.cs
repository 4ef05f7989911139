using System.Text.Json;
using Microsoft.Playwright;

namespace Ascent.Browser.Tests.Support;

/// <summary>A device in the browser that holds passkeys and asks no human being (Chrome DevTools Protocol, WebAuthn).</summary>
public sealed class Authenticator
{
    private readonly ICDPSession session;
    private readonly string id;

    private Authenticator(ICDPSession session, string id)
    {
        this.session = session;
        this.id = id;
    }

    /// <param name="verifies">It checks that its owner is there, as a fingerprint does; false for a finger that it does not know.</param>
    public static async Task<Authenticator> ConnectAsync(IPage page, bool verifies = true)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = verifies, ["automaticPresenceSimulation"] = true,
            },
        });
        return new(session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    public async Task<IReadOnlyList<JsonElement>> CredentialsAsync() =>
        [.. (await session.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = id }))!.Value.GetProperty("credentials").EnumerateArray()];

    /// <summary>The passkeys of another device come along, as a password manager brings them.</summary>
    public async Task BringAsync(IEnumerable<JsonElement> credentials)
    {
        foreach (var credential in credentials)
            await session.SendAsync("WebAuthn.addCredential", new() { ["authenticatorId"] = id, ["credential"] = credential });
    }

    public Task VerifyAsync(bool verifies) => session.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = id, ["isUserVerified"] = verifies });
}
