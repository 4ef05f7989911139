using System.Text;
using Ascent.Shared.Text;
using CsCheck;

namespace Ascent.Tests.Shared.Text;

public sealed class GarbledTextTests
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly string[] Names =
        ["Zoë", "Renée O’Neill", "Núñez", "François", "Siân", "Jürgen Müller", "Søren Åström", "Łukasz Zając", "Ärla Öberg", "JOSÉ–MARIA", "Chloé’s", "Ânia", "Ãngelo", "Åsa", "Ægir", "李小龍", "Ανna", "d’Été", "SIMÃO", "Äppelbäck"];

    [Fact]
    public void Repair_NamesAsTheyAre_AreLeftAlone() => Assert.All(Names, name => Assert.Null(GarbledText.Repair(name)));

    [Theory]
    [InlineData("Zoë")]
    [InlineData("Renée")]
    [InlineData("O’Neill")]
    [InlineData("Núñez")]
    [InlineData("À la")]
    [InlineData("Ärla Öberg")]
    [InlineData("Łukasz")]
    public void Repair_Utf8ReadAsWindows1252_SaysWhatWasMeant(string name) => Assert.Equal(name, GarbledText.Repair(Windows1252.GetString(Encoding.UTF8.GetBytes(name))));

    [Fact]
    public void Repair_AnyText_NeverThrowsAndGivesNothingLonger() =>
        Gen.String.Sample(text => Assert.True(GarbledText.Repair(text) is not { } repaired || repaired.Length < text.Length));

    [Theory]
    [InlineData("Zo\ufffd", true)]
    [InlineData("Zo\u0081", true)]
    [InlineData("Zoë", false)]
    public void HasLostCharacter_Text_IsSeen(string text, bool lost) => Assert.Equal(lost, GarbledText.HasLostCharacter(text));
}
