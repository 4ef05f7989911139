using System.Text;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Imports.Ctf;
using Ascent.Shared;
using Ascent.Shared.Text;
using Ascent.TestSupport;
using CsCheck;

namespace Ascent.Tests.SchoolData.Imports.Ctf;

public sealed class CtfReaderProperties
{
    // Of these trouble is made: marks of XML, names that are read, values that nearly fit.
    private static readonly string[] Odd =
    [
        "<", ">", "</", "/>", "&", "&amp;", "&#0;", "&#x1F600;", "&x;", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "<!DOCTYPE", "\0", "\u0001", "\u202e", "\ufffe", "é", "\"", "'", "\r\n",
        "<Pupil>", "</Pupil>", "<UPN>", "</UPN>", "<UPN/>", "<Sex>F</Sex>", "<DOB>2016-02-30</DOB>", "<BasicDetails>", "</BasicDetails>", "<FormerUPN>X</FormerUPN>", "<Languages><Type><Language>URD</Language></Type></Languages>",
        "<StageAssessments>", "</StageAssessments>", "<KeyStage>", "</KeyStage>", "<Stage>KS2</Stage>", "<StageAssessment><Year>2026</Year><Result>\u202e</Result></StageAssessment>",
        "<StageAssessment><Year>2026</Year><Subject>MAT</Subject><Result>7</Result></StageAssessment>", "<Attendance><YearData><Year>2025</Year><SessionsPossible>7</SessionsPossible></YearData></Attendance>",
        "<SchoolHistory><School><SchoolName>A</SchoolName></School></SchoolHistory>", "<FSMhistory><FSMinstance/></FSMhistory>", "</CTFpupilData>", "<CTFpupilData>", "</CTfile>", "x:Pupil", " xmlns=\"a\"", " xmlns:x=\"b\"",
    ];

    private static readonly Gen<string> Piece = Gen.OneOf(Gen.OneOf(Odd), Gen.Const($"<Pupil>{CtfFiles.Named}</Pupil>"), Gen.String[0, 20]);

    private static readonly Gen<byte[]> AnyFile = Gen.OneOf(
        Gen.Byte.Array[0, 400],
        Piece.Array[0, 40].Select(pieces => Encoding.UTF8.GetBytes(CtfWriter.Begin() + string.Concat(pieces) + CtfWriter.End)),
        Piece.Array[0, 40].Select(pieces => Encoding.UTF8.GetBytes(CtfFiles.With(string.Concat(pieces)))),
        Gen.Select(Piece.Array[0, 30], Gen.Byte.Array[0, 40], (pieces, bytes) => (byte[])[.. Encoding.UTF8.GetBytes(CtfWriter.Begin() + string.Concat(pieces)), .. bytes]),
        // A sound file with one byte changed.
        Gen.Select(Gen.Int[0, 5_000], Gen.Byte, (at, value) =>
        {
            var bytes = Encoding.UTF8.GetBytes(CtfWriter.Text(2));
            bytes[at % bytes.Length] = value;
            return bytes;
        }));

    [Fact]
    public void Read_SavedFile_KeepsItsPromises() => Assert.All(Corpus.Files("ctf-files").Select(Whole), Holds);

    [Fact]
    public void Read_AnyBytes_KeepsItsPromises() => AnyFile.Hold(Holds);

    // A line that begins with three points stands inside a sound file.
    private static byte[] Whole(byte[] line) => line.AsSpan().StartsWith("..."u8) ? [.. Encoding.UTF8.GetBytes(CtfWriter.Begin()), .. line[3..], .. Encoding.UTF8.GetBytes(CtfWriter.End)] : line;

    private static void Holds(byte[] bytes)
    {
        var read = Read(new MemoryStream(bytes));
        // It does not matter in which pieces the bytes come.
        Assert.Equal(read.Words, Read(new Trickle(bytes, 1)).Words);
        Assert.Equal(read.Words, Read(new Trickle(bytes, 4_097)).Words);
        foreach (var refusal in read.Refusals)
            Sound(refusal.Message, 10, 400);
        Assert.Equal(Enumerable.Range(1, read.Pupils.Count), read.Pupils.Select(p => p.Number));
        Assert.All(read.Pupils, PupilHolds);
    }

    private static void PupilHolds(PupilInFile pupil)
    {
        Assert.True(pupil.Fault is not null || pupil.Fields.Count > 0);
        if (pupil.Fault is not null)
        {
            Sound(pupil.Fault, 10, 200);
            Assert.Empty(pupil.Results);
        }
        Assert.All(pupil.Fields.Values, text => Assert.InRange(text.Length, 1, 65_536));
        Assert.All(pupil.FormerUpns, upn => Assert.NotEmpty(upn));
        foreach (var result in pupil.Results)
        {
            foreach (var code in (string[])[result.Assessment.Stage, result.Assessment.Subject, result.Assessment.Component, result.Assessment.Method, result.Qualifier])
                Assert.True(code.Length <= 60 && !PlainText.HasForbiddenCharacter(code), code);
            Assert.True(result.Value.Length is > 0 and <= 60 && !PlainText.HasForbiddenCharacter(result.Value), result.Value);
            Assert.InRange(result.Year.StartYear, 1949, 2200);
        }
        Assert.Distinct(pupil.Attendance.Select(a => a.Year));
        Assert.All(pupil.Attendance, a => Assert.True(a.Attended >= 0 && a.Attended + a.Authorised + a.Unauthorised <= a.Possible && a.Possible <= 1_000));
        Assert.All(pupil.FormerSchools, s => Assert.True(s.Number.Length is 0 or 7 && s.Number.Length + s.Name.Length > 0 && s.Name.Length <= 200));
    }

    private static (string Words, List<PupilInFile> Pupils, IReadOnlyList<Refusal> Refusals) Read(Stream bytes)
    {
        var opened = CtfFiles.Open(bytes);
        if (!opened.Succeeded)
            return (string.Join('\n', opened.Refusals), [], opened.Refusals);
        using var reader = opened.Value;
        List<PupilInFile> pupils = [.. reader.Read()];
        return ($"{reader.Header}\n{string.Join('\n', pupils.Select(Words))}\n{reader.BrokeOff}", pupils, reader.BrokeOff is { } why ? [why] : []);
    }

    private static string Words(PupilInFile pupil) =>
        $"{pupil.Number} {string.Join('|', pupil.Fields.OrderBy(f => f.Key))} {string.Join('|', pupil.FormerUpns)} {string.Join('|', pupil.Results)} {string.Join('|', pupil.Attendance)} {string.Join('|', pupil.FormerSchools)} {pupil.Fault}";

    private static void Sound(string text, int shortest, int longest)
    {
        Assert.InRange(text.Length, shortest, longest);
        Assert.False(PlainText.HasForbiddenCharacter(text), text);
        Assert.Equal(PlainText.Tidy(text), text);
    }

    /// <summary>Gives at most so many bytes at a time, as a slow line does.</summary>
    private sealed class Trickle(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);
    }
}
