using Ascent.Accounts;
using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Web.Tests.Pages.Accounts.PendingUsers;

/// <summary>Withdraw and create again, from the row menu to the list.</summary>
public sealed class CreateAgainTests
{
    [Fact]
    public async Task Journey_NameAndEmailPutRight_ReplacesThePersonThoughEverySeatIsTaken()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        for (var i = 0; i < 2; i++)
            await factory.Data.AddMemberAsync(setup.School, Permission.SchoolSetup);
        var old = await factory.Data.InviteAsync(setup, PermissionSet.Of(Permission.SchoolSetup).With(Permission.TrackingPupilReports, PupilScope.OwnClasses), "Hanna", "Mos", "hanna@school.example", new DateOnly(2027, 7, 31));

        var page = await BeginAsync(factory, setup);
        Assert.Contains("This takes the place of the pending user Hanna Mos", page.Words(), StringComparison.Ordinal);
        Assert.Equal(("Hanna", "Mos", "hanna@school.example"), (page.Form("Forename").Value("Forename"), page.Form("Forename").Value("Surname"), page.Form("Forename").Value("Email")));
        page = await (await page.Form("Forename").Fill("Forename", "Hannah").Fill("Surname", "Moss").SubmitAsync()).ArriveAsync();

        Assert.Equal("Confirm and finish", page.Heading);
        Assert.Contains("Takes the last of 4 seats.", page.Words(), StringComparison.Ordinal);
        Assert.Contains("The pending user Hanna Mos is withdrawn.", page.Words(), StringComparison.Ordinal);
        // The step with the seats can be gone through again, too: the old one's seat is free for the new one.
        page = await (await (await page.ClickAsync("Change Administration")).Form("SchoolSetup").SubmitAsync()).ArriveAsync();
        Assert.Equal("Confirm and finish", page.Heading);
        page = await (await page.Form("Confirm and finish").SubmitAsync("Confirm and finish")).ArriveAsync();

        Assert.Equal("Next: give Hannah Moss the activation code", page.Text(".govuk-notification-banner__heading"));
        var row = Assert.Single((await factory.Get<ListPendingUsers>().ExecuteAsync(setup.Actor, null, CancellationToken.None)).Rows);
        Assert.Equal(("Hannah Moss", old.Permissions, new DateOnly(2027, 7, 31)), (row.FullName, row.Permissions, row.EndsOn!.Value));
        Assert.NotEqual(old.MembershipId, row.MembershipId);
    }

    [Fact]
    public async Task Cancel_ChangesNothing()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var old = await factory.Data.InviteAsync(setup);

        var page = await (await BeginAsync(factory, setup)).ClickAsync("Cancel");

        Assert.Equal("Pending users", page.Heading);
        Assert.Equal(old.MembershipId, Assert.Single((await factory.Get<ListPendingUsers>().ExecuteAsync(setup.Actor, null, CancellationToken.None)).Rows).MembershipId);
    }

    [Theory]
    [InlineData(true, "has signed up meanwhile and is not pending any more")]
    [InlineData(false, "This pending user has been deleted meanwhile")]
    public async Task Confirm_OldOneSignedUpOrDeletedMeanwhile_IsRefusedAndTheAnswersStay(bool signsUp, string words)
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        var old = await factory.Data.InviteAsync(setup);
        var page = await (await (await BeginAsync(factory, setup)).Form("Forename").Fill("Forename", "Hannah").Fill("Email", "other@school.example").SubmitAsync()).ArriveAsync();
        if (signsUp)
            Assert.True((await factory.Get<ActivateMembership>().ExecuteAsync(
                new(await factory.Data.TokenOfAsync(old.MembershipId), await factory.Data.CodeOfAsync(old.MembershipId), TestData.Password, null), CancellationToken.None)).Succeeded);
        else
            await factory.Get<DeletePendingUser>().ExecuteAsync(old.MembershipId, setup.Actor, CancellationToken.None);

        page = await page.Form("Confirm and finish").SubmitAsync("Confirm and finish");

        Assert.EndsWith(words, Assert.Single(page.Errors), StringComparison.Ordinal);
        Assert.Equal($"/schools/{setup.School.Code}/users/pending", page.Link(page.Errors[0]));
        Assert.Contains("other@school.example", page.Words(), StringComparison.Ordinal);
        Assert.Equal(0, await factory.Get<Database>().ReadAsync(OrganisationScope.Server, db => db.Set<Invitation>().CountAsync()));
    }

    [Fact]
    public async Task About_AddressOfSomebodyElse_IsRefusedThere()
    {
        await using var factory = await AscentFactory.StartAsync();
        var setup = await factory.Data.AddMemberAsync(await factory.Data.AddPrimaryAsync(), Permission.SchoolSetup);
        await factory.Data.InviteAsync(setup);

        var page = await (await BeginAsync(factory, setup)).Form("Forename").Fill("Email", setup.Email.ToUpperInvariant()).SubmitAsync();

        Assert.Contains("is in this school already: active", Assert.Single(page.Errors), StringComparison.Ordinal);
    }

    private static async Task<Page> BeginAsync(AscentFactory factory, TestMember by)
    {
        var list = await (await factory.SignInAsync(by)).GetAsync($"/schools/{by.School.Code}/users/pending");
        return await (await list.Form("ids").SubmitAsync("Withdraw and create again")).ArriveAsync();
    }
}
