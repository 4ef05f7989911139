using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text.Json;
using Ascent.Shared;
using Fido2NetLib;
using Fido2NetLib.Objects;

namespace Ascent.SignIn.Factors;

/// <summary>
/// This server as passkeys know it: its name and origin come from its public address, and no request has a say in them. The mathematics
/// are the library's.
/// </summary>
public sealed class PasskeyServer
{
    private const int LongestAnswer = 32 * 1024;

    private readonly Fido2 library;
    private readonly Fido2Configuration settings;

    public PasskeyServer(ServerSettings server)
    {
        var address = server.PublicAddress;
        // Browsers know passkeys only where nobody can listen, and only under a name.
        IsPossible = address.HostNameType == UriHostNameType.Dns && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback);
        settings = new Fido2Configuration
        {
            RPID = address.IdnHost,
            RPName = "Ascent",
            Origins = new HashSet<string>(StringComparer.Ordinal) { address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) },
            AllowCrossOriginRequests = false,
            Timeout = (uint)PasskeyChallenge.Life.TotalMilliseconds,
        };
        library = new Fido2(settings, null!);
    }

    /// <summary>Passkeys can be used under the server's public address.</summary>
    public bool IsPossible { get; }

    /// <summary>Device or key must check that it is its owner, by fingerprint, face or PIN, and must find the passkey without a user name.</summary>
    internal CredentialCreateOptions ToAdd(byte[] challenge, Guid accountId, string email, string name, IEnumerable<byte[]> present) =>
        CredentialCreateOptions.Create(settings, challenge, new Fido2User { Id = accountId.ToByteArray(), Name = email, DisplayName = name },
            new AuthenticatorSelection { ResidentKey = ResidentKeyRequirement.Required, UserVerification = UserVerificationRequirement.Required },
            AttestationConveyancePreference.None, [.. present.Select(id => new PublicKeyCredentialDescriptor(id))], null!, PubKeyCredParam.Defaults);

    internal AssertionOptions ToUse(byte[] challenge, IEnumerable<byte[]> allowed) =>
        AssertionOptions.Create(settings, challenge, [.. allowed.Select(id => new PublicKeyCredentialDescriptor(id))], UserVerificationRequirement.Required, null!);

    /// <summary>The number of the passkey that an answer speaks of; null when it is no answer of a passkey.</summary>
    internal static AuthenticatorAssertionRawResponse? ReadUse(string? json) => Read<AuthenticatorAssertionRawResponse>(json) is { RawId.Length: > 0, Response: not null } read ? read : null;

    /// <returns>How often the passkey says that it has signed; null when the answer does not hold.</returns>
    internal Task<uint?> VerifyAsync(AuthenticatorAssertionRawResponse answer, byte[] challenge, byte[] publicKey, Guid accountId, CancellationToken cancellationToken) =>
        TryAsync<uint?>(async () => (await library.MakeAssertionAsync(new MakeAssertionParams
        {
            AssertionResponse = answer,
            OriginalOptions = ToUse(challenge, []),
            StoredPublicKey = publicKey,
            // Asked by whoever saves the new number, where two at once are told apart.
            StoredSignatureCounter = 0,
            IsUserHandleOwnerOfCredentialIdCallback = (asked, _) => Task.FromResult(asked.UserHandle.AsSpan().SequenceEqual(accountId.ToByteArray())),
        }, cancellationToken)).SignCount);

    /// <returns>Null when the answer does not hold.</returns>
    internal async Task<RegisteredPublicKeyCredential?> VerifyNewAsync(string? json, byte[] challenge, Guid accountId, Func<byte[], Task<bool>> isNew, CancellationToken cancellationToken)
    {
        if (Read<AuthenticatorAttestationRawResponse>(json) is not { Response: not null } answer)
            return null;
        var made = await TryAsync(() => library.MakeNewCredentialAsync(new MakeNewCredentialParams
        {
            AttestationResponse = answer,
            OriginalOptions = ToAdd(challenge, accountId, "", "", []),
            IsCredentialIdUniqueToUserCallback = (asked, _) => isNew(asked.CredentialId),
        }, cancellationToken));
        return made is { Id.Length: <= Accounts.Factors.Factor.LongestCredentialId, PublicKey.Length: <= Accounts.Factors.Factor.LongestPublicKey } ? made : null;
    }

    private static T? Read<T>(string? json) where T : class
    {
        if (json is not { Length: > 0 and <= LongestAnswer })
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(json);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whatever a stranger makes up, the library says by an exception that it is not so.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T>> verify)
    {
        try
        {
            return await verify();
        }
        catch (Exception wrong) when (wrong is Fido2VerificationException or CryptographicException or CborContentException or JsonException or FormatException or ArgumentException or InvalidOperationException or NotSupportedException or OverflowException or IndexOutOfRangeException or NullReferenceException)
        {
            return default;
        }
    }
}
