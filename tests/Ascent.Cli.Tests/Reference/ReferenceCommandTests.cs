namespace Ascent.Cli.Tests.Reference;

public sealed class ReferenceCommandTests : IAsyncLifetime
{
    private Operator person = null!;
    private string folder = null!;

    public async ValueTask InitializeAsync()
    {
        person = await Operator.WithSchoolsAsync("900101,Elmfield School,2,4,1");
        folder = Directory.CreateDirectory(Path.Combine(person.Folder, "published")).FullName;
    }

    public ValueTask DisposeAsync() => person.DisposeAsync();

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(folder, name), lines);

    [Fact]
    public async Task Load_Folder_TellsWhatCameAndListShowsIt()
    {
        Write("national_headlines_england.csv", "measure_code,2024,2025", "TotAbs,7.1,7.0", "Other,1,2");
        Write("notes.txt", "Mine.");
        Assert.Contains("Illustrative England", (await person.RunAsync("reference", "list")).Output, StringComparison.Ordinal);

        var load = await person.RunAsync("reference", "load", folder, "--json");

        Assert.Equal((ExitCode.Done, false), (load.Code, load.Json.GetProperty("dryRun").GetBoolean()));
        var file = load.Json.GetProperty("files")[0];
        Assert.Equal(("Headlines", 2, 0, 1), (file.GetProperty("kind").GetString(), file.GetProperty("added").GetInt32(), file.GetProperty("changed").GetInt32(), file.GetProperty("leftOut").GetInt32()));
        Assert.Contains("notes.txt", load.Error, StringComparison.Ordinal);
        var list = await person.RunAsync("reference", "list");
        Assert.Equal(ExitCode.Done, list.Code);
        Assert.Contains("Headlines (table)", list.Output, StringComparison.Ordinal);
        Assert.Contains("2024/25", list.Output, StringComparison.Ordinal);
        Assert.Contains("Final", list.Output, StringComparison.Ordinal);
        Assert.Equal("reference-loaded", (await person.RunAsync("audit", "list", "--kind", "reference-loaded", "--json")).Json.GetProperty("entries")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Load_DryRun_ChangesNothing()
    {
        Write("national_headlines_england.csv", "measure_code,2024", "TotAbs,7.1");

        var load = await person.RunAsync("reference", "load", folder, "--dry-run");

        Assert.Equal(ExitCode.Done, load.Code);
        Assert.Contains("dry run", load.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await person.RunAsync("reference", "list", "--json")).Json.GetArrayLength());
    }

    [Fact]
    public async Task Load_RefusedFile_EndsWithOneAndSaysWhy()
    {
        Write("national_headlines_england.csv", "measure_code,2024", "TotAbs,much");
        Write("lait_england_timeseries.csv", "topic,measure_code,year,england_value", "A,TotAbs,2024,7.1");

        var load = await person.RunAsync("reference", "load", folder);

        Assert.Equal(ExitCode.Refused, load.Code);
        Assert.Contains("national_headlines_england.csv: line 2: “much” in 2024 is no number", load.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await person.RunAsync("reference", "list", "--json")).Json.GetArrayLength());
    }

    [Fact]
    public async Task Load_NothingThere_EndsWithFour()
    {
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("reference", "load", folder)).Code);
        Assert.Equal(ExitCode.NotFound, (await person.RunAsync("reference", "load", Path.Combine(folder, "nowhere"))).Code);
        Assert.Equal(ExitCode.Usage, (await person.RunAsync("reference", "load")).Code);
    }
}
