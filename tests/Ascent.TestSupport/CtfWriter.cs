using System.Globalization;
using System.Text;
using Ascent.Shared;

namespace Ascent.TestSupport;

/// <summary>Writes Common Transfer Files of invented pupils: their UPNs carry the number for tests and the right check letter.</summary>
public static class CtfWriter
{
    public const string End = "  </CTFpupilData>\n</CTfile>\n";

    /// <summary>A whole file, made while it is read: nothing of it is held.</summary>
    /// <param name="version">As the header says it.</param>
    /// <param name="destination">The DfE number of the school that it is for, seven digits.</param>
    public static Stream Write(int pupils, string version = "26.0", string destination = "9992101") =>
        new PartsStream(Enumerable.Range(0, pupils).Select(n => Pupil(n)).Prepend(Begin(version, destination)).Append(End));

    /// <summary>The same as text, for small files that a test spoils.</summary>
    public static string Text(int pupils, string version = "26.0", string destination = "9992101") =>
        string.Concat(Enumerable.Range(0, pupils).Select(n => Pupil(n)).Prepend(Begin(version, destination)).Append(End));

    /// <summary>Everything before the first pupil.</summary>
    public static string Begin(string version = "26.0", string destination = "9992101") => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <CTfile>
          <Header>
            <DocumentName>Common Transfer File</DocumentName>
            <CTFversion>{version}</CTFversion>
            <DateTime>2026-09-08T09:30:00</DateTime>
            <DocumentQualifier>full</DocumentQualifier>
            <SupplierID>INVENTED</SupplierID>
            <SourceSchool><LEA>999</LEA><Estab>2999</Estab><SchoolName>Elmfield Infants</SchoolName><AcademicYear>2026</AcademicYear></SourceSchool>
            <DestSchool><LEA>{destination[..3]}</LEA><Estab>{destination[3..]}</Estab></DestSchool>
          </Header>
          <CTFpupilData>

        """.ReplaceLineEndings("\n");

    /// <summary>The UPN of the nth pupil, sound and nobody else’s in the file.</summary>
    public static string Upn(int n)
    {
        var rest = string.Create(CultureInfo.InvariantCulture, $"999{n:000000000}");
        return $"{Ascent.Shared.Upn.CheckLetter(rest)}{rest}";
    }

    /// <summary>The nth pupil, of a primary school in 2026/27, with about as much as real files have; the same in every run.</summary>
    public static string Pupil(int n)
    {
        var age = n % 7;
        var born = new DateOnly(2021 - age, 9, 1).AddDays(n * 31 % 365);
        var (forename, surname) = (Name(n, 7, 11, "n"), Name(n, 17, 5, "son"));
        return string.Create(CultureInfo.InvariantCulture, $"""
                <Pupil>
                  <UPN>{Upn(n)}</UPN>
                  <Surname>{surname}</Surname>
                  <Forename>{forename}</Forename>
                  <DOB>{born:yyyy-MM-dd}</DOB>
                  <Sex>{(n % 2 == 0 ? "F" : "M")}</Sex>
                  <BasicDetails>
                    <NCyearActual>{(age == 0 ? "R" : age.ToString(CultureInfo.InvariantCulture))}</NCyearActual>
                    <Ethnicity>{(n % 5 == 0 ? "AIND" : "WBRI")}</Ethnicity>
                    <Languages><Type><LanguageType>F</LanguageType><Language>{(n % 5 == 0 ? "GUJ" : "ENG")}</Language></Type></Languages>
                    <EnrolStatus>C</EnrolStatus>
                  </BasicDetails>
                  <FSMhistory><FSMinstance><FSMstartDate>2025-01-10</FSMstartDate>{(n % 4 == 0 ? "" : "<FSMendDate>2026-01-10</FSMendDate>")}<UKcountry>ENG</UKcountry></FSMinstance></FSMhistory>
                  <SENhistory><SEN><StartDate>2025-09-01</StartDate><SENprovision>{(n % 6 == 0 ? "K" : "N")}</SENprovision></SEN></SENhistory>
                  <Attendance><YearData><Year>2025</Year><LEA>999</LEA><Estab>2999</Estab><SessionsPossible>380</SessionsPossible><SessionsAttended>{360 + (n % 15)}</SessionsAttended><SessionsAuthorised>4</SessionsAuthorised><SessionsUnauthorised>1</SessionsUnauthorised></YearData></Attendance>
                  <StageAssessments>
                    <KeyStage>
                      <Stage>KS1</Stage>
                      <StageAssessment><Locale>ENG</Locale><Year>2026</Year><Subject>PHO</Subject><Method>TA</Method><Component>PHO</Component><ResultStatus>R</ResultStatus><ResultQualifier>NM</ResultQualifier><Result>{n % 41}</Result></StageAssessment>
                    </KeyStage>
                    <KeyStage>
                      <Stage>KS2</Stage>
                      <StageAssessment><Locale>ENG</Locale><Year>2026</Year><Subject>MAT</Subject><Method>TT</Method><Component>MTC</Component><ResultStatus>R</ResultStatus><ResultQualifier>MT</ResultQualifier><Result>{(n % 26 == 0 ? "A" : (n % 26).ToString(CultureInfo.InvariantCulture))}</Result></StageAssessment>
                    </KeyStage>
                  </StageAssessments>
                  <SchoolHistory><School><LEA>999</LEA><Estab>2999</Estab><SchoolName>Elmfield Infants</SchoolName><EntryDate>2023-09-01</EntryDate><LeavingDate>2026-07-20</LeavingDate></School></SchoolHistory>
                </Pupil>

            """).ReplaceLineEndings("\n");
    }

    // Spread over the alphabet, and no two alike.
    private static string Name(int n, int first, int second, string end) =>
        $"{(char)('A' + (n * first % 26))}{(char)('a' + (n * second % 26))}{Letters(n)}{end}";

    private static string Letters(int n) => n < 26 ? $"{(char)('a' + n)}" : Letters((n / 26) - 1) + (char)('a' + (n % 26));
}

/// <summary>A stream that is made of texts, one after the other, while it is read.</summary>
public sealed class PartsStream(IEnumerable<string> parts) : Stream
{
    private readonly IEnumerator<string> parts = parts.GetEnumerator();
    private byte[] part = [];
    private int from;
    private int to;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (from == to)
        {
            if (!parts.MoveNext())
                return 0;
            if (Encoding.UTF8.GetMaxByteCount(parts.Current.Length) is var most && most > part.Length)
                part = new byte[most];
            (from, to) = (0, Encoding.UTF8.GetBytes(parts.Current, part));
        }
        var count = Math.Min(buffer.Length, to - from);
        part.AsSpan(from, count).CopyTo(buffer);
        from += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            parts.Dispose();
        base.Dispose(disposing);
    }
}
