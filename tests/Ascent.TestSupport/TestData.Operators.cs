using Ascent.Accounts.Operators;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Keys;
using Microsoft.EntityFrameworkCore;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    /// <summary>Somebody invited to run the server, made by the use case itself, with the token in the mail and the code of the console.</summary>
    public async Task<(string Email, string Token, string Code)> InviteOperatorAsync(string? email = null, string forename = "Olga", string surname = "Ferry")
    {
        var address = email ?? $"operator{Next()}@server.example";
        var added = await Get<AddOperator>().ExecuteAsync(new(address, forename, surname, AcceptsMixedScript: false), Actor.Operator, CancellationToken.None);
        var cipher = await ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == OperatorInvitationMail.TemplateName && m.Recipient == added.Value.Email && m.SecretCipher != null)
            .OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Select(m => m.SecretCipher).FirstAsync());
        return (added.Value.Email, Get<Secrets>().Unprotect(OutboxMail.SecretPurpose, cipher!)!, added.Value.Code);
    }

    /// <summary>An operator who has signed up with <see cref="Password"/>, and has the second factor that operators have to have.</summary>
    /// <returns>The user name.</returns>
    public async Task<string> AddOperatorAsync(string? email = null, string forename = "Olga", string surname = "Ferry", bool withFactor = true)
    {
        var (address, token, code) = await InviteOperatorAsync(email, forename, surname);
        var accountId = (await Get<ActivateOperator>().ExecuteAsync(new(token, code, Password), CancellationToken.None)).Value;
        if (withFactor)
            await AddFactorAsync(accountId);
        return address;
    }
}
