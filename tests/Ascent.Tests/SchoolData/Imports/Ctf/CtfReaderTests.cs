using System.Text;
using Ascent.Reference;
using Ascent.SchoolData.Imports;
using Ascent.SchoolData.Imports.Ctf;
using Ascent.SchoolData.Pupils;
using Ascent.Shared;
using Ascent.TestSupport;
using static Ascent.Tests.SchoolData.Imports.Ctf.CtfFiles;

namespace Ascent.Tests.SchoolData.Imports.Ctf;

public sealed class CtfReaderTests
{
    [Fact]
    public void Read_SampleOfTheReference_GivesItsThreePupils()
    {
        using var file = File.OpenRead(ReferenceFile.Find("ctf_sample_synthetic.xml"));
        using var reader = Open(file, new(2025, 9, 10)).Value;

        List<PupilInFile> pupils = [.. reader.Read()];

        Assert.Null(reader.BrokeOff);
        Assert.Equal(new CtfHeader("25.0", true, new DateTime(2025, 9, 8, 9, 30, 0, DateTimeKind.Utc), "SYNTHETIC", new("820", "1234", "999001", "Example Primary School"), new("820", "4321", "", ""), new(2025)), reader.Header);
        Assert.Equal("8204321", reader.Header.Destination.Number);
        Assert.Equal([1, 2, 3], pupils.Select(p => p.Number));
        Assert.Equal(
            new Dictionary<PupilField, string>
            {
                [PupilField.Upn] = "K820123419011", [PupilField.Surname] = "EXAMPLE", [PupilField.Forename] = "ADA", [PupilField.BornOn] = "2014-10-03", [PupilField.Sex] = "F",
                [PupilField.PreferredSurname] = "Example", [PupilField.PreferredForename] = "Ada", [PupilField.MiddleNames] = "May", [PupilField.Year] = "6", [PupilField.Ethnicity] = "WBRI",
                [PupilField.FreeMeals] = "N",
            }, pupils[0].Fields);
        Assert.Equal([new(new("KS1", "PHO", "PHO", "TA"), new(2021), "NM", "34"), new(new("KS2", "MAT", "MTC", "TT"), new(2023), "MT", "23")], pupils[0].Results);
        Assert.Equal(("M", "true", "K", "SLCN"), (pupils[1].Fields[PupilField.Sex], pupils[1].Fields[PupilField.LookedAfter], pupils[1].Fields[PupilField.SenProvision], pupils[1].Fields[PupilField.SenNeed]));
        Assert.Equal("A", Assert.Single(pupils[1].Results).Value);
        // What it gives is what the pupil's record takes.
        Assert.All(pupils, p => Assert.True(PupilDetails.Read(new(p.Fields.ToDictionary(f => f.Key, f => (string?)f.Value), new(2025, 9, 10))).Succeeded));
    }

    [Theory]
    [InlineData("26.0", "2026-11-27", true)]
    [InlineData("25.0", "2026-11-27", true)]
    [InlineData("26", "2026-11-27", true)]
    [InlineData("24.0", "2026-11-27", false)]
    [InlineData("27.0", "2026-11-27", false)]
    [InlineData("26.0", "2026-08-31", false)]
    [InlineData("26.0", "2026-09-01", true)]
    [InlineData("24.0", "2026-08-31", true)]
    [InlineData("24.0", "2026-09-01", false)]
    [InlineData("", "2026-09-01", false)]
    [InlineData("026.0", "2026-09-01", false)]
    public void Open_Version_TakesThatOfThisAndLastYearByTheClock(string version, string today, bool taken)
    {
        var opened = Open(Bytes(CtfWriter.Text(1, version)), DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(taken, opened.Succeeded);
        if (!taken)
            Assert.Contains("has to be 2", Assert.IsType<WrongCtfVersion>(Assert.Single(opened.Refusals)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not an XML file")]
    [InlineData("UPN,Surname\nA,B\n", "not an XML file")]
    [InlineData("PK\u0003\u0004rest", "not an XML file")]
    [InlineData("<ATfile><Header/></ATfile>", "admissions file (ATF)")]
    [InlineData("<html><body/></html>", "begins with <html>")]
    [InlineData("<CTfile/>", "header does not come first")]
    [InlineData("<CTfile><CTFpupilData/></CTfile>", "header does not come first")]
    [InlineData("<CTfile><Header>", "breaks off or is damaged")]
    [InlineData("<CTfile><Header></CTfile>", "breaks off or is damaged")]
    public void Open_SomethingElse_SaysWhatItIs(string text, string words) => Assert.Contains(words, Refusal(text).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_SexAndGender_AreTheSame()
    {
        var rest = Named.Replace("<Sex>F</Sex>", "", StringComparison.Ordinal);

        Assert.Equal("M", Pupil(rest + "<Gender>M</Gender>").Fields[PupilField.Sex]);
        Assert.Equal("F", Pupil(rest + "<Gender>M</Gender><Sex>F</Sex>").Fields[PupilField.Sex]);
        Assert.Equal("F", Pupil(rest + "<Sex>F</Sex><Gender>M</Gender>").Fields[PupilField.Sex]);
        Assert.False(Pupil(rest).Fields.ContainsKey(PupilField.Sex));
    }

    [Fact]
    public void Read_OtherOrderNamespaceAndUnknownElements_GivesTheSame()
    {
        const string Result = "<Result>12</Result><Component>MTC</Component><Year>2026</Year><Method>TT</Method><Subject>MAT</Subject><ResultQualifier>MT</ResultQualifier>";
        var straight = CtfWriter.Begin() + $"<Pupil>{Named}<StageAssessments><KeyStage><Stage>KS2</Stage><StageAssessment>{Result}</StageAssessment></KeyStage></StageAssessments></Pupil>" + CtfWriter.End;
        var turned = CtfWriter.Begin().Replace("<CTfile>", "<CTfile xmlns=\"urn:x\" version=\"3\">", StringComparison.Ordinal)
            + $"<Pupil><New><UPN>X</UPN><Sex>M</Sex></New><StageAssessments><Odd/><KeyStage><StageAssessment>{Result}</StageAssessment><Stage>KS2</Stage></KeyStage></StageAssessments>"
            + "<!-- a remark --><Sex>F</Sex><DOB>2016-10-03T00:00:00</DOB><Forename><![CDATA[Ad]]>a</Forename><Surname> Example </Surname><UPN>K8201&#x32;3419011</UPN></Pupil><Extra><Pupil/></Extra>" + CtfWriter.End;

        var (one, other) = (Assert.Single(Read(straight)), Assert.Single(Read(turned)));

        Assert.Equal(one.Fields, other.Fields);
        Assert.Equal(one.Results, other.Results);
        Assert.Equal(new Assessment("KS2", "MAT", "MTC", "TT"), Assert.Single(one.Results).Assessment);
    }

    [Theory]
    [InlineData("R", "R")]
    [InlineData("N1", "N1")]
    [InlineData("11", "11")]
    [InlineData("X", null)]
    [InlineData("M", null)]
    [InlineData("", null)]
    public void Read_Year_LeavesOutWhatIsNone(string code, string? year) =>
        Assert.Equal(year, Pupil($"{Named}<BasicDetails><NCyearActual>{code}</NCyearActual></BasicDetails>").Fields.GetValueOrDefault(PupilField.Year));

    [Theory]
    [InlineData("<Type><LanguageType>F</LanguageType><Language>ENG</Language></Type>", "N")]
    [InlineData("<Type><LanguageType>F</LanguageType><Language>ENB</Language></Type>", "N")]
    [InlineData("<Type><LanguageType>H</LanguageType><Language>ENG</Language></Type><Type><LanguageType>F</LanguageType><Language>URD</Language></Type>", "Y")]
    [InlineData("<Type><LanguageType>F</LanguageType><Language>CHIA</Language></Type>", "Y")]
    [InlineData("<Type><Language>OTB</Language></Type>", "Y")]
    [InlineData("<Type><LanguageType>F</LanguageType><Language>REF</Language></Type>", null)]
    [InlineData("<Type><LanguageType>F</LanguageType><Language>ZZZ</Language></Type>", null)]
    [InlineData("<Type><LanguageType>F</LanguageType><Language>E1</Language></Type>", null)]
    [InlineData("", null)]
    public void Read_Languages_TheFirstOneDecides(string types, string? eal) =>
        Assert.Equal(eal, Pupil($"{Named}<BasicDetails><Languages>{types}</Languages></BasicDetails>").Fields.GetValueOrDefault(PupilField.Eal));

    [Theory]
    [InlineData("<FSMinstance><FSMstartDate>2026-01-01</FSMstartDate></FSMinstance>", "Y")]
    [InlineData("<FSMinstance><FSMstartDate>2026-01-01</FSMstartDate><FSMendDate>2026-11-28</FSMendDate></FSMinstance>", "Y")]
    [InlineData("<FSMinstance><FSMstartDate>2026-01-01</FSMstartDate><FSMendDate>2026-11-27</FSMendDate></FSMinstance>", "N")]
    [InlineData("<FSMinstance><FSMstartDate>2026-12-01</FSMstartDate></FSMinstance>", "N")]
    [InlineData("<FSMinstance><FSMstartDate>2020-01-01</FSMstartDate><FSMendDate>2021-01-01</FSMendDate></FSMinstance><FSMinstance><FSMstartDate>2026-01-01</FSMstartDate></FSMinstance>", "Y")]
    [InlineData("<FSMreviewDate>2026-01-01</FSMreviewDate>", null)]
    public void Read_FreeMeals_AreThoseOfToday(string history, string? now) =>
        Assert.Equal(now, Pupil($"{Named}<FSMhistory>{history}</FSMhistory>").Fields.GetValueOrDefault(PupilField.FreeMeals));

    [Fact]
    public void Read_SpecialNeeds_TakesTheLatestProvisionAndTheFirstNeed()
    {
        var fields = Pupil(Named + """
            <SENhistory><SEN><StartDate>2024-09-01</StartDate><SENprovision>E</SENprovision></SEN><SEN><StartDate>2022-09-01</StartDate><SENprovision>K</SENprovision></SEN>
            <SENneeds><SENneed><SENtypeRank>2</SENtypeRank><SENtype>SLCN</SENtype></SENneed><SENneed><SENtypeRank>1</SENtypeRank><SENtype>ASD</SENtype></SENneed></SENneeds></SENhistory>
            <ServiceChildren><ServiceChild>U</ServiceChild></ServiceChildren>
            """).Fields;

        Assert.Equal(("E", "ASD", false), (fields[PupilField.SenProvision], fields[PupilField.SenNeed], fields.ContainsKey(PupilField.ServiceChild)));
    }

    // A code that is in no list is kept, whatever it is; a result without a value is none.
    [Fact]
    public void Read_UnknownResultCodes_AreKept()
    {
        var pupil = Pupil(Named + """
            <StageAssessments><KeyStage><Stage>KS9</Stage>
            <StageAssessment><Year>2026</Year><Subject>QQQ</Subject><Method>ZZ</Method><Component>C1</Component><ResultQualifier>XX</ResultQualifier><Result>~7</Result></StageAssessment>
            <StageAssessment><Year>2026</Year><Subject>QQQ</Subject><Method>ZZ</Method><Component>C2</Component><Result> </Result></StageAssessment>
            <StageAssessment><Subject>QQQ</Subject><Method>ZZ</Method><Component>C3</Component><Result>1</Result><ResultDate>2026-05-12</ResultDate></StageAssessment>
            </KeyStage></StageAssessments>
            """);

        Assert.Equal([new(new("KS9", "QQQ", "C1", "ZZ"), new(2025), "XX", "~7"), new(new("KS9", "QQQ", "C3", "ZZ"), new(2025), "", "1")], pupil.Results);
        Assert.Equal(ResultKind.NotUnderstood, ResultCodes.Read(pupil.Results[0].Assessment, pupil.Results[0].Year, "~7").Kind);
    }

    [Fact]
    public void Read_AttendanceAndSchools_AreTakenByYearAndStay()
    {
        var pupil = Pupil(Named + """
            <BasicDetails><FormerUPN>Z820123419012</FormerUPN><FormerUPN/></BasicDetails>
            <Attendance>
            <YearData><Year>2025</Year><SessionsPossible>200</SessionsPossible><SessionsAttended>190</SessionsAttended><SessionsAuthorised>6</SessionsAuthorised><SessionsUnauthorised>4</SessionsUnauthorised></YearData>
            <YearData><Year>2025</Year><SessionsPossible>180</SessionsPossible><SessionsAuthorised>10</SessionsAuthorised></YearData>
            <YearData><Year>2027</Year><SessionsPossible>10</SessionsPossible><AttendSessions><AttendanceStartDate>2026-09-03</AttendanceStartDate></AttendSessions></YearData>
            </Attendance>
            <SchoolHistory><School><LEA>999</LEA><Estab>2999</Estab><SchoolName>Elm  Infants</SchoolName><EntryDate>2020-09-01</EntryDate><LeavingDate>2023-07-20</LeavingDate></School>
            <School><SchoolName>Écoles</SchoolName></School><School><LEA>99</LEA></School></SchoolHistory>
            """);

        Assert.Null(pupil.Fault);
        Assert.Equal(["Z820123419012"], pupil.FormerUpns);
        Assert.Equal([new(new(2025), 380, 360, 16, 4), new(new(2026), 10, 10, 0, 0)], pupil.Attendance);
        Assert.Equal([new("9992999", "Elm Infants", new(2020, 9, 1), new(2023, 7, 20)), new("", "Écoles", null, null)], pupil.FormerSchools);
    }

    [Theory]
    [InlineData("", "nothing is said")]
    [InlineData("<StageAssessments><KeyStage><StageAssessment><Year>26</Year><Result>1</Result></StageAssessment></KeyStage></StageAssessments>", "the year of a result")]
    [InlineData("<FSMhistory><FSMinstance><FSMstartDate>1/9/2025</FSMstartDate></FSMinstance></FSMhistory>", "free school meals")]
    [InlineData("<Attendance><YearData><Year>2025</Year><SessionsPossible>10</SessionsPossible><SessionsAttended>11</SessionsAttended></YearData></Attendance>", "attendance")]
    [InlineData("<Attendance><YearData><SessionsPossible>10</SessionsPossible></YearData></Attendance>", "attendance")]
    [InlineData("<SchoolHistory><School><SchoolName>A</SchoolName><EntryDate>2025</EntryDate></School></SchoolHistory>", "former school")]
    public void Read_WhatCannotBeTold_IsThatPupilsFaultAlone(string inside, string fault)
    {
        var pupils = Read(With(inside.Length == 0 ? "" : Named + inside, Named));

        Assert.Contains(fault, pupils[0].Fault, StringComparison.Ordinal);
        Assert.Null(pupils[1].Fault);
    }

    [Fact]
    public void Read_TooManyResults_IsAFault()
    {
        var result = "<StageAssessment><Year>2026</Year><Subject>MAT</Subject><Method>TT</Method><Component>MTC</Component><Result>1</Result></StageAssessment>";

        Assert.Contains("more than 2,000 results", Pupil($"{Named}<StageAssessments><KeyStage><Stage>KS2</Stage>{string.Concat(Enumerable.Repeat(result, 2001))}</KeyStage></StageAssessments>").Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BrokenOff_GivesWhatCameBeforeAndSaysWhere()
    {
        var text = CtfWriter.Text(1_204);
        var (pupils, why) = ReadBroken(Bytes(text[..(text.LastIndexOf("<Surname>", StringComparison.Ordinal) + 12)]));

        Assert.Equal((1_203, 1_203), (pupils.Count, why.Pupils));
        Assert.Equal(text.AsSpan(0, text.LastIndexOf("<Surname>", StringComparison.Ordinal)).Count('\n') + 1, why.Line);
        Assert.StartsWith($"The file breaks off or is damaged after 1,203 pupils, at line {why.Line:N0}.", why.Message, StringComparison.Ordinal);
        Assert.EndsWith("export it again from the program that made it.", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithoutItsLastLine_IsNotComplete() =>
        Assert.Equal(2, ReadBroken(Bytes(CtfWriter.Text(2).Replace("</CTfile>", "", StringComparison.Ordinal))).Pupils.Count);

    [Theory]
    [InlineData("utf-8", "utf-8", true)]
    [InlineData("windows-1252", "windows-1252", true)]
    [InlineData("iso-8859-1", "iso-8859-1", true)]
    [InlineData("utf-16", "utf-16", true)]
    [InlineData("utf-8", "windows-1252", false)]
    public void Read_Encoding_IsTheOneThatTheFileSays(string declared, string written, bool sound)
    {
        var text = With(Named, Named.Replace("Ada", "Zoë", StringComparison.Ordinal)).Replace("encoding=\"utf-8\"", $"encoding=\"{declared}\"", StringComparison.Ordinal);
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(written) ?? Encoding.GetEncoding(written);
        MemoryStream file = new([.. encoding.Preamble, .. encoding.GetBytes(text)]);

        if (sound)
        {
            using var reader = Open(file).Value;
            Assert.Equal(["Ada", "Zoë"], reader.Read().Select(p => p.Fields[PupilField.Forename]));
        }
        else
            Assert.Contains("its letters are written otherwise than it says of itself", ReadBroken(file).Why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EncodingThatIsNone_IsRefused() =>
        Assert.Contains("letters", Refusal(CtfWriter.Text(1).Replace("\"utf-8\"", "\"klingon\"", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
}
