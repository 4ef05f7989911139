using System.Text;
using Ascent.Organisations.Gias;
using Ascent.Shared;
using Ascent.Shared.Csv;
using Ascent.Shared.Text;
using CsCheck;
using Xunit;

namespace Ascent.Tests.Organisations.Gias;

public class GiasFileProperties
{
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
    public void Read_SavedFile_KeepsItsPromises() => Assert.All(Corpus.Files("gias-files"), Holds);

    [Fact]
    public void Read_AnyBytes_KeepsItsPromises() => AnyFile.Hold(Holds);

    [Fact]
    public void Read_FilesAsTheRegisterWritesThem_GivesBackWhatWasWritten() =>
        Gen.Select(Gen.Int[100_000, 999_999], Name, Name, Gen.Int[0, 7], Gen.Int[0, 18]).Array[1, 20].Hold(schools =>
        {
            var unique = schools.DistinctBy(s => s.Item1).ToArray();
            // The last school’s name cannot be UTF-8, so that the file is what it is: alone, the bytes of “é––” would be both.
            var file = GiasText.File([.. unique.Select(s => GiasText.Row(urn: $"{s.Item1}", name: Quoted(s.Item2), town: Quoted(s.Item3), phase: $"{s.Item4}", low: $"{s.Item5}")), GiasText.Row(urn: "1000000", name: "Café")]);

            var read = GiasText.Read(file).ConvertAll(l => l.School!);

            Assert.Equal(unique.Select(s => (s.Item1.ToString(System.Globalization.CultureInfo.InvariantCulture), s.Item2, s.Item3, s.Item4, (int?)s.Item5)), read.SkipLast(1).Select(s => (s.Urn, s.Name, s.Town!, (int)s.Phase, s.LowAge)));
        });

    private static void Holds(byte[] bytes)
    {
        Result<List<GiasLine>>? read = null;
        var allocated = Property.Allocates(() => read = Read(new MemoryStream(bytes)));
        // Some buffers of the longest row, one bit for every URN, the rows themselves; and for each bad row at most one longest row again.
        var restarts = read!.Succeeded ? read.Value.Count(l => l.Refused is not null) : 0;
        Assert.InRange(allocated, 0, (16L << 20) + (48L * Math.Min(bytes.Length, CsvRows.LongestRow) * (restarts + 1)) + (48L * bytes.Length));
        // It does not matter in which pieces the bytes come.
        Assert.Equal(Words(read), Words(Read(new Trickle(bytes, 1))));
        Assert.Equal(Words(read), Words(Read(new Trickle(bytes, 4_097))));
        if (!read.Succeeded)
        {
            Assert.All(read.Refusals, refusal => Sound(refusal.Message, 1, 1_000));
            return;
        }
        LinesHold(bytes, read.Value);
        // What was read and is written as the register writes it is read as the same.
        var schools = read.Value.Select(l => l.School).OfType<GiasRow>().ToArray();
        Assert.Equal(schools.Select(s => s with { Line = 0 }), GiasText.Read(Written(schools)).Select(l => l.School! with { Line = 0 }));
    }

    private static void LinesHold(byte[] bytes, List<GiasLine> lines)
    {
        var physicalLines = bytes.Count(b => b is (byte)'\n' or (byte)'\r') + 1;
        var last = 1;
        foreach (var (school, refused) in lines)
        {
            Assert.True(school is null != refused is null);
            var line = school?.Line ?? refused!.Line;
            Assert.InRange(line, last + 1, physicalLines);
            last = line;
            if (refused is not null)
                Sound(refused.Reason, 1, 2_000);
            else
                SchoolHolds(school!);
        }
        Assert.Distinct(lines.Select(l => l.School?.Urn).OfType<string>());
    }

    private static void SchoolHolds(GiasRow school)
    {
        Assert.Matches("^[1-9][0-9]{5,6}$", school.Urn);
        Sound(school.Name, 1, 200);
        foreach (var text in (string?[])[school.Town, school.Authority?.Name, school.Trust?.Name])
            Sound(text ?? "x", 1, 200);
        Sound(school.Postcode ?? "x", 1, 20);
        Sound(school.Trust?.Code ?? "x", 1, 20);
        Sound(school.TypeCode ?? "x", 1, 10);
        Assert.Matches("^[0-9]{3}$", school.Authority?.Code ?? "001");
        Assert.Matches("^[0-9]{3}/[0-9]{4}$", school.DfeNumber ?? "001/0001");
        Assert.True(Enum.IsDefined(school.Phase));
        Assert.True(school.LowAge is null or (>= 0 and <= 120));
        Assert.True(school.HighAge is null or (>= 0 and <= 120));
    }

    /// <summary>One line that can be shown as it is.</summary>
    private static void Sound(string text, int shortest, int longest)
    {
        Assert.InRange(text.Length, shortest, longest);
        Assert.False(PlainText.HasForbiddenCharacter(text), text);
        Assert.Equal(PlainText.Tidy(text), text);
    }

    private static Result<List<GiasLine>> Read(Stream bytes)
    {
        var opened = GiasFile.Open(bytes);
        if (!opened.Succeeded)
            return Result.Refuse<List<GiasLine>>(opened.Refusals);
        using var file = opened.Value;
        return file.Read().ToList();
    }

    private static string Words(Result<List<GiasLine>> read) => read.Succeeded ? string.Join('\n', read.Value) : string.Join('\n', read.Refusals);

    private static MemoryStream Written(GiasRow[] schools) =>
        GiasText.Bytes(string.Join('\n', [GiasText.Heading, .. schools.Select(s => GiasText.Row(
            s.Urn, Quoted(s.Name), s.Authority?.Code ?? "", Quoted(s.Authority?.Name), s.DfeNumber?[4..] ?? "", Quoted(s.TypeCode), s.IsClosed switch { true => "2", false => "1", null => "" },
            $"{(int)s.Phase}", $"{s.LowAge}", $"{s.HighAge}", Quoted(s.Trust?.Code), Quoted(s.Trust?.Name), Quoted(s.Town), Quoted(s.Postcode)))]), Encoding.UTF8);

    private static Gen<string> Name => Gen.Char["ABCxyz,\"'–é&"].Array[1, 30].Select(chars => new string(chars));

    private static string Quoted(string? text) => text is null ? "" : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Gives at most so many bytes at a time, as a slow line does.</summary>
    private sealed class Trickle(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);
    }
}
