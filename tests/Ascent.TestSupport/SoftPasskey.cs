using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ascent.TestSupport;

/// <summary>
/// A passkey in software, with what a browser does around it (WebAuthn level 3, sections 6 and 7): answers in the form in which the page's
/// script sends them. What it says can be bent, to see that the server does not take it.
/// </summary>
public sealed class SoftPasskey(string origin) : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] Id { get; init; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>The account, as the server named it when the passkey was made.</summary>
    public byte[] UserHandle { get; set; } = [];

    /// <summary>Goes up with each signature; 0 for one that does not count.</summary>
    public uint Count { get; set; }

    public bool Counts { get; init; } = true;

    /// <summary>Fingerprint, face or PIN was asked.</summary>
    public bool VerifiesUser { get; set; } = true;

    public bool SeesUser { get; set; } = true;

    /// <summary>Where the browser says that the page is.</summary>
    public string Origin { get; set; } = origin;

    /// <summary>For whom the authenticator says that it signs, when that is another than the one in the question.</summary>
    public string? Server { get; set; }

    public bool IsInAnotherSitesFrame { get; set; }

    /// <summary>Makes the passkey.</summary>
    public string Make(string question)
    {
        var asked = JsonNode.Parse(question)!;
        UserHandle = Base64Url.DecodeFromChars((string)asked["user"]!["id"]!);
        var data = AuthenticatorData((string)asked["rp"]!["id"]!, attested: true);
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(data);
        attestation.WriteEndMap();
        return Write(new JsonObject
        {
            ["attestationObject"] = Text(attestation.Encode()), ["clientDataJSON"] = Text(ClientData("webauthn.create", (string)asked["challenge"]!)), ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>Signs what is asked.</summary>
    /// <param name="type">What the browser says that it was asked for.</param>
    /// <param name="spoil">Changes the signature.</param>
    public string Answer(string question, string type = "webauthn.get", bool spoil = false)
    {
        var asked = JsonNode.Parse(question)!;
        Count += Counts ? 1u : 0u;
        var data = AuthenticatorData((string)asked["rpId"]!, attested: false);
        var client = ClientData(type, (string)asked["challenge"]!);
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (spoil)
            data[^1] ^= 1; // the number of signatures, which is signed
        return Write(new JsonObject
        {
            ["authenticatorData"] = Text(data), ["clientDataJSON"] = Text(client), ["signature"] = Text(signature), ["userHandle"] = UserHandle.Length == 0 ? null : Text(UserHandle),
        });
    }

    public void Dispose() => key.Dispose();

    private string Write(JsonObject response) =>
        new JsonObject { ["id"] = Text(Id), ["rawId"] = Text(Id), ["type"] = "public-key", ["clientExtensionResults"] = new JsonObject(), ["response"] = response }.ToJsonString();

    private byte[] ClientData(string type, string challenge) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { type, challenge, origin = Origin, crossOrigin = IsInAnotherSitesFrame }));

    private byte[] AuthenticatorData(string server, bool attested)
    {
        var flags = (byte)((SeesUser ? 0x01 : 0) | (VerifiesUser ? 0x04 : 0) | (attested ? 0x40 : 0));
        Span<byte> count = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        byte[] head = [.. SHA256.HashData(Encoding.UTF8.GetBytes(Server ?? server)), flags, .. count];
        return attested ? [.. head, .. new byte[16], (byte)(Id.Length >> 8), (byte)Id.Length, .. Id, .. PublicKey()] : head;
    }

    /// <summary>COSE: an elliptic curve key, ES256, on P-256.</summary>
    private byte[] PublicKey()
    {
        var point = key.ExportParameters(false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        cose.WriteInt32(1);
        cose.WriteInt32(2);
        cose.WriteInt32(3);
        cose.WriteInt32(-7);
        cose.WriteInt32(-1);
        cose.WriteInt32(1);
        cose.WriteInt32(-2);
        cose.WriteByteString(point.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(point.Y!);
        cose.WriteEndMap();
        return cose.Encode();
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
