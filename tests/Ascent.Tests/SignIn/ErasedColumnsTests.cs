using System.Net;
using Ascent.Accounts;
using Ascent.Accounts.Conversions;
using Ascent.Accounts.Factors;
using Ascent.Accounts.Nightly;
using Ascent.Accounts.Operators;
using Ascent.Accounts.Reviews;
using Ascent.Accounts.Templates;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.SignIn;
using Ascent.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ascent.Tests.SignIn;

/// <summary>
/// Every column that holds the id of an account, and what erasing that account does with it. A new column of ids is in neither list, and
/// fails the first test until somebody has thought of it.
/// </summary>
public sealed class ErasedColumnsTests
{
    private enum Fate
    {
        /// <summary>Stays, as the number of somebody without a name: entries and rows still tell one person from another.</summary>
        Stays,

        /// <summary>The row stays and does not say who any more.</summary>
        Blanked,

        /// <summary>The row goes.</summary>
        Deleted,

        /// <summary>Whoever has such a row cannot be erased.</summary>
        Refused,
    }

    private static readonly Dictionary<string, Fate> People = new(StringComparer.Ordinal)
    {
        ["Account.Id"] = Fate.Stays,
        ["Membership.AccountId"] = Fate.Stays,
        ["Membership.CreatedById"] = Fate.Stays,
        ["Membership.ChangedById"] = Fate.Stays,
        ["Membership.StateById"] = Fate.Stays,
        ["AuditEntry.ActorId"] = Fate.Stays,
        ["AuditDetail.PersonId"] = Fate.Deleted,
        ["AccessReview.FinishedById"] = Fate.Blanked,
        ["AccessReviewItem.ConfirmedById"] = Fate.Blanked,
        ["AccessTemplate.ChangedById"] = Fate.Stays,
        ["PupilChange.ById"] = Fate.Stays,
        ["Import.ReceivedById"] = Fate.Stays,
        ["Import.ConfirmedById"] = Fate.Stays,
        ["ClassTeacher.AccountId"] = Fate.Stays,
        ["ReachLink.StartedById"] = Fate.Stays,
        ["ReachLink.EndedById"] = Fate.Stays,
        ["ReachProposal.ProposedById"] = Fate.Stays,
        ["SchoolLock.LockedById"] = Fate.Stays,
        ["Conversion.DoneById"] = Fate.Stays,
        ["Conversion.DecidedById"] = Fate.Stays,
        ["Factor.AccountId"] = Fate.Deleted,
        ["RecoveryCode.AccountId"] = Fate.Deleted,
        ["Session.AccountId"] = Fate.Deleted,
        ["KnownDevice.AccountId"] = Fate.Deleted,
        ["PasswordReset.AccountId"] = Fate.Deleted,
        ["EmailChange.AccountId"] = Fate.Deleted,
        ["Journey.AccountId"] = Fate.Deleted,
        ["WhatIf.AccountId"] = Fate.Deleted,
        ["Operator.AccountId"] = Fate.Refused,
        ["OperatorInvitation.AccountId"] = Fate.Refused,
    };

    /// <summary>Ids of other things, by the names that they always have.</summary>
    private static readonly HashSet<string> Things = ["Id", "OrganisationId", "MembershipId", "HolderId", "EntryId", "MailId", "ReviewId", "ResultId", "TemplateId", "FactorId", "LimitedBy", "PupilId", "ChangeId", "ImportId", "LeaseId", "MayBeId", "ReplacedById", "ClassId", "WhatIfId", "SchoolId", "BodyId", "SeriesId", "FormerId", "BecameId"];

    [Fact]
    public async Task Columns_OfIds_AreEachDecidedOn()
    {
        await using var host = await AscentHost.StartAsync();
        var ids = await host.ReadAsync(db => Task.FromResult(Ids(db).Select(Name).ToList()));

        Assert.Equal([], ids.Where(id => !People.ContainsKey(id) && !Things.Contains(id[(id.IndexOf('.', StringComparison.Ordinal) + 1)..])));
        Assert.Equal([], People.Keys.Except(ids));
    }

    [Theory, BothDatabases]
    public async Task Erase_SomebodyWhoStandsInEveryColumn_DoesWithEachWhatIsSaid(DatabaseKind kind)
    {
        await using var host = await AscentHost.StartAsync(kind);
        var zelda = await EverywhereAsync(host);
        var before = await CountAsync(host, zelda.AccountId);
        foreach (var (column, fate) in People)
            Assert.True(fate == Fate.Refused == (before[column] == 0), $"{column} names the person {before[column]} times before.");

        Assert.True((await host.Get<EraseAccount>().ExecuteAsync(zelda.Email, Actor.Operator, default)).Succeeded);

        var after = await CountAsync(host, zelda.AccountId);
        foreach (var (column, fate) in People)
            Assert.True(fate == Fate.Stays ? after[column] >= before[column] : after[column] == 0, $"{column} ({fate}): {before[column]} before, {after[column]} after.");
        // Blanked rows are there still, but for the person's own.
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AccessReviewItem>().CountAsync(i => i.MembershipId == zelda.MembershipId)));
        Assert.Equal((3, 1), (await host.CountAsync<AccessReviewItem>(), await host.ReadAsync(db => db.Set<AccessReview>().CountAsync(r => r.FinishedAt != null))));
    }

    [Fact]
    public async Task Erase_Operator_IsRefused()
    {
        await using var host = await AscentHost.StartAsync();
        var (email, _, _) = await host.Data.InviteOperatorAsync();

        Assert.IsType<StillOperator>(Assert.Single((await host.Get<EraseAccount>().ExecuteAsync(email, Actor.Operator, default)).Refusals));
    }

    /// <summary>Somebody who made, changed, closed and confirmed others, has signed in and asked for this and that, and was deleted by another.</summary>
    private static async Task<TestMember> EverywhereAsync(AscentHost host)
    {
        var ann = await host.Data.AddMemberAsync(await host.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var zelda = await host.Data.AddMemberAsync(ann.School, PermissionSet.Of(Permission.SchoolSetup), "Zelda", "Quibble", "zelda@school.example");
        var (changed, closed) = (await host.Data.AddMemberAsync(ann.School), await host.Data.AddMemberAsync(ann.School));
        await host.Get<DeactivateUser>().ExecuteAsync(closed.MembershipId, zelda.Actor, default);
        await host.ChangeAsync(db => db.Set<Membership>().ExecuteUpdateAsync(m => m.SetProperty(x => x.CreatedAt, host.Clock.GetUtcNow().UtcDateTime.AddDays(-100))));
        await host.Data.InviteAsync(zelda);
        await host.Get<OpenDueReviews>().ExecuteAsync(default);
        foreach (var by in (TestMember[])[ann, zelda])
        {
            var rows = (await host.Get<ReadAccessReview>().ExecuteAsync(by.Actor, new(), default)).Rows;
            await host.Get<ConfirmMemberships>().ExecuteAsync([.. rows.Where(r => r.IsOpen && r.IsYou == false && (by == zelda || r.MembershipId == zelda.MembershipId)).Select(r => r.Seen)], by.Actor, default);
        }
        await host.Get<ChangeAccess>().ExecuteAsync(new(changed.MembershipId, 1, JobRole.Governor, null, PermissionSet.None, null), zelda.Actor, default);
        var now = host.Clock.Now();
        await host.Get<Sessions>().OpenAsync(zelda.AccountId, "Firefox on Linux", null, endOthers: false, default);
        await host.Get<AskForPasswordReset>().ExecuteAsync(zelda.Email, IPAddress.Loopback, default);
        await host.Get<JourneyStore>().BeginAsync(zelda.Actor, "create-user", 1, ["about"], new { Forename = "Some" }, default);
        var template = (await host.Get<AddTemplate>().ExecuteAsync(new("Office", PermissionSet.Of(Permission.SchoolReports)), zelda.Actor, default)).Value;
        await host.Data.AddFactorAsync(zelda.AccountId);
        var pupil = await host.Data.AddPupilAsync(zelda);
        await host.Data.ConfirmAsync(zelda, await host.Data.ImportAsync(zelda, $"{TestData.RollHeading}\n{host.Data.NextUpn()},Haq,Yusuf,04/03/2018,M,4"));
        Assert.True((await host.Get<ChangePupil>().ExecuteAsync(new(pupil, TestData.PupilText((PupilField.Forename, "Adah")), 1), zelda.Actor, default)).Succeeded);
        var its = await host.Data.AddClassAsync(zelda);
        Assert.True((await host.Get<ChooseTeachers>().ExecuteAsync(new(its, [zelda.MembershipId], 1), zelda.Actor, default)).Succeeded);
        await host.ChangeAsync(async db =>
        {
            (await db.Set<AccessTemplate>().SingleAsync(t => t.Id == template)).Change("Office", PermissionSet.Of(Permission.SchoolReports), zelda.AccountId, now);
            db.Add(new RecoveryCode { AccountId = zelda.AccountId, Number = 1, Hash = new byte[32], MadeAt = now });
            db.Add(new KnownDevice { AccountId = zelda.AccountId, TokenHash = new byte[32], FirstSeenAt = now });
            db.Add(new EmailChange { AccountId = zelda.AccountId, NewEmail = "new@school.example", LinkHash = new byte[32], ExpiresAt = now.AddDays(1) });
        });
        Assert.True((await host.Get<DeleteUser>().ExecuteAsync(new(zelda.MembershipId, zelda.FullName), ann.Actor, default)).Succeeded);
        // What is kept for oneself goes with the place; here as a row that was left over.
        await host.ChangeAsync(db => Task.FromResult(db.Add(TestData.WhatIf(ann.School.Id, zelda.AccountId, now, "Without 1 pupil"))));
        var body = await host.Data.AddAuthorityAsync();
        await host.ChangeAsync(db =>
        {
            var link = new ReachLink { OrganisationId = ann.School.Id, Id = host.Clock.NewId(), SeriesId = host.Clock.NewId(), BodyId = body.Id, StartedAt = now, StartedById = zelda.AccountId };
            link.End(ReachEnding.School, zelda.AccountId, now);
            var conversion = new Conversion { Id = host.Clock.NewId(), SchoolId = ann.School.Id, FormerId = body.Id, PredecessorUrn = "1", SuccessorUrn = "2", DoneAt = now, DoneById = zelda.AccountId };
            conversion.Decide(ConversionState.Undone, zelda.AccountId, now);
            db.AddRange(conversion, link, new ReachProposal { OrganisationId = ann.School.Id, Id = host.Clock.NewId(), BodyId = body.Id, Agreement = "Data sharing", ProposedAt = now, ProposedById = zelda.AccountId },
                new SchoolLock { OrganisationId = ann.School.Id, Since = now, BodyId = body.Id, LockedById = zelda.AccountId, Reason = "A test" });
            return Task.CompletedTask;
        });
        return zelda;
    }

    private static IEnumerable<IProperty> Ids(AppDb db) => db.Model.GetEntityTypes().SelectMany(e => e.GetDeclaredProperties()).Where(p => p.ClrType == typeof(Guid) || p.ClrType == typeof(Guid?));

    private static string Name(IProperty property) => $"{property.DeclaringType.ClrType.Name}.{property.Name}";

    /// <summary>How often the id stands in each column.</summary>
    private static Task<Dictionary<string, int>> CountAsync(AscentHost host, Guid id) => host.ReadAsync(async db =>
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        await db.Database.OpenConnectionAsync();
        foreach (var property in Ids(db).Where(p => People.ContainsKey(Name(p))))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The model's own names.
            command.CommandText = $"SELECT COUNT(*) FROM {property.DeclaringType.ContainingEntityType.GetTableName()} WHERE {property.GetColumnName()} = @id";
#pragma warning restore CA2100
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("id", id);
            command.Parameters.Add(parameter);
            counts[Name(property)] = Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
        }
        return counts;
    });
}
