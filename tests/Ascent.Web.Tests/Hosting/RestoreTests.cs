using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Hosting;

/// <summary>The server is started on a copy of its database from before somebody was erased.</summary>
public sealed class RestoreTests
{
    [Theory, BothDatabases]
    public async Task Start_OnACopyFromBeforeAnErasure_TheFirstAnswerKnowsThePersonNoMore(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        TestMember setup, zelda;
        Func<Task> putBack;
        await using (var host = AscentHost.On(database, AscentHost.Start))
        {
            setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
            zelda = await host.Data.AddMemberAsync(setup.School, PermissionSet.Of(Permission.SchoolReports), "Zelda", "Quibble", "zelda@school.example");
            putBack = await database.BackUpAsync();
            await host.Data.BringAsync(zelda, MembershipState.Deleted, setup);
            Assert.Empty((await host.Get<EraseAccount>().ExecuteAsync(zelda.Email, Actor.Operator, default)).Refusals);
        }
        await putBack();
        await using var factory = AscentFactory.On(database, AscentHost.Start.AddHours(1));

        await Assert.ThrowsAsync<InvalidOperationException>(() => factory.SignInAsync(zelda));
        var list = await (await factory.SignInAsync(setup)).GetAsync($"/schools/{setup.School.Code}/users/manage");

        Assert.Single(list.Texts("tbody tr"));
        Assert.DoesNotContain("Quibble", list.Body, StringComparison.Ordinal);
        Assert.Contains(factory.Logs.All, l => l.Text.EndsWith("1 people were erased again", StringComparison.Ordinal));
        Assert.DoesNotContain(factory.Logs.All, l => l.ToString().Contains("zelda", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(2, await factory.Get<Ascent.Persistence.Database>().ReadAsync(OrganisationScope.Server, db => db.Set<AuditEntry>().CountAsync(e => e.Kind == PersonErased.EventKind)));
    }
}
