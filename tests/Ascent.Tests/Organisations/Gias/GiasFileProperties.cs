using System.Text;
using Ascent.Organisations.Gias;
using CsCheck;
using Xunit;

namespace Ascent.Tests.Organisations.Gias;

public class GiasFileProperties
{
    private const int Cases = 2_000;

    // Of these trouble is made: separators, quotes, line ends, codes, odd characters.
    private static readonly string[] Odd =
        [",", "\"", "\"\"", "\n", "\r", "\r\n", "\0", ";", "\u001a", "\u2028", "\u202e", "é", "\ufffd", "900101", "900102", "999", "2", "11", "x", ""];

    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.OneOf(Odd),
        Gen.Const(GiasText.Row()),
        Gen.String[0, 20]);

    private static readonly Gen<byte[]> AnyFile = Gen.OneOf(
        Gen.Byte.Array[0, 400],
        Piece.Array[0, 60].Select(pieces => Encoding.UTF8.GetBytes($"{GiasText.Heading}\n{string.Concat(pieces)}")),
        Gen.Select(Piece.Array[0, 60], Gen.Byte.Array[0, 40], (pieces, bytes) => (byte[])[.. GiasText.Windows1252.GetBytes($"{GiasText.Heading}\n{string.Concat(pieces)}"), .. bytes]));

    [Fact]
    public void Read_AnyBytes_NeverThrowsAndKeepsItsPromises() =>
        AnyFile.Sample(bytes =>
        {
            var opened = GiasFile.Open(new MemoryStream(bytes));
            if (!opened.Succeeded)
            {
                Assert.All(opened.Refusals, refusal => Assert.NotEmpty(refusal.Message));
                return;
            }
            using var file = opened.Value;
            var physicalLines = bytes.Count(b => b is (byte)'\n' or (byte)'\r') + 1;
            var last = 1;
            var urns = new HashSet<string>();
            foreach (var (school, refused) in file.Read())
            {
                Assert.True(school is null != refused is null);
                var line = school?.Line ?? refused!.Line;
                Assert.InRange(line, last + 1, physicalLines);
                last = line;
                if (school is null)
                {
                    Assert.NotEmpty(refused!.Reason);
                    continue;
                }
                Assert.True(urns.Add(school.Urn));
                Assert.InRange(school.Name.Length, 1, 200);
                Assert.True(school.LowAge is null or (>= 0 and <= 120));
            }
        }, iter: Cases);

    [Fact]
    public void Read_FilesAsTheRegisterWritesThem_GivesBackWhatWasWritten() =>
        Gen.Select(Gen.Int[100_000, 999_999], Name, Name, Gen.Int[0, 7], Gen.Int[0, 18]).Array[1, 20].Sample(schools =>
        {
            var unique = schools.DistinctBy(s => s.Item1).ToArray();
            var file = GiasText.File([.. unique.Select(s => GiasText.Row(urn: $"{s.Item1}", name: Quoted(s.Item2), town: Quoted(s.Item3), phase: $"{s.Item4}", low: $"{s.Item5}"))]);

            var read = GiasText.Read(file).ConvertAll(l => l.School!);

            Assert.Equal(unique.Select(s => (s.Item1.ToString(System.Globalization.CultureInfo.InvariantCulture), s.Item2, s.Item3, s.Item4, (int?)s.Item5)), read.Select(s => (s.Urn, s.Name, s.Town!, (int)s.Phase, s.LowAge)));
        }, iter: Cases);

    private static Gen<string> Name => Gen.Char["ABCxyz,\"'–é&"].Array[1, 30].Select(chars => new string(chars));

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
