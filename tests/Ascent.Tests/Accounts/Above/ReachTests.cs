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

public sealed class ReachTests
{
    [Theory, BothDatabases]
    public async Task Propose_ThenAccept_StartsTheLinkInPlaceOfThePresentOneAndKeepsItsSeries(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Administration);
        var first = await host.ReadAsync(db => db.Set<ReachLink>().SingleAsync());

        Assert.Equal(school.Name, (await ProposeAsync(host, officer, school, ReachLevel.Pupil)).Value);
        // Nothing changes until somebody accepts.
        Assert.Equal(ReachLevel.Administration, (await PresentAsync(host))!.Level);
        Assert.Equal([setup.Email], await MailsAsync(host, "asks"));
        var asked = Assert.Single((await ListAsync(host, setup)).Asked);
        Assert.Equal((officer.Body.Name, ReachLevel.Pupil, "Data sharing agreement of 1 September"), (asked.Body, asked.Level, asked.Agreement));

        Assert.Equal(officer.Body.Name, (await AcceptAsync(host, asked.ProposalId, setup.Actor)).Value);

        var present = (await PresentAsync(host))!;
        Assert.Equal((ReachLevel.Pupil, ReachOrigin.Accepted, setup.AccountId, first.SeriesId, "Data sharing agreement of 1 September"), (present.Level, present.Origin, present.StartedById, present.SeriesId, present.Agreement));
        var listed = await ListAsync(host, setup);
        Assert.Empty(listed.Asked);
        Assert.Equal((ReachEnding.Replaced, first.Id), (Assert.Single(listed.Past).Ending, listed.Past[0].LinkId));
        foreach (var chain in (Guid[])[school.Id, officer.Body.Id])
            Assert.Equal(["reach-proposed", "reach-started"], await host.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.OrganisationId == chain && e.ActorKind == ActorKind.Person && e.Kind.StartsWith("reach-")).OrderBy(e => e.Kind).Select(e => e.Kind).ToListAsync()));
    }

    [Theory, BothDatabases]
    public async Task Propose_AgainOtherwise_TakesThePlaceOfWhatWasAsked(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await StartAsync(host);

        await ProposeAsync(host, officer, school, ReachLevel.Pupil);
        await ProposeAsync(host, officer, school, ReachLevel.School);
        await ProposeAsync(host, officer, school, ReachLevel.School);

        Assert.Equal(ReachLevel.School, Assert.Single((await ListAsync(host, setup)).Asked).Level);
        Assert.Equal(2, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "reach-proposed" && e.OrganisationId == school.Id)));
    }

    [Theory, BothDatabases]
    public async Task Propose_NotMoreThanThereIs_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.School);
        var reader = await host.Data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaReports));

        Assert.IsType<ReachesAlready>(Refused(await ProposeAsync(host, officer, school, ReachLevel.School)));
        Assert.IsType<AgreementRefusal>(Refused(await ProposeAsync(host, officer, school, ReachLevel.Pupil, " ")));
        Assert.IsType<NotAllowed>(Refused(await ProposeAsync(host, reader, school, ReachLevel.Pupil)));
        Assert.IsType<NotAllowed>(Refused(await host.Get<ProposeReach>().ExecuteAsync(new(school.Code, ReachLevel.Pupil, "x"), setup.Actor, CancellationToken.None)));
        Assert.IsType<NotFound>(Refused(await host.Get<ProposeReach>().ExecuteAsync(new("000000", ReachLevel.Pupil, "x"), officer.Actor, CancellationToken.None)));
        Assert.Empty(await host.ReadAllAsync<ReachProposal>());
    }

    [Theory, BothDatabases]
    public async Task Accept_ByAnybodyButAFreshHolderOfThatSchool_IsRefused(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await StartAsync(host);
        var other = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var reader = await host.Data.AddMemberAsync(school, Permission.SchoolReports);
        await ProposeAsync(host, officer, school, ReachLevel.Pupil);
        var id = (await host.ReadAllAsync<ReachProposal>())[0].Id;

        Assert.IsType<NotFound>(Refused(await AcceptAsync(host, id, other.Actor)));
        Assert.IsType<NotAllowed>(Refused(await AcceptAsync(host, id, reader.Actor)));
        Assert.IsType<NotAllowed>(Refused(await AcceptAsync(host, id, officer.Actor)));
        Assert.IsType<ConfirmItIsYou>(Refused(await AcceptAsync(host, id, setup.Actor with { IsFresh = false })));
        Assert.Null(await PresentAsync(host));

        Assert.Equal(officer.Body.Name, (await host.Get<DeclineReach>().ExecuteAsync(id, setup.Actor, CancellationToken.None)).Value);
        Assert.IsType<NotFound>(Refused(await AcceptAsync(host, id, setup.Actor)));
        Assert.Null(await PresentAsync(host));
    }

    [Theory, BothDatabases]
    public async Task Accept_ManyAtOnce_MakesOneLink(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await StartAsync(host);
        await ProposeAsync(host, officer, school, ReachLevel.School);
        var id = (await host.ReadAllAsync<ReachProposal>())[0].Id;

        // Whoever runs the server names the same agreement at the same moment.
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            if (i % 2 == 0)
                await AcceptAsync(host, id, setup.Actor);
            else
                await host.Data.LinkAsync(school, officer.Body, ReachLevel.School);
        })));

        Assert.Single(await host.ReadAllAsync<ReachLink>(), l => l.EndedAt is null);
    }

    [Theory, BothDatabases]
    public async Task PresentLinks_TwoOfOnePair_CannotBeStored(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, _, officer) = await StartAsync(host);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.School);

        await Assert.ThrowsAsync<DbUpdateException>(() => host.ChangeAsync(db =>
        {
            var id = Guid.CreateVersion7(AscentHost.Start);
            db.Add(new ReachLink { OrganisationId = school.Id, Id = id, SeriesId = id, BodyId = officer.Body.Id, StartedAt = AscentHost.Start.UtcDateTime });
            return Task.CompletedTask;
        }));
    }

    [Theory, BothDatabases]
    public async Task End_ByTheSchool_IsAtOnceAndTellsTheOtherHolders(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await StartAsync(host);
        var second = await host.Data.AddMemberAsync(school, Permission.SchoolSetup);
        var other = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await host.Data.LinkAsync(school, officer.Body, ReachLevel.Pupil);
        var link = (await PresentAsync(host))!;
        Task<Result<string>> EndAsync(Actor actor, int version) => host.Get<EndReach>().ExecuteAsync(link.Id, version, actor, CancellationToken.None);

        Assert.IsType<NotFound>(Refused(await EndAsync(other.Actor, link.Version)));
        Assert.IsType<NotAllowed>(Refused(await EndAsync(officer.Actor, link.Version)));
        Assert.IsType<ConfirmItIsYou>(Refused(await EndAsync(setup.Actor with { IsFresh = false }, link.Version)));
        Assert.IsType<LinkGone>(Refused(await EndAsync(setup.Actor, link.Version + 1)));
        Assert.Equal(officer.Body.Name, (await EndAsync(setup.Actor, link.Version)).Value);
        // Pressed twice.
        Assert.Equal(officer.Body.Name, (await EndAsync(setup.Actor, link.Version)).Value);

        Assert.Null(await PresentAsync(host));
        Assert.Equal([second.Email], await MailsAsync(host, "any more"));
        Assert.Equal(2, await host.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Kind == "reach-ended")));
    }

    [Theory, BothDatabases]
    public async Task Agree_ByTheOperator_NamesTheAgreementRaisesLowersAndEnds(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var (school, setup, officer) = await StartAsync(host);
        Task<Result<ReachAgreed>> AgreeAsync(ReachLevel? level, string? words, Actor? actor = null) =>
            host.Get<AgreeReach>().ExecuteAsync(new(school.Code, officer.Address, level, words), actor ?? Actor.Operator, CancellationToken.None);

        Assert.IsType<OperatorsOnly>(Refused(await AgreeAsync(ReachLevel.Pupil, "x", officer.Actor)));
        Assert.IsType<AgreementRefusal>(Refused(await AgreeAsync(ReachLevel.Pupil, null)));
        Assert.IsType<NotFound>(Refused(await host.Get<AgreeReach>().ExecuteAsync(new(school.Code, "la-000", ReachLevel.Pupil, "x"), Actor.Operator, CancellationToken.None)));
        Assert.True((await AgreeAsync(ReachLevel.Pupil, "Contract 12")).Value.Changed);
        Assert.False((await AgreeAsync(ReachLevel.Pupil, "Contract 12")).Value.Changed);
        Assert.True((await AgreeAsync(ReachLevel.School, "Contract 13")).Value.Changed);
        Assert.Equal((ReachLevel.School, "Contract 13", ReachOrigin.Operator), ((await PresentAsync(host))!.Level, (await PresentAsync(host))!.Agreement, (await PresentAsync(host))!.Origin));
        Assert.True((await AgreeAsync(null, null)).Value.Changed);
        Assert.False((await AgreeAsync(null, null)).Value.Changed);

        Assert.Equal([ReachEnding.Replaced, ReachEnding.Operator], (await ListAsync(host, setup)).Past.OrderBy(l => l.Level == ReachLevel.School).Select(l => l.Ending!.Value));
    }

    internal static async Task<(School School, TestMember Setup, TestBodyMember Officer)> StartAsync(AscentHost host)
    {
        var school = await host.Data.AddPrimaryAsync();
        return (school, await host.Data.AddMemberAsync(school, Permission.SchoolSetup), await host.Data.AddBodyMemberAsync(await host.Data.AddAuthorityAsync(), PermissionSet.Of(Permission.LaSetup)));
    }

    private static Refusal Refused<T>(Result<T> result) => Assert.Single(result.Refusals);

    private static Task<Result<string>> ProposeAsync(AscentHost host, TestBodyMember officer, School school, ReachLevel level, string agreement = "Data sharing agreement of 1 September") =>
        host.Get<ProposeReach>().ExecuteAsync(new(school.Code, level, agreement), officer.Actor, CancellationToken.None);

    private static Task<Result<string>> AcceptAsync(AscentHost host, Guid id, Actor actor) => host.Get<AcceptReach>().ExecuteAsync(id, actor, CancellationToken.None);

    private static async Task<SchoolReach> ListAsync(AscentHost host, TestMember setup) => (await host.Get<ListReach>().ExecuteAsync(setup.Actor, CancellationToken.None)).Value;

    private static Task<ReachLink?> PresentAsync(AscentHost host) => host.ReadAsync(db => db.Set<ReachLink>().SingleOrDefaultAsync(l => l.EndedAt == null));

    private static Task<List<string>> MailsAsync(AscentHost host, string saying) =>
        host.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.Template == Ascent.Accounts.ReachMail.TemplateName && m.Values.Contains(saying)).Select(m => m.Recipient).OrderBy(r => r).ToListAsync());
}
