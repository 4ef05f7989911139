using System.Text.RegularExpressions;
using Ascent.Reference;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Results;
using Ascent.Shared;
using Ascent.TestSupport;

namespace Ascent.Tests.Demo;

/// <summary>What docs/demonstration.md says is odd on purpose is there, and what is not named there is not odd in that way.</summary>
[Collection(SeededDemonstration.Name)]
public sealed partial class OdditiesTests(SeededDemonstration seeded)
{
    [Fact]
    public async Task Document_EveryNameInIt_IsAPupil()
    {
        var names = (await seeded.PupilsAsync()).Select(p => p.Pupil.FullName).ToHashSet(StringComparer.Ordinal);
        var named = NameInBold().Matches(await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "demonstration.md"))).Select(m => m.Groups[1].Value).ToArray();

        Assert.True(named.Length > 30);
        Assert.Empty(named.Except(names));
    }

    [Theory]
    [InlineData("UN1", "Ottilie Marsh")]
    [InlineData("UN2", "Sebastian Thorne")]
    [InlineData("UN3", "Nikola Petrović")]
    [InlineData("UN4", "Kayden Moss")]
    [InlineData("UN5", "Leighton Shore")]
    [InlineData("UN7", "Wren Ackroyd")]
    [InlineData(null, "Posy Lockett")]
    public async Task WithoutUpn_EachReason_HasOnePupil(string? reason, string name) =>
        Assert.Equal(name, (await seeded.PupilsAsync()).Single(p => p.Pupil.Upn is null && p.Pupil.UpnReason == reason).Pupil.FullName);

    [Fact]
    public async Task Numbers_TemporaryAndFormer_AreThere()
    {
        var temporary = (await seeded.PupilsAsync()).Where(p => p.Pupil.Upn is { } upn && Upn.Read(upn).Upn!.Value.IsTemporary).Select(p => p.Pupil.FullName).Distinct().Order(StringComparer.Ordinal);
        var former = Assert.Single(await (await seeded.OnAsync(DatabaseKind.Sqlite)).ReadAllAsync<FormerUpn>());

        Assert.Equal(["Dorotea Vrankić", "Iskra Dimitrova", "Tomás Ó Briain"], temporary);
        Assert.True(Upn.Read(former.Upn).Upn!.Value.IsTemporary);
        Assert.Equal("Ruaridh MacInnes", (await seeded.PupilsAsync()).Single(p => p.Pupil.Id == former.PupilId).Pupil.FullName);
    }

    [Fact]
    public async Task OutOfYear_OnTheRoll_AreThreeAndNoMore() =>
        Assert.Equal(["Bertie Larch", "Corin Dace", "Philippa Greyling"], (await seeded.PupilsAsync())
            .Where(p => p.Pupil.LeftOn is null && p.Pupil.Year != NcYear.ByAge(p.Pupil.BornOn, AcademicYear.StartingIn(2026))).Select(p => p.Pupil.FullName).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Namesakes_InOneYear_DifferByTheBirthdayOrByTheNumberAlone()
    {
        var pupils = (await seeded.PupilsAsync()).Where(p => p.Urn == "900001").Select(p => p.Pupil).ToArray();
        var same = pupils.GroupBy(p => p.FullName).Where(g => g.Count() > 1).ToDictionary(g => g.Key, g => g.ToArray());

        Assert.Equal(["Amelia Khan", "Noah Williams"], same.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, same["Amelia Khan"].Select(p => p.BornOn).Distinct().Count());
        Assert.Equal((1, 2), (same["Noah Williams"].Select(p => p.BornOn).Distinct().Count(), same["Noah Williams"].Select(p => p.Upn).Distinct().Count()));
    }

    [Fact]
    public async Task ComingAndGoing_EachWay_IsThere()
    {
        var pupils = await seeded.PupilsAsync();
        var host = await seeded.OnAsync(DatabaseKind.Sqlite);
        var stays = (await host.ReadAllAsync<FormerSchool>()).ToLookup(s => s.PupilId);

        Assert.Equal(new(2026, 12, 18), Named("Marlowe Finch").Single().Pupil.LeftOn);
        Assert.Equal(["9992001", "9992012"], stays[Named("Saoirse Whelan").Single().Pupil.Id].Select(s => s.Number).Order(StringComparer.Ordinal));
        Assert.Equal(["900002", "900006"], Named("Imogen Castellanos").Where(p => p.Pupil.LeftOn is null).Select(p => p.Urn).Order(StringComparer.Ordinal));
        Assert.Single(Named("Imogen Castellanos").Select(p => p.Pupil.Upn).Distinct());
        Assert.Equal(9, PupilCharacteristics.Fields.Count(f => Named("Jun-seo Baek").Single().Pupil.Characteristics.TextOf(f).Length == 0));

        IEnumerable<SeededPupil> Named(string name) => pupils.Where(p => p.Pupil.FullName == name);
    }

    // Grades of examinations are for the lists of examinations; up to Year 6 everything but the two is understood.
    [Fact]
    public async Task Results_NotUnderstood_AreTheTwoOnPurpose()
    {
        var not = (await seeded.PupilsAsync()).SelectMany(p => p.Results.Where(r => r.Stage is not ("KS4" or "KS5") && r.Kind == ResultKind.NotUnderstood).Select(r => (p.Pupil.FullName, r.Value)));

        Assert.Equal([("Caspian Rowe", "26"), ("Marigold Peake", "Wx")], not.OrderBy(r => r.FullName, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("MTC", "A", "U", "X", "J", "B")]
    [InlineData("PHO", "A", "D")]
    [InlineData("REA", "A", "B", "T")]
    [InlineData("GCSE", "U", "X")]
    public async Task Results_CodesInPlaceOfAMark_AreThere(string component, params string[] codes)
    {
        var values = (await seeded.PupilsAsync()).SelectMany(p => p.Results).Where(r => r.Component == component).Select(r => r.Value).ToHashSet(StringComparer.Ordinal);

        Assert.All(codes, code => Assert.Contains(code, values));
    }

    private static string Root()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Ascent.slnx")))
            root = root.Parent!;
        return root.FullName;
    }

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex NameInBold();
}
