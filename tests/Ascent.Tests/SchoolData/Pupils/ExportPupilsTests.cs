using System.Text;
using Ascent.Accounts;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.SchoolData;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.SchoolData.Pupils;

public sealed class ExportPupilsTests
{
    // Names that a spreadsheet would run, take apart or write otherwise; every field filled, and every one empty.
    [Theory, BothDatabases]
    public async Task Export_ThenImportedAgain_ChangesNobody(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var renamed = await host.Data.AddPupilAsync(manager, (PupilField.Upn, host.Data.NextUpn()));
        await host.Get<ChangePupil>().ExecuteAsync(new(renamed, TestData.PupilText((PupilField.Upn, host.Data.NextUpn())), Version: 1), manager.Actor, default);
        foreach (var (surname, forename) in ((string, string)[])[("=cmd|' /C calc'!A0", "-Ada"), ("O’Neil, Jr", "\"Bo\""), ("Szabó", "Ødegård;"), ("@Home", "+1")])
            await host.Data.AddPupilAsync(manager, (PupilField.Surname, surname), (PupilField.Forename, forename), (PupilField.Upn, host.Data.NextUpn()), (PupilField.MiddleNames, "=1+1"), (PupilField.PreferredForename, "-x"));
        await host.Data.AddPupilAsync(manager, [.. Full(host.Data.NextUpn())]);

        var text = await ExportAsync(host, manager, new());
        var import = await host.Data.ImportAsync(manager, text, isWholeRoll: true);

        Assert.Contains("'=cmd|", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n=", text, StringComparison.Ordinal);
        var counts = (await host.Get<ReadImports>().FindAsync(import.Id, manager.Actor, default))!.Value.Counts;
        Assert.Equal(new ImportCounts(0, 0, 0, Same: 6, 0, 0, 0, 0), counts);
    }

    [Theory, BothDatabases]
    public async Task Export_MoreThanOneBatch_HasEverybodyOfTheFilterOnceAndIsWrittenDown(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        await AddManyAsync(host, manager, 1_100);

        var lines = (await ExportAsync(host, manager, new(Year: NcYear.Read("4")))).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(551, lines.Distinct().Count());
        Assert.Equal("{\"Pupils\":550}", (await host.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(e => e.Kind == "pupils-exported"))).Facts);
        Assert.Equal(0, await host.CountAsync<OutboxMail>());
    }

    [Theory, BothDatabases]
    public async Task Export_MoreThanFiveThousand_TellsTheOtherHolders(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        var (setup, data) = (await host.Data.AddMemberAsync(manager.School, Permission.SchoolSetup), await host.Data.AddMemberAsync(manager.School, Permission.ManageData));
        await host.Data.AddMemberAsync(manager.School, Permission.PupilReports);
        await AddManyAsync(host, manager, ExportPupils.ManyPupils);
        await host.Get<ExportPupils>().BeginAsync(new(), manager.Actor, default);
        Assert.Equal(0, await host.CountAsync<OutboxMail>());
        await host.Data.AddPupilAsync(manager);

        await host.Get<ExportPupils>().BeginAsync(new(), manager.Actor, default);

        Assert.Equal(((string[])[setup.Email, data.Email]).Order(), (await host.ReadAllAsync<OutboxMail>()).Where(m => m.Template == PupilsExportedMail.TemplateName).Select(m => m.Recipient).Order());
    }

    [Fact]
    public async Task Export_OfThoseWhoHaveLeft_SaysTheLastDay()
    {
        await using var host = await AscentHost.StartAsync();
        var manager = await ManagerAsync(host);
        await host.Get<LeavePupil>().ExecuteAsync(await host.Data.AddPupilAsync(manager), "20/07/2026", manager.Actor, default);

        var lines = (await ExportAsync(host, manager, new(Status: PupilStatus.Left))).Split("\r\n");

        Assert.EndsWith(",Last day", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",2026-07-20", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_WithoutRightOrPassword_IsRefusedAndNotWrittenDown()
    {
        await using var host = await AscentHost.StartAsync();
        var manager = await ManagerAsync(host);
        var id = await host.Data.AddPupilAsync(manager);
        var reader = await host.Data.AddMemberAsync(manager.School, Permission.PupilReports);
        var stale = manager.Actor with { IsFresh = false };

        Assert.IsType<NotAllowed>(Assert.Single((await host.Get<ExportPupils>().BeginAsync(new(), reader.Actor, default)).Refusals));
        Assert.IsType<ConfirmItIsYou>(Assert.Single((await host.Get<ExportPupils>().BeginAsync(new(), stale, default)).Refusals));
        Assert.IsType<NotAllowed>(Assert.Single((await host.Get<ExportPupil>().ExecuteAsync(id, reader.Actor, default)).Refusals));
        Assert.IsType<ConfirmItIsYou>(Assert.Single((await host.Get<ExportPupil>().ExecuteAsync(id, stale, default)).Refusals));
        Assert.IsType<NoSuchPupil>(Assert.Single((await host.Get<ExportPupil>().ExecuteAsync(id, (await ManagerAsync(host)).Actor, default)).Refusals));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind.EndsWith("exported"))));
    }

    [Fact]
    public async Task ExportPupil_OneRecord_HoldsEveryFieldAndTheHistory()
    {
        await using var host = await AscentHost.StartAsync();
        var manager = await ManagerAsync(host);
        var upn = host.Data.NextUpn();
        var id = await host.Data.AddPupilAsync(manager, [.. Full(upn)]);
        await host.Get<ChangePupil>().ExecuteAsync(new(id, Full(host.Data.NextUpn()).ToDictionary(f => f.Field, f => f.Text), Version: 1), manager.Actor, default);

        var copy = (await host.Get<ExportPupil>().ExecuteAsync(id, manager.Actor, default)).Value;

        Assert.Equal(Enum.GetNames<PupilField>(), copy.Fields.Select(f => f.Field));
        Assert.All(copy.Fields, f => Assert.NotEqual("", f.Code));
        Assert.Equal([upn], copy.FormerUpns);
        Assert.Equal(("UPN", upn), (copy.History[0].Changes[0].Label, copy.History[0].Changes[0].Before));
    }

    // Each number is the length of the list to which it leads.
    [Theory, BothDatabases]
    public async Task Summary_OfEveryKind_CountsWhatTheListsHave(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var manager = await ManagerAsync(host);
        await host.Data.AddPupilAsync(manager, [.. Full(host.Data.NextUpn())]);
        await host.Data.AddPupilAsync(manager, (PupilField.SenProvision, "N"), (PupilField.Eal, "N"));
        await host.Data.AddPupilAsync(manager, (PupilField.SenProvision, "K"));
        await host.Get<LeavePupil>().ExecuteAsync(await host.Data.AddPupilAsync(manager), "20/07/2026", manager.Actor, default);
        await host.Get<DeletePupils>().ExecuteAsync(new([await host.Data.AddPupilAsync(manager)]), 1, manager.Actor, default);
        await host.Data.ImportAsync(manager, $"{TestData.RollHeading}\r\n,Haq,Yusuf,04/03/2018,M,4\r\n");

        var summary = await host.Get<SummariseData>().ExecuteAsync(manager.Actor, default);

        Assert.Equal((3, 1, 1), (summary.OnRoll, summary.Left, summary.Deleted));
        Assert.Equal((2, 1, 2), (summary.Attention[PupilAttention.NoUpn], summary.NotKnown[PupilField.Eal], summary.NotKnown[PupilField.Ethnicity]));
        Assert.Equal((0, 1), (summary.NotKnown[PupilField.SenProvision], summary.NotKnown[PupilField.SenNeed])); // who has no need is not asked which
        Assert.Equal((ImportState.Ready, 1), (summary.Imports.Single().Key, summary.Imports.Single().Value));
        foreach (var field in PupilCharacteristics.Fields)
            Assert.Equal((field, summary.NotKnown[field]), (field, (await host.Get<ListPupils>().ExecuteAsync(manager.Actor, new(NotKnown: field), default)).Total));
    }

    private static IEnumerable<(PupilField Field, string? Text)> Full(string upn) =>
    [
        (PupilField.Surname, "Full"), (PupilField.Forename, "Every"), (PupilField.BornOn, "4/3/2018"), (PupilField.Sex, "F"), (PupilField.EnrolledOn, "1/9/2022"),
        (PupilField.MiddleNames, "May"), (PupilField.PreferredSurname, "Filled"), (PupilField.PreferredForename, "Eve"), (PupilField.Upn, upn), (PupilField.Uln, "1000000000"), (PupilField.Year, "5"),
        (PupilField.FreeMeals, "Y"), (PupilField.FreeMealsSix, "N"), (PupilField.Disadvantaged, "Y"), (PupilField.SenProvision, "K"), (PupilField.SenNeed, "SPLD"), (PupilField.Eal, "N"),
        (PupilField.LookedAfter, "Y"), (PupilField.Ethnicity, "WBRI"), (PupilField.ServiceChild, "N"),
    ];

    private static async Task<string> ExportAsync(AscentHost host, TestMember by, PupilsQuery query)
    {
        Assert.True((await host.Get<ExportPupils>().BeginAsync(query, by.Actor, default)).Succeeded);
        using var file = new MemoryStream();
        await host.Get<ExportPupils>().WriteAsync(query, by.Actor, file, default);
        return Encoding.UTF8.GetString(file.ToArray()).TrimStart('\ufeff');
    }

    // By an import, which is the quickest way that there is.
    private static async Task AddManyAsync(AscentHost host, TestMember manager, int count)
    {
        var rows = Enumerable.Range(0, count).Select(i => $",Benson,Ada{i % 7} {i},04/03/2018,F,{(i % 2 == 0 ? 4 : 5)}");
        await host.Data.ConfirmAsync(manager, await host.Data.ImportAsync(manager, $"{TestData.RollHeading}\r\n{string.Join("\r\n", rows)}\r\n"));
    }

    private static async Task<TestMember> ManagerAsync(AscentHost host) => await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.ManageData);
}
