using Ascent.Accounts;
using Ascent.Accounts.Log;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SignIn;

public sealed class EraseAccountTests
{
    [Theory, BothDatabases]
    [Asvs("14.2.4", "After an erasure no table names the person, and the log still holds.")]
    public async Task ExecuteAsync_Erased_NothingNamesThePersonAndTheLogHoldsAndNamesTheErasure(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (setup, zelda) = await DeletedAsync(host);
        var entriesOfZelda = await host.ReadAsync(db => db.Set<AuditDetail>().CountAsync(d => d.PersonId == zelda.AccountId));
        Assert.NotEqual([], await WhereAsync(host, "Quibble"));

        var receipt = (await host.Get<EraseAccount>().ExecuteAsync(zelda.Email, Actor.Operator, default)).Value;
        await host.Get<SealAudit>().ExecuteAsync(default);

        Assert.Equal([], await WhereAsync(host, "Quibble", "zelda@"));
        var report = await host.Get<VerifyAudit>().ExecuteAsync(default);
        Assert.Equal((true, 0), (report.Holds, report.Unsealed));
        Assert.Equal([AuditTrail.Server, setup.School.Id], report.Erasures.Select(e => e.OrganisationId).Order());
        Assert.All(report.Erasures, erasure => Assert.Equal((zelda.AccountId, receipt.Receipt), (erasure.AccountId, erasure.Receipt)));
        Assert.Equal((entriesOfZelda, entriesOfZelda), (receipt.Details, report.Erasures.Sum(e => e.Details)));
        var rows = (await host.Get<ListLog>().ExecuteAsync(setup.Actor, new(), default)).Rows;
        Assert.Contains(rows, row => row.What.Sentence == "Erased person deleted");
        Assert.Contains(rows, row => row.By is { IsErased: true, Name: "Erased person", Line: "details erased on 23 November 2026" });
        Assert.DoesNotContain(rows, row => row.What.Lines.Any(l => l.After.Contains("Quibble", StringComparison.Ordinal)));
    }

    // The erasure explains what is missing of this person, and nothing else.
    [Theory, BothDatabases]
    public async Task ExecuteAsync_Erased_OtherPeoplesDetailsAreStillMissed(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (setup, zelda) = await DeletedAsync(host);
        await host.Data.InviteAsync(setup, forename: "Other", surname: "Person");
        await host.Get<EraseAccount>().ExecuteAsync(zelda.Email, Actor.Operator, default);
        await host.Get<SealAudit>().ExecuteAsync(default);

        await host.ChangeAsync(db => db.Set<AuditDetail>().Where(d => d.Text.Contains("Other")).ExecuteDeleteAsync());

        Assert.Equal("has details that were changed or removed", Assert.Single((await host.Get<VerifyAudit>().ExecuteAsync(default)).Findings).Problem);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_WhoeverStillHasAPlace_IsRefusedAndNothingGoes(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var setup = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var closed = await host.Data.AddMemberAsync(setup.School);
        await host.Get<DeactivateUser>().ExecuteAsync(closed.MembershipId, setup.Actor, default);
        var pending = await host.Data.InviteAsync(setup);

        foreach (var email in (string[])[setup.Email, closed.Email, pending.Email])
            Assert.IsType<StillMember>(Assert.Single((await host.Get<EraseAccount>().ExecuteAsync(email, Actor.Operator, default)).Refusals));
        Assert.IsType<NotFound>(Assert.Single((await host.Get<EraseAccount>().ExecuteAsync("nobody@school.example", Actor.Operator, default)).Refusals));
        Assert.IsType<OperatorsOnly>(Assert.Single((await host.Get<EraseAccount>().ExecuteAsync(closed.Email, setup.Actor, default)).Refusals));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == PersonErased.EventKind)));
        Assert.Empty((await host.Get<ErasureList>().ReadAsync(default)).Lines);
    }

    [Theory, BothDatabases]
    public async Task ExecuteAsync_Erased_AddressIsAsGoodAsNewAndTheOldAccountStaysClosed(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (setup, zelda) = await DeletedAsync(host);
        await host.Get<EraseAccount>().ExecuteAsync(zelda.Email, Actor.Operator, default);

        var again = await host.Data.InviteAsync(setup, forename: "Somebody", surname: "Else", email: zelda.Email);

        Assert.NotEqual(zelda.AccountId, again.AccountId);
        Assert.IsType<NotFound>(Assert.Single((await host.Get<EraseAccount>().ExecuteAsync("erased", Actor.Operator, default)).Refusals));
        Assert.IsType<NotFound>(Assert.Single((await host.Get<EraseAccount>().ExecuteAsync($"erased:{zelda.AccountId:N}", Actor.Operator, default)).Refusals));
    }

    [Fact]
    public async Task List_AfterAnErasure_HoldsTheIdOnceAlsoWhenALineWasCutOff()
    {
        await using var host = await AscentHost.StartAsync();
        var (_, zelda) = await DeletedAsync(host);
        var receipt = (await host.Get<EraseAccount>().ExecuteAsync(zelda.Email, Actor.Operator, default)).Value;
        var list = host.Get<ErasureList>();

        var line = Assert.Single((await list.ReadAsync(default)).Lines);
        Assert.Equal((zelda.AccountId, receipt.At, receipt.Receipt), (line.Account, line.At, line.Receipt));
        Assert.Equal(0, await list.ExecuteAsync(default));
        Assert.DoesNotContain("uibble", await File.ReadAllTextAsync(list.Path), StringComparison.Ordinal);
        await File.WriteAllTextAsync(list.Path, (await File.ReadAllTextAsync(list.Path))[..40]);
        Assert.Equal(1, await list.ExecuteAsync(default));
        var (lines, strange) = await list.ReadAsync(default);
        Assert.Equal((zelda.AccountId, 1), (Assert.Single(lines).Account, strange));
    }

    /// <summary>Somebody who did things, was written to and about, signed in, changed their name, and was deleted by another.</summary>
    private static async Task<(TestMember Setup, TestMember Zelda)> DeletedAsync(AscentHost host)
    {
        var school = await host.Data.AddPrimaryAsync();
        var setup = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var zelda = await host.Data.AddMemberAsync(school, PermissionSet.Of(Permission.SchoolSetup), "Zelda", "Quibble", "zelda@school.example");
        await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        // Names her to the other holders.
        await host.Data.InviteAsync(zelda, PermissionSet.Of(Permission.SchoolSetup));
        await host.Get<ChangeOwnName>().ExecuteAsync(zelda.AccountId, "Zelda", "Quibble-Smythe", default);
        await host.Get<AskForPasswordReset>().ExecuteAsync(zelda.Email, System.Net.IPAddress.Loopback, default);
        await host.Data.AddFactorAsync(zelda.AccountId, "Quibble’s phone");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Get<DeleteUser>().ExecuteAsync(new(zelda.MembershipId, "Zelda Quibble-Smythe"), setup.Actor, default);
        return (setup, zelda);
    }

    /// <summary>Every table that holds one of these texts anywhere.</summary>
    private static Task<List<string>> WhereAsync(AscentHost host, params string[] texts) => host.ReadAsync(async db =>
    {
        var found = new List<string>();
        foreach (var table in db.Model.GetEntityTypes())
        {
            var connection = db.Database.GetDbConnection();
            await db.Database.OpenConnectionAsync();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The model's own table names.
            command.CommandText = $"SELECT * FROM {table.GetTableName()}";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                for (var i = 0; i < reader.FieldCount; i++)
                    if (!reader.IsDBNull(i) && texts.Any(t => (reader.GetValue(i).ToString() ?? "").Contains(t, StringComparison.OrdinalIgnoreCase)))
                        found.Add($"{table.GetTableName()}.{reader.GetName(i)}");
        }
        return found;
    });
}
