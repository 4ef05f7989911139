using Ascent.Reference;
using Ascent.Shared;

namespace Ascent.Tests.Reference;

public sealed class CodeListsTests
{
    // Two lists from two sources: what the census accepts in a UPN, and the authorities by name.
    [Fact]
    public void Authorities_OfTheList_MayStandInAUpn()
    {
        var named = Enumerable.Range(0, 1000).Select(n => $"{n:000}").Where(n => CodeLists.FindAuthority(n) is not null).ToArray();

        Assert.True(named.Length >= 188, $"Only {named.Length} were read");
        Assert.All(named, number => Assert.True(AuthorityNumbers.Includes(number), number));
    }

    [Fact]
    public void FindAuthority_AKnownNumber_HasItsNameAndRegion()
    {
        Assert.Equal(new Authority("202", "Camden", "London"), CodeLists.FindAuthority("202"));
        Assert.Equal("Bournemouth, Christchurch and Poole", CodeLists.FindAuthority("839")!.Name);
        Assert.Null(CodeLists.FindAuthority("000"));
    }

    [Fact]
    public void Find_ACode_DoesNotMindCapitals()
    {
        Assert.Equal(20, CodeLists.Ethnicities.Count);
        Assert.Equal("Any other White background", CodeLists.Ethnicities.Find(" woth ")!.Label);
        Assert.Equal(["N", "K", "E"], CodeLists.SenProvisions.Select(c => c.Value));
        Assert.Equal("Speech, language and communication needs", CodeLists.SenNeeds.Find("SLCN")!.Label);
        Assert.Null(CodeLists.SenNeeds.Find("K"));
        Assert.Null(CodeLists.Ethnicities.Find(null));
    }
}
