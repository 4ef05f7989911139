using System.Net;
using Ascent.TestSupport;
using Ascent.TestSupport.Web;
using Ascent.Web.Tests.Authorization.Isolation;
using Ascent.Web.Tests.Support;

namespace Ascent.Web.Tests.Authorization;

/// <summary>A page answers what its handlers take, and is never shown without one of them.</summary>
public sealed class MethodTests
{
    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    public async Task Post_NoHandlerOfThePageTakesIt_IsRefusedEverywhere(string handler)
    {
        await using var server = await SchoolServer.StartAsync();
        await server.Factory.GiveAsync(server.Setup, Rights.All);
        var token = await Attempt.TokenAsync(server.Browser);
        var all = await Endpoint.AllAsync(server.Factory);
        // Doors that lead home before a page is chosen.
        var without = all.Where(e => e is { IsPage: true, Method: "GET" } && !all.Any(o => o.Pattern == e.Pattern && o is { Method: "POST", Handler: "" })
            && !e.Pattern.EndsWith("/reset-code", StringComparison.Ordinal) && e.Pattern != "/schools/{urn}/second-factor").ToList();

        foreach (var endpoint in without.DistinctBy(e => e.Pattern))
        {
            var request = (endpoint with { Method = "POST", Handler = handler }).Bare(server.School.Code, $"{server.Setup.MembershipId:N}", token);
            using var message = request.ToMessage();
            using var response = await server.Browser.Client.SendAsync(message);
            // An operator's page is not there for anybody else, whatever is sent.
            var expected = endpoint.Pattern.StartsWith("/operator", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.MethodNotAllowed;
            Assert.True(expected == response.StatusCode, $"POST {request.Address} answered {(int)response.StatusCode}");
        }
        Assert.True(without.Count >= 20, $"Only {without.Count} pages");
    }
}
