using System.Text;
using Ascent.Reference.National;
using Ascent.TestSupport;

namespace Ascent.Tests.Reference.National;

/// <summary>A file with one thing wrong is refused as a whole, with the reason.</summary>
public sealed class RefusedFilesTests(EmptyReferenceHost empty) : IClassFixture<EmptyReferenceHost>, IDisposable
{
    private readonly NationalFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string[] Estimates(Func<List<string>, List<string>>? harm = null)
    {
        List<string> lines = [NationalFolder.EstimatesHeading, .. NationalFolder.EstimateRows(2024, "final")];
        return [.. harm?.Invoke(lines) ?? lines];
    }

    private static List<string> With(List<string> lines, int at, string line)
    {
        lines[at] = line;
        return lines;
    }

    public static TheoryData<string, string[], string> Harmed => new()
    {
        { NationalFolder.Estimates, Estimates(l => With(l, 0, l[0].Replace("open_estimate", "open", StringComparison.Ordinal))), "no column open_estimate" },
        { NationalFolder.Estimates, Estimates(l => With(l, 0, l[0].Replace("open_estimate", "pag", StringComparison.Ordinal))), "“pag” is there twice" },
        { NationalFolder.Estimates, Estimates(l => With(l, 5, l[5].Replace(",15,", ",about 15,", StringComparison.Ordinal))), "line 6: “about 15” in att8_estimate is no number" },
        { NationalFolder.Estimates, Estimates(l => With(l, 5, l[5].Replace(",15,", ",NaN,", StringComparison.Ordinal))), "is no number" },
        { NationalFolder.Estimates, Estimates(l => With(l, 5, l[5].Replace(",15,", ",1e1,", StringComparison.Ordinal))), "is no number" },
        { NationalFolder.Estimates, Estimates(l => With(l, 5, l[5].Replace(",15,", ",150,", StringComparison.Ordinal))), "not between 0 and 95" },
        { NationalFolder.Estimates, Estimates(l => With(l, 5, l[5].Replace("final", "draft", StringComparison.Ordinal))), "none of provisional, revised and final" },
        { NationalFolder.Estimates, Estimates(l => With(l, 5, l[5].Replace("2024", "24", StringComparison.Ordinal))), "line 6" },
        { NationalFolder.Estimates, Estimates(l => With(l, 5, l[4])), "line 6: group 4 is there twice" },
        { NationalFolder.Estimates, Estimates(l => With(l, 5, l[5].Replace("90.5", "91", StringComparison.Ordinal))), "are not those of group 5" },
        { NationalFolder.Estimates, Estimates(l => l[..30]), "has no group 30" },
        { NationalFolder.Estimates, Estimates(l => [.. l[..34], l[34][..20]]), "cells, the heading has 10" },
        { NationalFolder.Estimates, Estimates(l => l[..1]), "nothing in the file" },
        { NationalFolder.Estimates, ["\"ks4_year,status"], "no heading" },
        { NationalFolder.Deviations, ["ks4_year,status,sd_p8,sd_english,sd_maths,sd_ebacc,sd_open", "2024,final,1,1,1,1,1", "2024,final,1,1,1,1,1"], "line 3: 2023/24 (Final) is there twice" },
        { NationalFolder.Deviations, ["ks4_year,status,sd_p8,sd_english,sd_maths,sd_ebacc,sd_open", "2024,final,0,1,1,1,1"], "sd_p8 is 0" },
        { NationalFolder.Table, ["measure_code,measure", "TotAbs,x"], "no column of a year" },
        { NationalFolder.Table, ["measure_code,2024", "TotAbs,7.1", "TotAbs,7.1"], "line 3: TotAbs of 2023/24 is there twice" },
        { NationalFolder.Table, ["measure_code,2024", "TotAbs,101"], "not between 0 and 100" },
        { NationalFolder.Table, ["measure_code,2024", "NotOurs,much"], "is no number" },
        { NationalFolder.Table, ["measure_code,2024", "KS1W_Expected _STD,60", "KS1W_Expected_STD,61"], "under another name too" },
        { NationalFolder.Series, ["topic,measure_code,year,england_value", "T,TotAbs,2024 (guess),7.1"], "“2024 (guess)” is no year" },
        { NationalFolder.Series, ["topic,measure_code,year,england_value", "T,TotAbs,2024,7.1", "T,TotAbs,2024,7.2"], "there twice" },
        { NationalFolder.Grades, [NationalFolder.GradesHeading, "History,100,10,10,10,10,10,10,10,10,10,9"], "do not add up to 100" },
        { NationalFolder.Grades, [NationalFolder.GradesHeading, "History,100,10,10,10,10,10,10,10,10,10,10", "History,100,10,10,10,10,10,10,10,10,10,10"], "there twice" },
        { "gcse_grade_distribution_latest_end_of_ks4.csv", [NationalFolder.GradesHeading, "History,100,10,10,10,10,10,10,10,10,10,10"], "no year" },
        { NationalFolder.Schools, [SchoolsHeading, "special,ATT8SCR,1,2,3,4,5,6,7,8,9,10,11,12,13,14,13"], "p99 lies below p95" },
    };

    private static string SchoolsHeading => "scope,field,p01,p05,p10,p20,p25,p30,p40,p50,p60,p70,p75,p80,p90,p95,p99";

    [Theory, MemberData(nameof(Harmed))]
    public async Task Load_FileWithOneFault_IsRefusedAsAWhole(string name, string[] lines, string reason)
    {
        folder.Write(name, lines);

        Assert.Contains(reason, await RefusedAsync(), StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> NoText => new()
    {
        { "wide characters without a mark", Encoding.Unicode.GetBytes(string.Join('\n', Estimates())), "bytes that no text has" },
        { "a mark and then bytes of another encoding", [.. Encoding.UTF8.Preamble, .. Encoding.Latin1.GetBytes(string.Join('\n', Estimates()) + "\né")], "mean nothing in UTF-8" },
        { "packed", [0x1f, 0x8b, 8, 0], "gzip" },
        { "a spreadsheet", "PK\u0003\u0004"u8.ToArray(), "spreadsheet" },
        { "nothing", [], "empty" },
    };

    [Theory, MemberData(nameof(NoText))]
    public async Task Load_NoText_IsRefused(string what, byte[] bytes, string reason)
    {
        folder.Write(NationalFolder.Estimates, bytes);

        Assert.True((await RefusedAsync()).Contains(reason, StringComparison.Ordinal), what);
    }

    [Fact]
    public async Task Load_HugeFile_IsRefusedUnread()
    {
        using (var file = File.Create(folder.Path(NationalFolder.Estimates)))
            file.SetLength(1L << 40);

        Assert.Contains("longer than 16 MB", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_TransitionWithALostRow_IsRefused()
    {
        folder.WriteTransition("Revised", ("History", ["Less than 80", "100 - 102", "No scaled score"], true));
        var lines = await File.ReadAllLinesAsync(folder.Path(NationalFolder.Transition));
        folder.Write(NationalFolder.Transition, [.. lines.Where(l => !l.Contains("100 - 102", StringComparison.Ordinal))]);

        Assert.Contains("the groups of History do not add up", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("All state-funded", "All schools", "only “All state-funded” is taken")]
    [InlineData("100 - 102", "100 - 103", "no group of prior attainment")]
    [InlineData(",46\r", ",47\r", "do not add up to all_grades")]
    [InlineData("202324", "2024", "no school year")]
    [InlineData("Total,History", "Total,Art and Design", "has no row “Total”")]
    public async Task Load_TransitionOfOtherPupilsOrGroups_IsRefused(string from, string to, string reason)
    {
        folder.WriteTransition("Revised", ("History", ["100 - 102", "No scaled score"], true));
        await File.WriteAllTextAsync(folder.Path(NationalFolder.Transition), (await File.ReadAllTextAsync(folder.Path(NationalFolder.Transition))).Replace(from, to, StringComparison.Ordinal));

        Assert.Contains(reason, await RefusedAsync(), StringComparison.Ordinal);
    }

    private async Task<string> RefusedAsync()
    {
        var host = await empty.Host;

        var load = await folder.LoadAsync(host);

        Assert.Equal(0, await host.CountAsync<NationalDataset>());
        Assert.Equal(0, (await NationalFolder.FiguresAsync(host)).Version);
        return Assert.Single(load.Files).Refused!.Message;
    }
}

/// <summary>A server on which nothing was loaded, for tests that leave it so.</summary>
public sealed class EmptyReferenceHost : IAsyncDisposable
{
    public Task<AscentHost> Host { get; } = AscentHost.StartAsync();

    public async ValueTask DisposeAsync() => await (await Host).DisposeAsync();
}
