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
        // Doors that lead home before the page is asked.
        var without = all.Where(e => e is { IsPage: true, Method: "GET" } && !all.Any(o => o.Pattern == e.Pattern && o is { Method: "POST", Handler: "" })
            && !e.Pattern.EndsWith("/reset-code", StringComparison.Ordinal) && e.Pattern != "/schools/{urn}/second-factor").ToList();

        var refused = 0;
        foreach (var endpoint in without.DistinctBy(e => e.Pattern))
        {
            var request = (endpoint with { Method = "POST", Handler = handler }).Bare(server.School.Code, $"{server.Setup.MembershipId:N}", token);
            using var message = request.ToMessage();
            using var response = await server.Browser.Client.SendAsync(message);
            // A page that first looks for what it is about, or for who may see it, says that there is nothing.
            Assert.True(response.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound or HttpStatusCode.Found, $"POST {request.Address} answered {(int)response.StatusCode}");
            refused += response.StatusCode == HttpStatusCode.MethodNotAllowed ? 1 : 0;
        }
        Assert.True(refused >= 20, $"Only {refused} pages");
    }
}
