using System.Net;
using System.Reflection;
using Ascent.Shared;
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
        var its = await server.Data.AddClassAsync(server.Setup);
        var methods = typeof(DataLinks).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

        Assert.True(methods.Length >= 19);
        foreach (var method in methods)
        {
            var address = (string)method.Invoke(null, [.. method.GetParameters().Select(p => p.Name switch { "urn" => (object)server.School.Code, "id" => id, "what" => "added", "classId" => its, "year" => new NcYear(10), _ => throw new InvalidOperationException(p.Name) })])!;
            Assert.Equal((address, HttpStatusCode.OK), (address, (await server.Browser.GetAsync(address)).Status));
        }
    }
}
