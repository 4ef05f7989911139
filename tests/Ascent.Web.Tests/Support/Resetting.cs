using Ascent.Accounts;
using Ascent.Shared.Keys;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Support;

/// <summary>Goes the way of a forgotten password by its pages.</summary>
public static class Resetting
{
    public const string NewPassword = "copper lantern violin brook";

    /// <summary>Asks for the mail; gives the path of its link.</summary>
    public static async Task<string> ForgetAsync(this SchoolServer server, TestMember person)
    {
        await (await server.Factory.OpenBrowser().GetAsync("/forgotten")).Form("Email").Fill("Email", person.Email).SubmitAsync();
        return await server.PathAsync("/reset/", person.Email);
    }

    /// <summary>Forgets and sets <see cref="NewPassword"/>; gives a browser that is signed in with it.</summary>
    public static async Task<Browser> ResetAsync(this SchoolServer server, TestMember person)
    {
        var page = await server.Factory.OpenBrowser().GetAsync(await server.ForgetAsync(person));
        await page.Form("Password").Fill("Password", NewPassword).SubmitAsync();
        return await server.Factory.SignInAsync(person.Email, NewPassword);
    }

    /// <summary>The reset code of a membership, read without leaving a trace.</summary>
    public static async Task<string> ResetCodeOfAsync(this SchoolServer server, TestMember person) =>
        server.Factory.Get<Secrets>().Unprotect("activation code", await server.ReadAsync(db => db.Set<ResetCode>().Where(c => c.MembershipId == person.MembershipId).Select(c => c.CodeCipher).SingleAsync()))!;
}
