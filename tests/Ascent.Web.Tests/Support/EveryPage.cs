using Ascent.Accounts.Above;
using Ascent.Organisations;
using Ascent.Organisations.Reach;
using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Pages.Bodies;
using Ascent.Web.Pages.Operator;

namespace Ascent.Web.Tests.Support;

/// <summary>Every page of the product in a state in which it has something to show, the refused and the missing ones too.</summary>
public static class EveryPage
{
    /// <summary>Gives the School setup holder of the server every right, and visits.</summary>
    public static async Task<IReadOnlyList<Page>> VisitAsync(SchoolServer server)
    {
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        var pending = await server.Data.InviteAsync(server.Setup, PermissionSet.Of(Permission.ManageData), email: "everypage@school.example");
        var link = await server.Data.LinkOfAsync(pending.MembershipId);
        var confirm = await new CreateUserWalk(server.Browser, server.School.Code).ConfirmAsync(email: "walk@school.example");
        var id = CreateUserWalk.Id(confirm);
        var visitor = server.Factory.OpenBrowser();
        var limited = await server.Factory.SignInAsync(await server.Data.AddMemberAsync(server.School));
        var member = await server.Data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports), "Every", "Body");
        var closed = await server.Data.AddMemberAsync(server.School, PermissionSet.None, "Closed", "Body");
        await server.Data.BringAsync(closed, Ascent.Accounts.MembershipState.Deactivated, server.Setup);
        await server.Data.AddFactorAsync(member.AccountId);
        await server.Data.AddFactorAsync(server.Setup.AccountId);
        var pages = new List<Page>();

        foreach (var path in (string[])["/sign-in", "/sign-in?signed-out=1", link, "/sign-up/unknown", "/help", "/accessibility", "/privacy", "/no/such/page"])
            pages.Add(await visitor.GetAsync(path));
        pages.Add(await (await visitor.GetAsync("/sign-in")).Form("Password").SubmitAsync());
        pages.Add(await (await visitor.GetAsync(link)).Form("Code").Fill("Code", "00000-00000").Fill("Password", "seven brass kettles").SubmitAsync());
        foreach (var path in (string[])["", "/administration", "/users", "/users/pending", "/users/manage", "/users/manage?q=nobody", "/users/review", "/users/review?show=all", "/users/review?q=nobody", "/users/explain", "/users/reset-codes", "/users/sign-in-rules", "/our-organisation", "/log", "/log?kind=exports&q=nobody", "/users/explain?page=reports", "/users/explain?page=data&q=every", "/data", "/reports", "/reports/ks2", "/reports/ks2/attainment", "/reports/ks2/groups", "/reports/ks2/context", "/reports/ks2/governors", "/reports/ks2/how/ks2-rwm", "/reports/ks4/subjects", "/reports/ks4/subjects/HIS", "/reports/school", "/reports/pupils", "/reports/ks2/pupils", "/reports/ks2/what-if", "/targets", "/targets/management", "/collaborate", "/collaborate/administration",
            "/tracking/reports", "/tracking/pupils", "/tracking/assessments", "/tracking/marks", "/tracking/set-up", $"/users/pending/{pending.MembershipId:N}/delete"])
            pages.Add(await server.Browser.GetAsync(server.Home + path));
        foreach (var deed in (string[])["", "/deactivate", "/reset", "/reset-second-factor", "/end-sessions", "/delete"])
            pages.Add(await server.Browser.GetAsync($"{server.Home}/users/manage/{member.MembershipId:N}{deed}"));
        foreach (var path in (string[])[$"{server.Setup.MembershipId:N}", $"{closed.MembershipId:N}", $"{closed.MembershipId:N}/reactivate", $"deactivate?id={member.MembershipId:N}&id={closed.MembershipId:N}", $"end-date?id={member.MembershipId:N}", $"../explain?page=reports&person={member.MembershipId:N}"])
            pages.Add(await server.Browser.GetAsync($"{server.Home}/users/manage/{path}"));
        foreach (var step in (string[])["about", "role", "administration", "reports", "tracking", "confirm", "end-date"])
            pages.Add(await server.Browser.GetAsync($"{server.Home}/users/create/{step}?j={id}"));
        pages.Add(await (await server.Browser.GetAsync($"{server.Home}/users/create/about")).Form("Forename").SubmitAsync());
        var template = await server.Data.AddTemplateAsync(server.Setup, "Every template", PermissionSet.Of(Permission.SchoolReports));
        foreach (var path in (string[])["", "/add", $"/{template:N}", $"/{template:N}/change", $"/{template:N}/change?give=1", $"/{template:N}/delete"])
            pages.Add(await server.Browser.GetAsync($"{server.Home}/users/templates{path}"));
        var pupil = await server.Data.AddPupilAsync(server.Setup, (Ascent.SchoolData.Pupils.PupilField.Upn, server.Data.NextUpn()));
        foreach (var path in (string[])["", "/pupils", "/pupils?q=nobody", "/pupils/add", $"/pupils/{pupil:N}", $"/pupils/{pupil:N}/edit", $"/pupils/{pupil:N}/leave", $"/pupils/{pupil:N}/readmit"])
            pages.Add(await server.Browser.GetAsync($"{server.Home}/data{path}"));
        await ImportPagesAsync(server, pages);
        var gone = await server.Data.AddPupilAsync(server.Setup);
        await server.Factory.Get<Ascent.SchoolData.Pupils.DeletePupils>().ExecuteAsync(new([gone]), 1, server.Setup.Actor, default);
        foreach (var path in (string[])[$"/pupils/delete?id={pupil:N}", $"/pupils/delete?id={gone:N}", "/pupils/delete-leavers", "/pupils/deleted", "/pupils/deleted?q=nobody", $"/pupils/deleted/{gone:N}/erase", "/pupils?not-known=eal", "/summary"])
            pages.Add(await server.Browser.GetAsync($"{server.Home}/data{path}"));
        pages.Add(await (await server.Browser.GetAsync($"{server.Home}/data/pupils/add")).Form("Surname").Fill("Surname", "").SubmitAsync());
        pages.AddRange(await ClassesAsync(server, pupil));
        var list = await server.Browser.GetAsync(server.Home + "/users/pending");
        pages.Add(await list.Form("Show code").SubmitAsync("Show code"));
        pages.Add(await list.Form("Print slip").SubmitAsync("Print slip"));
        var given = await Ascent.Web.Tests.Pages.Accounts.CreateUsers.StaffListWalk.GiveAsync(server, "Every,Row,every.row@school.example,Teacher", "No,Mail,nowhere,Teacher");
        pages.Add(await server.Browser.GetAsync($"{server.Home}/users/create-multiple"));
        pages.Add(await server.Browser.GetAsync($"{server.Home}/users/create-multiple/mend?j={given:N}&row=2"));
        var rows = await server.Browser.GetAsync($"{server.Home}/users/create-multiple/rows?j={given:N}");
        pages.Add(rows);
        pages.Add(await (await rows.Form("Confirm and create").SubmitAsync("Confirm and create")).ArriveAsync());
        pages.Add(await pages[^1].Form("Open the slips").SubmitAsync("Open the slips"));
        pages.AddRange(await AboveAsync(server));
        pages.AddRange(await OrganisationsAsync(server));
        pages.Add(await server.Browser.GetAsync("/terms"));
        pages.Add(await server.Browser.GetAsync("/profile/privacy"));
        pages.AddRange(await FactorsAsync(server, member));
        pages.Add(await server.Browser.GetAsync(link));
        pages.Add(await limited.GetAsync(server.Home));
        pages.Add(await limited.GetAsync(server.Home + "/reports"));
        pages.Add(await list.Form("Show code").Tamper("form", "x").SubmitAsync("Show code"));
        return pages;
    }

    /// <summary>Links of the school, and the pages of an authority with a school of each sort.</summary>
    private static async Task<IReadOnlyList<Page>> AboveAsync(SchoolServer server)
    {
        var data = server.Data;
        var officer = await data.AddBodyMemberAsync(await data.AddAuthorityAsync(), PermissionSet.Of(Permission.LaSetup, Permission.SchoolReports));
        var (own, shut) = (server.School, await data.AddPrimaryAsync());
        foreach (var school in (School[])[own, shut])
            await data.LinkAsync(school, officer.Body, ReachLevel.School);
        _ = (await server.Factory.Get<ProposeReach>().ExecuteAsync(new(own.Code, ReachLevel.Pupil, "Every agreement"), officer.Actor, default)).Value;
        _ = (await server.Factory.Get<LockSchool>().ExecuteAsync(new(shut.Code, "Every reason"), officer.Actor, default)).Value;
        var link = (await server.Factory.Get<ListReach>().ExecuteAsync(server.Setup.Actor, default)).Value.Present[0];
        var browser = await server.Factory.SignInAsync(officer.Email);
        var partner = await server.Factory.SignInAsync((await data.AddBodyMemberAsync(officer.Body, PermissionSet.None)).Email);
        var pages = new List<Page>();
        foreach (var path in (string[])[$"{server.Home}/our-organisation", $"{server.Home}/our-organisation?done=ended", $"{server.Home}/our-organisation/{link.LinkId:N}/end"])
            pages.Add(await server.Browser.GetAsync(path));
        var body = BodyLinks.Home(officer.Address);
        foreach (var path in (string[])[body, $"{body}/schools", $"{body}/schools?q=nobody", $"{body}/schools?done=locked&school={shut.Code}", $"{body}/schools/{own.Code}/lock", $"{body}/schools/{shut.Code}/unlock", $"/schools/{own.Code}", $"/schools/{own.Code}/reports", $"/schools/{shut.Code}"])
            pages.Add(await browser.GetAsync(path));
        pages.Add(await pages.Single(p => p.Path == $"{body}/schools/{own.Code}/lock").Form("Reason").SubmitAsync());
        pages.AddRange(await PeopleFromAboveAsync(server, officer, browser, shut));
        foreach (var path in (string[])[body, $"{body}/schools"])
            pages.Add(await partner.GetAsync(path));
        pages.AddRange(await CreatedAboveAsync(browser, officer, own));
        return pages;
    }

    /// <summary>"Create a user" of an authority, in each of its ways, and what schools are asked for.</summary>
    private static async Task<IReadOnlyList<Page>> CreatedAboveAsync(Browser browser, TestBodyMember officer, School school)
    {
        var walk = new BodyUserWalk(browser, officer.Address);
        var pages = new List<Page> { await browser.GetAsync(BodyLinks.CreateUserAnew(officer.Address)), await walk.AboutAsync("every@above.example") };
        pages.Add(await pages[^1].Form("Place").SubmitAsync());
        pages.Add(await walk.ChooseSchoolAsync("nobody"));
        pages.Add(await walk.OwnAsync());
        pages.Add(await (await pages[^1].Form("LaReports").SubmitAsync("Next")).FollowAsync());
        pages.Add(await (await pages[^1].Form("LaSetup").SubmitAsync()).FollowAsync());
        pages.Add(await pages[^1].ClickAsync("Change end date"));
        pages.Add(await walk.AtASchoolAsync(school.Code, "every@above.example"));
        pages.Add(await (await pages[^1].Form("SchoolReports").SubmitAsync()).FollowAsync());
        pages.Add(await walk.OwnAsync("SchoolImprovementPartner"));
        pages.Add(await pages[^1].Form("DataLevel").SubmitAsync("Next"));
        pages.Add(await walk.PartnerAsync(school.Code));
        foreach (var path in (string[])[BodyLinks.AskASchool(officer.Address), $"{BodyLinks.AskASchool(officer.Address)}?q={school.Code}", BodyLinks.Ask(officer.Address, school.Code), BodyLinks.Asked(officer.Address)])
            pages.Add(await browser.GetAsync(path));
        return pages;
    }

    /// <summary>The people of an authority and of its schools: lists, pages about one person of each state, refused ones, codes.</summary>
    private static async Task<IReadOnlyList<Page>> PeopleFromAboveAsync(SchoolServer server, TestBodyMember officer, Browser browser, School shut)
    {
        var (data, body) = (server.Data, BodyLinks.Home(officer.Address));
        var adviser = await data.AddBodyMemberAsync(officer.Body, PermissionSet.None.With(SchoolScope.SelectedSchools), [server.School]);
        var gone = await data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaReports));
        var again = await data.AddBodyMemberAsync(officer.Body, PermissionSet.Of(Permission.LaReports));
        _ = (await server.Factory.Get<Ascent.Accounts.DeactivateUser>().ExecuteAsync(gone.MembershipId, officer.Actor, default)).Value;
        _ = (await server.Factory.Get<Ascent.Accounts.ResetSignUp>().ExecuteAsync(again.MembershipId, officer.Actor, default)).Value;
        var below = BodyLinks.School(officer.Address, server.School.Code);
        var holder = await data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolSetup), "Every", "Holder");
        var teacher = await data.AddMemberAsync(server.School, PermissionSet.Of(Permission.SchoolReports), "Every", "Teacher");
        var waiting = await data.InviteAsync(server.Setup, PermissionSet.Of(Permission.SchoolReports), email: "every.waiting@school.example");
        var pages = new List<Page>();
        foreach (var path in (string[])["/users/manage", "/users/manage?q=nobody", "/users/manage?school=e", "/users/manage?school=nowhere", "/users/pending", "/users/pending?school=nowhere", "/users/reset-codes", "/users/sign-in-rules", "/log",
            $"/users/manage/{officer.MembershipId:N}", $"/users/manage/{gone.MembershipId:N}", $"/users/manage/{gone.MembershipId:N}/reactivate", $"/users/pending/{again.MembershipId:N}/edit", $"/users/pending/{again.MembershipId:N}/delete",
            $"/users/manage/deactivate?id={adviser.MembershipId:N}&id={officer.MembershipId:N}", $"/users/manage/end-date?id={adviser.MembershipId:N}", $"/users/pending/resend?id={again.MembershipId:N}", $"/users/pending/delete?id={again.MembershipId:N}"])
            pages.Add(await browser.GetAsync(body + path));
        foreach (var deed in (string[])["", "/deactivate", "/reset", "/reset-second-factor", "/end-sessions", "/delete"])
            pages.Add(await browser.GetAsync($"{body}/users/manage/{adviser.MembershipId:N}{deed}"));
        foreach (var path in (string[])["/users/manage", "/users/manage?q=nobody", "/users/pending", "/users/reset-codes", $"/users/manage/{holder.MembershipId:N}", $"/users/manage/{holder.MembershipId:N}/deactivate", $"/users/manage/{holder.MembershipId:N}/reset", $"/users/manage/{teacher.MembershipId:N}", $"/users/pending/{waiting.MembershipId:N}/edit"])
            pages.Add(await browser.GetAsync(below + path));
        pages.Add(await browser.GetAsync($"{BodyLinks.School(officer.Address, shut.Code)}/users/manage"));
        pages.Add(await (await browser.GetAsync($"{body}/users/manage/{adviser.MembershipId:N}")).Form("Version").Tick("LaSetup").SubmitAsync("Save"));
        var list = await browser.GetAsync($"{body}/users/pending");
        pages.Add(await list.Form("Show code").SubmitAsync("Show code"));
        pages.Add(await list.Form("Print slip").SubmitAsync("Print slip"));
        return pages;
    }

    /// <summary>The operator's pages of organisations: a school that is locked and one that is not, a body, and a choice of services before it is confirmed.</summary>
    private static async Task<IReadOnlyList<Page>> OrganisationsAsync(SchoolServer server)
    {
        var browser = await server.Factory.SignInAsync(await server.Data.AddOperatorAsync());
        var shut = await server.Data.AddPrimaryAsync();
        var body = await server.Data.AddTrustAsync();
        await server.Data.LinkAsync(shut, body, ReachLevel.School);
        _ = (await server.Factory.Get<LockSchool>().ExecuteAsync(new(shut.Code, "Every reason"), Ascent.Shared.Actor.Operator, default)).Value;
        var pages = new List<Page>();
        foreach (var path in (string[])[OperatorLinks.Organisations, $"{OperatorLinks.Organisations}?q=nobody", $"{OperatorLinks.Organisations}?kind=schools&show=locked", OperatorLinks.OrganisationAfter(server.School.Code, "limits"), OperatorLinks.Organisation(shut.Code),
            OperatorLinks.Organisation($"trust-{body.Code}"), OperatorLinks.Limits(shut.Code), OperatorLinks.Services(shut.Code), OperatorLinks.Unlock(shut.Code), OperatorLinks.Organisation("100000")])
            pages.Add(await browser.GetAsync(path));
        pages.Add(await pages.Single(p => p.Path == OperatorLinks.Limits(shut.Code)).Form("Save").Fill("Limits[0].Number", "x").SubmitAsync());
        pages.Add(await pages.Single(p => p.Path == OperatorLinks.Services(shut.Code)).Form("Go on").Tick("Services_0__Is-3").SubmitAsync());
        return pages;
    }

    /// <summary>Imports at every stage: columns to be told, a review with each kind of row, confirmed, undone.</summary>
    private static async Task ImportPagesAsync(SchoolServer server, List<Page> pages)
    {
        var (data, setup, imports) = (server.Data, server.Setup, $"{server.Home}/data/imports");
        await data.AddPupilAsync(setup, (Ascent.SchoolData.Pupils.PupilField.Forename, "Bo"));
        var done = await data.ImportAsync(setup, $"{TestData.RollHeading}\n{data.NextUpn()},Haq,Yusuf,04/03/2018,M,4");
        await data.ConfirmAsync(setup, done);
        var review = await data.ImportAsync(setup, $"{TestData.RollHeading}\n{data.NextUpn()},Price,Llew,04/03/2018,M,4\n{data.NextUpn()},Benson,Bo,04/03/2018,F,4\nX,Kerr,Ian,04/03/2018,M,4", isWholeRoll: true);
        var waiting = await data.ReceiveAsync(setup, $"{TestData.RollHeading},House\n{data.NextUpn()},Nowak,Zofia,04/03/2018,F,4,Red");
        foreach (var path in (string[])["", "/new", $"/{waiting:N}/columns", $"/{done.Id:N}", $"/{done.Id:N}/undo", $"/{review.Id:N}", .. Enum.GetNames<Ascent.SchoolData.Imports.ImportRowKind>().Select(kind => $"/{review.Id:N}?show={kind}"), $"/{review.Id:N}?show=Add&q=nobody"])
            pages.Add(await server.Browser.GetAsync(imports + path));
        var upn = data.NextUpn();
        await data.AddPupilAsync(setup, (Ascent.SchoolData.Pupils.PupilField.Forename, "Cy"), (Ascent.SchoolData.Pupils.PupilField.Upn, upn));
        var results = await data.ImportAsync(setup, $"UPN,Qualification,Subject,Year,Result\n{upn},GCSE,Maths,2025/26,7\n{upn},GCSE,French,2025/26,7.5\nX,GCSE,Maths,2025/26,5");
        var yearless = await data.ReceiveAsync(setup, $"UPN,GCSE Maths\n{upn},8");
        foreach (var path in (string[])[$"/{results.Id:N}", $"/{results.Id:N}?show=Change", $"/{yearless:N}/columns"])
            pages.Add(await server.Browser.GetAsync(imports + path));
        pages.Add(await (await server.Browser.GetAsync($"{imports}/new")).Form("Upload").SubmitAsync("Next: check the file"));
    }

    /// <summary>The pages of classes and subjects, with somebody in them and with nobody.</summary>
    private static async Task<IReadOnlyList<Page>> ClassesAsync(SchoolServer server, Guid pupil)
    {
        var pages = new List<Page> { await server.Browser.GetAsync($"{server.Home}/data/classes"), await server.Browser.GetAsync($"{server.Home}/data/subjects/4") };
        var (its, empty) = (await server.Data.AddClassAsync(server.Setup, "4A", year: "4"), await server.Data.AddClassAsync(server.Setup, "4/Ma1", Ascent.SchoolData.Classes.ClassKind.Teaching, "4"));
        await server.Data.PutInClassAsync(server.Setup, its, pupil);
        await server.Data.OfferAsync(server.Setup, new(4), "MAT", "SCI", "BIO");
        await server.Data.AssignAsync(server.Setup, pupil, "SCI", "BIO");
        foreach (var path in (string[])["classes", "classes?year=4", "classes/add", $"classes/{its:N}", $"classes/{empty:N}", $"classes/{its:N}/edit", $"classes/{empty:N}/pupils", $"classes/{empty:N}/pupils?q=nobody", $"classes/{its:N}/teachers", $"classes/{its:N}/delete",
            "subjects", "subjects/4", "subjects/4?show=without", $"subjects/4?class={its:N}&subject=SCI", "subjects/4/choose", "subjects/11/choose", "subjects/11"])
            pages.Add(await server.Browser.GetAsync($"{server.Home}/data/{path}"));
        pages.Add(await (await server.Browser.GetAsync($"{server.Home}/data/classes/add")).Form("Name").SubmitAsync());
        pages.Add(await (await server.Browser.GetAsync($"{server.Home}/data/subjects/4")).Form("columns").SubmitAsync("Assign the classes"));
        return pages;
    }

    /// <summary>The pages of second factors: adding one, the codes that are shown once, what asks for it, and a reset.</summary>
    private static async Task<IReadOnlyList<Page>> FactorsAsync(SchoolServer server, TestMember withFactor)
    {
        var pages = new List<Page>();
        var half = server.Factory.OpenBrowser();
        pages.Add(await (await half.SignInAsync(server.Setup.Email)).FollowAsync());
        pages.Add(await pages[^1].Form("FactorCode").Fill("FactorCode", "000000").SubmitAsync());
        var own = await server.Factory.SignInAsync(server.Setup);
        var profile = await own.GetAsync("/profile");
        pages.Add(profile);
        foreach (var path in (string[])["/profile/second-factor/passkey", $"/profile/second-factor/passkey?for={server.School.Code}", "/profile/second-factor/add", $"/profile/second-factor/add?for={server.School.Code}", "/profile/second-factor/recovery-codes", "/confirm-password", "/profile/password"])
            pages.Add(await own.GetAsync(path));
        foreach (var deed in (string[])["remove", "rename"])
            pages.Add(await own.GetAsync(profile.Document.QuerySelector($"a[href$='/{deed}']")!.GetAttribute("href")!));
        pages.Add(await (await own.GetAsync("/profile/second-factor/recovery-codes")).Form("Make new codes").SubmitAsync());
        var reset = await (await server.Browser.GetAsync($"{server.Home}/users/manage/{withFactor.MembershipId:N}/reset-second-factor")).Form("Reset second factor").SubmitAsync();
        pages.Add(await reset.FollowAsync());
        pages.Add(await pages[^1].Form("Show code").SubmitAsync("Show code"));
        pages.Add(await server.Factory.OpenBrowser().GetAsync(await server.PathAsync("/second-factor/reset/", withFactor.Email)));
        pages.Add(await server.Factory.OpenBrowser().GetAsync("/second-factor/reset/unknown"));
        return pages;
    }
}
