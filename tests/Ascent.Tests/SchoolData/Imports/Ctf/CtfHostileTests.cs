using System.Text;
using Ascent.SchoolData.Imports.Ctf;
using Ascent.Shared;
using Ascent.TestSupport;
using static Ascent.Tests.SchoolData.Imports.Ctf.CtfFiles;

namespace Ascent.Tests.SchoolData.Imports.Ctf;

/// <summary>Files that want memory, time, or other people's files.</summary>
public sealed class CtfHostileTests
{
    // Buffers of the reader, some copies of the longest node; in bytes.
    private const long BoundedMemory = 8 << 20;

    public static TheoryData<string, string> DocumentTypes => new()
    {
        { "none", "<!DOCTYPE CTfile>" },
        { "billion laughs", "<!DOCTYPE CTfile [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>" },
        { "a file of the server", "<!DOCTYPE CTfile [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" },
        { "an address", "<!DOCTYPE CTfile SYSTEM \"http://127.0.0.1:1/x.dtd\">" },
        { "parameters", "<!DOCTYPE CTfile [<!ENTITY % a SYSTEM \"file:///etc/passwd\"> %a;]>" },
    };

    [Theory, MemberData(nameof(DocumentTypes))]
    [Asvs("1.5.1", "Transfer files with document types or entities, inner or outer, are refused before anything of them is read.")]
    public void Open_DocumentType_IsRefused(string what, string type)
    {
        _ = what;
        var text = CtfWriter.Text(1).Replace("<CTfile>", $"{type}<CTfile>", StringComparison.Ordinal).Replace("Elmfield", "&a;", StringComparison.Ordinal);

        Assert.Contains("document type", Refusal(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EntityOrDocumentTypeAmongPupils_EndsTheReading()
    {
        Assert.Single(ReadBroken(Bytes(With(Named, "<UPN>&xxe;</UPN>"))).Pupils);
        Assert.Single(ReadBroken(Bytes(With(Named).Replace(CtfWriter.End, $"<!DOCTYPE CTfile>{CtfWriter.End}", StringComparison.Ordinal))).Pupils);
    }

    public static TheoryData<string, string, string> LongThings => new()
    {
        { "text", "<Surname>", "</Surname>" },
        { "text that is not kept", "<Other><Deeper>", "</Deeper></Other>" },
        { "CDATA", "<Surname><![CDATA[", "]]></Surname>" },
        { "attribute", "<Surname a=\"", "\"/>" },
        { "name", "<", "/>" },
        { "remark", "<!--", "-->" },
        { "instruction", "<?x ", "?>" },
        { "white", "<Surname>A</Surname>", "<Forename>B</Forename>" },
    };

    // 200 MB under --long, 20 in the normal run: either is far beyond what may be held.
    [Theory, MemberData(nameof(LongThings))]
    public void Read_OneEndlessThing_IsRefusedInBoundedMemory(string what, string before, string after)
    {
        var filling = new string(what == "white" ? ' ' : 'x', 1 << 20);
        using var file = new PartsStream([CtfWriter.Begin(), $"<Pupil>{Named}</Pupil><Pupil>{before}", .. Enumerable.Repeat(filling, LongTests.OrShare(200, 20)), $"{after}</Pupil>", CtfWriter.End]);
        CtfBrokeOff? why = null;

        // The filling itself is turned into bytes once, by the test's own stream.
        var allocated = Property.Allocates(() => why = ReadBroken(file).Why);

        Assert.Contains("longer than anything that a CTF holds", why!.Message, StringComparison.Ordinal);
        Assert.Equal(1, why.Pupils);
        Assert.InRange(allocated, 0, BoundedMemory + Encoding.UTF8.GetMaxByteCount(filling.Length));
    }

    [Fact]
    public void Open_EndlessHeader_IsRefused()
    {
        using var file = new PartsStream([CtfWriter.Begin()[..CtfWriter.Begin().IndexOf("INVENTED", StringComparison.Ordinal)], .. Enumerable.Repeat(new string('x', 1 << 20), 20)]);

        Assert.Contains("longer than anything that a CTF holds", Refusal(file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepNesting_IsRefused() =>
        Assert.Contains("nested deeper", ReadBroken(Bytes(With(Named, string.Concat(Enumerable.Repeat("<a>", 50_000))))).Why.Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NewNamesWithoutEnd_IsRefused() =>
        Assert.Contains("thousands of kinds of elements", ReadBroken(Bytes(With(Named, string.Concat(Enumerable.Range(0, 20_000).Select(n => $"<a{n}/>"))))).Why.Message, StringComparison.Ordinal);

    // Many small things cost time in proportion, and no memory.
    [Fact]
    public void Read_PupilWithEndlessChildren_HoldsNothingOfThem()
    {
        var children = string.Concat(Enumerable.Repeat("<BasicDetails><X>1</X></BasicDetails>\n", 10_000));
        using var file = new PartsStream([CtfWriter.Begin(), $"<Pupil>{Named}", .. Enumerable.Repeat(children, LongTests.OrShare(400, 10)), "</Pupil>", CtfWriter.End]);
        using var reader = Open(file).Value;

        var allocated = Property.Allocates(() => Assert.Null(reader.Next()!.Fault));

        Assert.InRange(allocated, 0, BoundedMemory);
    }

    // The full file under --long. The reader holds none of the pupils that it has given, and no more is made for the last than for the first.
    [Fact]
    public void Read_ManyPupils_StreamsInBoundedMemory()
    {
        var count = LongTests.OrShare(100_000, 5_000);
        using var file = CtfWriter.Write(count);
        using var reader = Open(file).Value;
        var given = new List<WeakReference>();

        var (first, last) = (Property.Allocates(() => ReadSome(reader, count / 5, given)), 0L);
        while (reader.Pupils < count)
            last = Property.Allocates(() => ReadSome(reader, count / 5, given));
        GC.Collect();

        Assert.Null(reader.Next());
        Assert.Null(reader.BrokeOff);
        Assert.Equal((count, count), (reader.Pupils, given.Count));
        Assert.DoesNotContain(given, pupil => pupil.IsAlive);
        Assert.InRange(last, 0, first * 11 / 10);
        Assert.InRange(reader.Position, count * 1_500L, count * 4_000L);
    }

    private static void ReadSome(CtfReader reader, int count, List<WeakReference> given)
    {
        for (var i = 0; i < count; i++)
        {
            var pupil = reader.Next()!;
            Assert.Null(pupil.Fault);
            Assert.Equal(2, pupil.Results.Count);
            given.Add(new WeakReference(pupil));
        }
    }

    [Fact]
    public void Next_OverAFile_TellsHowFarItIs()
    {
        var text = CtfWriter.Text(200);
        using var reader = Open(Bytes(text)).Value;
        var last = reader.Position;

        while (reader.Next() is not null)
        {
            Assert.InRange(reader.Position, last, text.Length);
            last = reader.Position;
        }

        Assert.Equal(text.Length, reader.Position);
        Assert.Equal(200, reader.Pupils);
    }
}
