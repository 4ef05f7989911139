using System.Text.Json;
using Xunit;

namespace Ascent.Web.Tests.Components;

/// <summary>Our tag helpers against the examples in GOV.UK Frontend's own package: the same document, for all options that we support.</summary>
public sealed class GovukFixtureTests
{
    private static readonly string Package = Source("src/Ascent.Web/Assets/node_modules/govuk-frontend/dist/govuk/components");

    public static TheoryData<string, string> Supported()
    {
        var data = new TheoryData<string, string>();
        foreach (var component in FixtureMaps.All.Keys)
        {
            foreach (var fixture in Fixtures(component).Where(fixture => IsSupported(component, fixture))) data.Add(component, Name(fixture));
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public async Task Render_FixtureOptions_GivesFixtureMarkup(string component, string name)
    {
        var fixture = Fixtures(component).Single(fixture => Name(fixture) == name);
        var html = await FixtureMaps.All[component](new Options(fixture.GetProperty("options"))).RenderAsync();
        Assert.Equal(Dom.Normalise(fixture.GetProperty("html").GetString()!), Dom.Normalise(html));
    }

    /// <summary>Guards the guard: an option that is no longer read would leave its fixtures out in silence.</summary>
    [Theory]
    [InlineData("button", 30)]
    [InlineData("input", 25)]
    [InlineData("password-input", 9)]
    [InlineData("checkboxes", 30)]
    [InlineData("radios", 30)]
    [InlineData("date-input", 6)]
    [InlineData("select", 14)]
    [InlineData("error-summary", 10)]
    [InlineData("breadcrumbs", 10)]
    [InlineData("summary-list", 12)]
    [InlineData("notification-banner", 15)]
    [InlineData("fieldset", 15)]
    public void Supported_Component_CoversMostFixtures(string component, int atLeast)
    {
        var left = Fixtures(component).Where(fixture => !IsSupported(component, fixture)).Select(Name).ToList();
        Assert.True(Fixtures(component).Count - left.Count >= atLeast, $"Left out: {string.Join(", ", left)}");
    }

    private static bool IsSupported(string component, JsonElement fixture)
    {
        var options = new Options(fixture.GetProperty("options"));
        return !FixtureMaps.All[component](options).IsUnsupported && options.Unread().Count == 0;
    }

    private static List<JsonElement> Fixtures(string component)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Package, component, "fixtures.json")));
        return [.. document.RootElement.GetProperty("fixtures").Clone().EnumerateArray()];
    }

    private static string Name(JsonElement fixture) => fixture.GetProperty("name").GetString()!;

    internal static string Source(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ascent.slnx"))) folder = folder.Parent;
        return folder is not null ? Path.Combine(folder.FullName, path) : throw new InvalidOperationException("These tests run from within the repository.");
    }
}
