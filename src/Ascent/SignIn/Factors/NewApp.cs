using System.Text.Json;
using Ascent.Accounts.Factors;
using Ascent.Shared;
using Ascent.Shared.Keys;

namespace Ascent.SignIn.Factors;

/// <summary>An authenticator app that is about to be added: what its page shows, once.</summary>
/// <param name="Sealed">The same, encrypted, for the form to bring back: nothing is kept on the server until a code proves it.</param>
/// <param name="Secret">In base 32.</param>
/// <param name="Address">What the QR code carries.</param>
public sealed record NewApp(string Sealed, string Secret, string Address)
{
    /// <summary>As it is typed by hand.</summary>
    public string SecretInGroups => string.Join(' ', Secret.Chunk(4).Select(group => new string(group)));
}

/// <summary>The page was open for very long, or belongs to another account.</summary>
public sealed record NewAppExpired() : Refusal("new-app-expired", "This page was open too long. There is a new picture: scan it, then type its code", RefusalKind.Field, "AppCode");

public sealed record AppCodeWrong()
    : Refusal("app-code-wrong", "This is not the code that the app shows now. Check that the app has scanned this page, and that the clock of the device is right", RefusalKind.Field, "AppCode");

public sealed record TooManyFactors() : Refusal("too-many-factors", $"There are {Factor.Most} already. Remove one in My profile first", RefusalKind.Refused);

/// <summary>Makes secrets for authenticator apps, and reads them back from the form that proves one.</summary>
public sealed class NewApps(Secrets secrets, ServerSettings settings, TimeProvider clock)
{
    private const string Purpose = "authenticator enrolment";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    /// <param name="Id">Becomes the factor's, so that a form that is sent twice adds one.</param>
    private sealed record Content(Guid Id, Guid AccountId, string Secret, DateTime Until);

    /// <param name="before">What the form brought back; used again while it is good, so that a wrong code does not change the picture.</param>
    public NewApp Begin(Guid accountId, string email, string? before = null)
    {
        var content = Read(accountId, before) ?? new Content(clock.NewId(), accountId, AppSecret.Create(), clock.Now() + Life);
        return new(secrets.Protect(Purpose, JsonSerializer.Serialize(content)), content.Secret, AppSecret.Address(content.Secret, email, $"Ascent {settings.PublicAddress.Host}"));
    }

    /// <summary>The factor that the form proves, not yet added.</summary>
    internal Result<Factor> Prove(Guid accountId, string? sealedApp, string? code, string? name)
    {
        if (Read(accountId, sealedApp) is not { } content)
            return new NewAppExpired();
        var read = AppSecret.ReadCode(code);
        if (read is null || AppSecret.StepOf(content.Secret, read, clock.Now()) is not { } step)
            return new AppCodeWrong();
        var called = FactorNames.Read(name, "Authenticator app");
        if (!called.Succeeded)
            return Result.Refuse<Factor>(called.Refusals);
        var now = clock.Now();
        return new Factor
        {
            Id = content.Id, AccountId = accountId, Kind = FactorKind.App, Name = called.Value, AddedAt = now, LastUsedAt = now, LastStep = step, SecretCipher = secrets.Protect(FactorCheck.SecretPurpose, content.Secret),
        };
    }

    private Content? Read(Guid accountId, string? sealedApp) =>
        sealedApp is { Length: > 0 and < 2000 } && secrets.Unprotect(Purpose, sealedApp) is { } text && JsonSerializer.Deserialize<Content>(text) is { } content && content.AccountId == accountId && content.Until > clock.Now()
            ? content : null;
}
