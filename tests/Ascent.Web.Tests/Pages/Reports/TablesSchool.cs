using Ascent.Reports.Cohorts;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Pupils;
using Ascent.TestSupport;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.Reports;

/// <summary>A school of three pupils who took the tables check last summer: Ash 17 and Cedar 9, who are disadvantaged, and Birch 25; and a set of Birch and Cedar.</summary>
internal sealed record TablesSchool(SchoolServer Server, Guid Ash, Guid Birch, Guid Cedar, Guid Set) : IAsyncDisposable
{
    public const string SetName = "5/Ma1";

    public string Reports => Server.Home + "/reports";

    public string Tables => Reports + "/tables";

    public string OfSet => $"class={Set:N}";

    public static async Task<TablesSchool> StartAsync()
    {
        var server = await SchoolServer.StartAsync();
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        var (ash, birch, cedar) = (await AddAsync(server, "Ash", "Y", "17"), await AddAsync(server, "Birch", "N", "25"), await AddAsync(server, "Cedar", "Y", "9"));
        var set = await server.Data.AddClassAsync(server.Setup, SetName, ClassKind.Teaching, "5");
        await server.Data.PutInClassAsync(server.Setup, set, birch, cedar);
        await BuildAsync(server);
        return new(server, ash, birch, cedar, set);
    }

    /// <param name="mark">Null for a pupil without a result.</param>
    public static async Task<Guid> AddAsync(SchoolServer server, string surname, string disadvantaged, string? mark)
    {
        var id = await server.Data.AddPupilAsync(server.Setup, (PupilField.Surname, surname), (PupilField.Year, "5"), (PupilField.Disadvantaged, disadvantaged));
        if (mark is not null)
            await server.Data.AddRecordsAsync(server.School.Id, (id, TestData.InFile([TestData.TablesCheck(mark)])));
        return id;
    }

    public static Task<bool> BuildAsync(SchoolServer server) => server.Factory.Get<BuildCohorts>().BuildAsync(server.School.Id, CancellationToken.None);

    /// <summary>A class of registration that somebody teaches.</summary>
    public async Task<Guid> TeachAsync(TestMember person, string name, params Guid[] pupils)
    {
        var its = await Server.Data.AddClassAsync(Server.Setup, name, year: "5");
        await Server.Data.PutInClassAsync(Server.Setup, its, pupils);
        _ = (await Server.Factory.Get<ChooseTeachers>().ExecuteAsync(new(its, [person.MembershipId], 2), Server.Setup.Actor, CancellationToken.None)).Value;
        return its;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
