using System.Text;
using Ascent.Organisations.Gias;

namespace Ascent.Tests.Organisations.Gias;

/// <summary>Writes files as the register does, and as it never should.</summary>
internal static class GiasText
{
    public const string Heading =
        "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (code),EstablishmentStatus (code),PhaseOfEducation (code),"
        + "StatutoryLowAge,StatutoryHighAge,Trusts (code),Trusts (name),Town,Postcode";

    public static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static string Row(
        string urn = "900101", string name = "Elmfield School", string la = "999", string laName = "Northmoor", string number = "2101", string type = "01", string status = "1",
        string phase = "2", string low = "4", string high = "11", string trust = "", string trustName = "", string town = "Northmoor", string postcode = "NM1 1AA") =>
        string.Join(',', urn, la, laName, number, name, type, status, phase, low, high, trust, trustName, town, postcode);

    public static MemoryStream File(params string[] rows) => Bytes(string.Join("\r\n", [Heading, .. rows]) + "\r\n");

    public static MemoryStream Bytes(string text, Encoding? encoding = null) => new((encoding ?? Windows1252).GetBytes(text));

    public static List<GiasLine> Read(Stream file)
    {
        using var opened = GiasFile.Open(file).Value;
        return [.. opened.Read()];
    }

    public static GiasRow Single(Stream file) => Read(file) is [{ School: { } school }] ? school : throw new InvalidOperationException("Not one school.");

    public static string Refusal(Stream file) => GiasFile.Open(file).Refusals is [var refusal] ? refusal.Message : throw new InvalidOperationException("Not one refusal.");
}
