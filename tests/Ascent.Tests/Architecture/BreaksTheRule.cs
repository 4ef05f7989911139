using Ascent.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Mail.BreaksTheRule;

/// <summary>What the module test has to find: Mail may not know accounts.</summary>
internal sealed class MailThatKnowsAccounts
{
    public static string AddressOf(Account account) => account.Email;
}

/// <summary>The same, hidden where the compiler makes a class of its own of it: in the body of an asynchronous method and in a lambda.</summary>
internal sealed class MailThatHidesAccounts
{
    public static async Task<string> TokenAsync()
    {
        await Task.Yield();
        return LinkToken.Create();
    }
}

internal sealed class MailThatHidesAccountsInALambda
{
    public static IEnumerable<string> Codes(int count) => Enumerable.Range(0, count).Select(_ => ActivationCode.Create());
}

/// <summary>What the SQL test has to find. Text put together with what somebody typed would not even build (EF1003).</summary>
internal sealed class MailThatWritesSql
{
    public static Task<List<string>> NamesAsync(DbContext db) => db.Database.SqlQueryRaw<string>("SELECT forename AS Value FROM accounts").ToListAsync();
}
