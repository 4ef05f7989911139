using System.Text;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Imports.Ctf;
using Ascent.Shared;
using Ascent.TestSupport;

namespace Ascent.Tests.SchoolData.Imports.Ctf;

/// <summary>Small files around one pupil, and what is read of them.</summary>
internal static class CtfFiles
{
    public static readonly DateOnly Today = new(2026, 11, 27);

    /// <summary>The fields that every pupil has, in the order of the specification.</summary>
    public const string Named = "<UPN>K820123419011</UPN><Surname>Example</Surname><Forename>Ada</Forename><DOB>2016-10-03</DOB><Sex>F</Sex>";

    public static string With(params string[] pupils) => CtfWriter.Begin() + string.Concat(pupils.Select(p => $"<Pupil>{p}</Pupil>\n")) + CtfWriter.End;

    public static MemoryStream Bytes(string text, Encoding? encoding = null) => new((encoding ?? new UTF8Encoding(false)).GetBytes(text));

    public static Result<CtfReader> Open(Stream file, DateOnly? today = null) => CtfReader.Open(file, today ?? Today);

    /// <summary>Every pupil of a sound file.</summary>
    public static List<PupilInFile> Read(string text)
    {
        using var reader = Open(Bytes(text)).Value;
        List<PupilInFile> pupils = [.. reader.Read()];
        Assert.Null(reader.BrokeOff);
        return pupils;
    }

    /// <summary>The one pupil of a file that holds this inside its Pupil.</summary>
    public static PupilInFile Pupil(string inside) => Assert.Single(Read(With(inside)));

    /// <summary>Why the file is not opened.</summary>
    public static Refusal Refusal(string text, DateOnly? today = null) => Refusal(Bytes(text), today);

    public static Refusal Refusal(Stream file, DateOnly? today = null) => Assert.Single(Open(file, today).Refusals);

    /// <summary>What was read before a file broke off, and why it did.</summary>
    public static (List<PupilInFile> Pupils, CtfBrokeOff Why) ReadBroken(Stream file)
    {
        using var reader = Open(file).Value;
        List<PupilInFile> pupils = [.. reader.Read()];
        Assert.Null(reader.Next());
        return (pupils, Assert.IsType<CtfBrokeOff>(reader.BrokeOff));
    }
}
