using System.Net;
using System.Reflection;
using Ascent.SchoolData.Imports;
using Ascent.Shared;
using Ascent.TestSupport;
using Ascent.Web.Pages.SchoolData;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Pages.SchoolData;

public sealed class DataLinksTests
{
    [Fact]
    public async Task Links_All_LeadToAPage()
    {
        await using var server = await SchoolServer.StartAsync();
        var id = await server.Data.AddPupilAsync(server.Setup);
        var import = (await server.Data.ImportAsync(server.Setup, $"{TestData.RollHeading}\n{server.Data.NextUpn()},Haq,Yusuf,04/03/2018,M,4")).Id;
        await server.Data.ConfirmAsync(server.Setup, (await server.Factory.Get<ReadImports>().FindAsync(import, server.Setup.Actor, CancellationToken.None))!.Value.Import);
        var waiting = await server.Data.ReceiveAsync(server.Setup, $"{TestData.RollHeading},House\n{server.Data.NextUpn()},Haq,Yusuf,04/03/2018,M,4,Red");
        var its = await server.Data.AddClassAsync(server.Setup);
        var deleted = await server.Data.AddPupilAsync(server.Setup);
        await server.Factory.Get<Ascent.SchoolData.Pupils.DeletePupils>().ExecuteAsync(new([deleted]), 1, server.Setup.Actor, default);
        var methods = typeof(DataLinks).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

        Assert.True(methods.Length >= 25);
        foreach (var method in methods)
        {
            var address = (string)method.Invoke(null, [.. method.GetParameters().Select(p => p.Name switch { "urn" => (object)server.School.Code, "id" => id, "importId" => method.Name == nameof(DataLinks.ImportColumns) ? waiting : import, "format" => "csv", "layout" => "wide", "classId" => its, "year" => new NcYear(10), "deletedId" => deleted, "ids" => new[] { id }, "day" => new DateOnly(2020, 1, 1), "what" => "added", _ => throw new InvalidOperationException(p.Name) })])!;
            Assert.Equal((address, HttpStatusCode.OK), (address, (await server.Browser.GetAsync(address)).Status));
        }
    }
}
