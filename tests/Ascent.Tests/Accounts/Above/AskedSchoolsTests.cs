using Ascent.Accounts.Above;
using Ascent.Audit;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Tests.Accounts.Above;

public sealed class AskedSchoolsTests
{
    [Theory, BothDatabases]
    public async Task Withdraw_WhatWaits_IsGoneForBothAndTheHoldersAreTold(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        await AskAsync(host, officer, school, ReachLevel.Pupil);
        var waiting = Assert.Single((await ListAsync(host, officer)).Waiting);
        Assert.Equal((school.Code, school.Name, ReachLevel.Pupil, "Agreed", officer.FullName), (waiting.Urn, waiting.School, waiting.Level, waiting.Agreement, waiting.By));

        Assert.Equal(school.Code, (await WithdrawAsync(host, waiting.ProposalId, officer.Actor)).Value);

        Assert.Empty((await ListAsync(host, officer)).Waiting);
        Assert.Empty((await host.Get<ListReach>().ExecuteAsync(setup.Actor, CancellationToken.None)).Value.Asked);
        Assert.Contains(await host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Recipient == setup.Email && m.Template == ReachMailName).Select(m => m.Values).ToListAsync()), v => v.Contains("does not ask", StringComparison.Ordinal));
        foreach (var chain in (Guid[])[school.Id, officer.Body.Id])
            Assert.Equal(1, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.OrganisationId == chain && e.Kind == "reach-withdrawn")));
        // Again, and what was answered: it does not wait any more.
        Assert.IsType<ProposalGone>(Assert.Single((await WithdrawAsync(host, waiting.ProposalId, officer.Actor)).Refusals));
    }

    [Theory, BothDatabases]
    public async Task Withdraw_ByAnotherBodyOrWithoutSetup_ChangesNothing(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        var stranger = await host.Data.AddBodyMemberAsync(await host.Data.AddTrustAsync(), PermissionSet.Of(Permission.LaSetup));
        var reader = await host.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaReports, Permission.SchoolReports));
        await AskAsync(host, officer, school, ReachLevel.School);
        var id = (await ListAsync(host, officer)).Waiting[0].ProposalId;

        Assert.IsType<ProposalGone>(Assert.Single((await WithdrawAsync(host, id, stranger.Actor)).Refusals));
        Assert.IsType<NotAllowed>(Assert.Single((await WithdrawAsync(host, id, reader.Actor)).Refusals));
        Assert.IsType<NotAllowed>(Assert.Single((await WithdrawAsync(host, id, setup.Actor)).Refusals));

        Assert.Single((await ListAsync(host, officer)).Waiting);
        Assert.Empty((await ListAsync(host, stranger)).Waiting);
        Assert.IsType<NotAllowed>(Assert.Single((await host.Get<ListAskedSchools>().ExecuteAsync(reader.Actor, CancellationToken.None)).Refusals));
        Assert.IsType<NotAllowed>(Assert.Single((await host.Get<FindSchoolsToAsk>().ExecuteAsync(reader.Actor, "a", 5, CancellationToken.None)).Refusals));
    }

    [Theory, BothDatabases]
    public async Task List_Answers_ShowsAgreedAndNotAgreedForNinetyDays(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await ReachTests.StartAsync(host);
        var other = await host.Data.AddPrimaryAsync();
        var second = await host.Data.AddMemberAsync(other, Permission.SchoolSetup);
        await AskAsync(host, officer, school, ReachLevel.School);
        await AskAsync(host, officer, other, ReachLevel.Pupil);
        var waiting = (await ListAsync(host, officer)).Waiting;
        Assert.True((await host.Get<AcceptReach>().ExecuteAsync(waiting.Single(w => w.Urn == school.Code).ProposalId, setup.Actor, CancellationToken.None)).Succeeded);
        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await host.Get<DeclineReach>().ExecuteAsync(waiting.Single(w => w.Urn == other.Code).ProposalId, second.Actor, CancellationToken.None)).Succeeded);

        var list = await ListAsync(host, officer);
        Assert.Empty(list.Waiting);
        Assert.Equal([(other.Code, ReachLevel.Pupil, false), (school.Code, ReachLevel.School, true)], list.Answers.Select(a => (a.Urn, a.Level, a.IsAccepted)));
        // Another body learns nothing of it.
        Assert.Empty((await ListAsync(host, await host.Data.AddBodyMemberAsync(await host.Data.AddTrustAsync(), PermissionSet.Of(Permission.LaSetup)))).Answers);

        host.Clock.Advance(ListAskedSchools.Lately + TimeSpan.FromMinutes(1));
        Assert.Empty((await ListAsync(host, officer)).Answers);
    }

    [Theory, BothDatabases]
    public async Task Find_AnyOpenSchool_ByTheRegistersFactsAndHowItStandsWithTheBody(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (_, _, officer) = await ReachTests.StartAsync(host);
        var free = await host.Data.AddPrimaryAsync("Elm Free School");
        var linked = await host.Data.AddPrimaryAsync("Elm Linked School");
        var closed = await host.Data.AddPrimaryAsync("Elm Closed School");
        await host.Data.LinkAsync(linked, officer.Body, ReachLevel.Pupil);
        // Another body's link says nothing here.
        await host.Data.LinkAsync(free, await host.Data.AddTrustAsync(), ReachLevel.Pupil);
        await AskAsync(host, officer, free, ReachLevel.School);
        await host.ChangeAsync(async db => (await db.Set<School>().SingleAsync(s => s.Id == closed.Id)).IsClosed = true);
        async Task<IReadOnlyList<SchoolToAsk>> FindAsync(string search) => (await host.Get<FindSchoolsToAsk>().ExecuteAsync(officer.Actor, search, 20, CancellationToken.None)).Value;

        var found = await FindAsync("elm");
        Assert.Equal([("Elm Free School", null, ReachLevel.School), ("Elm Linked School", ReachLevel.Pupil, (ReachLevel?)null)], found.Select(f => (f.Name, f.Level, f.Asked?.Level)));
        Assert.Equal("Elm Free School", Assert.Single(await FindAsync(free.Code)).Name);
        Assert.Equal("Elm Free School", Assert.Single(await FindAsync(free.DfeNumber!)).Name);
        Assert.Equal("Elm Free School", Assert.Single(await FindAsync($"Whatever it was called ({free.DfeNumber})")).Name);
        Assert.Empty(await FindAsync("e\0lm"));
        Assert.IsType<NotFound>(Assert.Single((await host.Get<FindSchoolsToAsk>().OneAsync(officer.Actor, closed.Code, CancellationToken.None)).Refusals));
    }

    [Theory]
    [InlineData("Larkfield (931/2001)", "931/2001")]
    [InlineData("Larkfield (900001) ", "900001")]
    [InlineData("Larkfield (Infants)", "Larkfield (Infants)")]
    [InlineData("Larkfield ()", "Larkfield ()")]
    [InlineData(")", ")")]
    [InlineData("lark", "lark")]
    [InlineData(null, null)]
    public void ReadField_WhatASuggestionWrote_IsItsNumber(string? typed, string? searched) => Assert.Equal(searched, PickedSchool.ReadField(typed));

    private const string ReachMailName = Ascent.Accounts.ReachMail.TemplateName;

    private static async Task AskAsync(AscentHost host, TestBodyMember officer, School school, ReachLevel level) =>
        _ = (await host.Get<ProposeReach>().ExecuteAsync(new(school.Code, level, "Agreed"), officer.Actor, CancellationToken.None)).Value;

    private static async Task<AskedSchools> ListAsync(AscentHost host, TestBodyMember officer) => (await host.Get<ListAskedSchools>().ExecuteAsync(officer.Actor, CancellationToken.None)).Value;

    private static Task<Result<string>> WithdrawAsync(AscentHost host, Guid id, Actor actor) => host.Get<WithdrawProposal>().ExecuteAsync(id, actor, CancellationToken.None);
}
