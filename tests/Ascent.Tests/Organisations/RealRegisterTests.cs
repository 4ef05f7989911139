using System.Globalization;
using Ascent.Accounts;
using Ascent.Mail;
using Ascent.Organisations;
using Ascent.Shared;
using Ascent.Shared.Permissions;
using Ascent.Tests.Organisations.Gias;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Xunit;

namespace Ascent.Tests.Organisations;

/// <summary>1,924 real establishments (GIAS open data) of the reference folder, put into the layout and encoding in which the register gives them out.</summary>
public sealed class RealRegisterTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Layout = new()
    {
        ["URN"] = "URN",
        ["LA (code)"] = "LAId",
        ["LA (name)"] = "LAName",
        ["EstablishmentNumber"] = "EstablishmentNumber",
        ["EstablishmentName"] = "EstablishmentName",
        ["TypeOfEstablishment (code)"] = "TypeOfEstablishmentId",
        ["TypeOfEstablishment (name)"] = "TypeOfEstablishmentName",
        ["EstablishmentTypeGroup (code)"] = "EstablishmentTypeGroupId",
        ["EstablishmentTypeGroup (name)"] = "EstablishmentTypeGroupName",
        ["EstablishmentStatus (code)"] = "EstablishmentStatusId",
        ["PhaseOfEducation (code)"] = "PhaseOfEducationId",
        ["PhaseOfEducation (name)"] = "PhaseOfEducationName",
        ["StatutoryLowAge"] = "AgeRangeLow",
        ["StatutoryHighAge"] = "AgeRangeHigh",
        ["TrustSchoolFlag (code)"] = "TrustSchoolFlagId",
        ["Trusts (code)"] = "TrustId",
        ["Trusts (name)"] = "TrustName",
        ["UKPRN"] = "UKPRN",
        ["Town"] = "Town",
        ["Postcode"] = "Postcode",
    };

    private SchoolsHost host = null!;

    public async ValueTask InitializeAsync() => host = await SchoolsHost.CreateAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Load_RealSample_OpensEveryStepUpToTheFirstAdministratorsMail()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var sample = ReadSample();
        using var file = AsTheRegisterGivesItOut(sample);

        var load = (await host.Get<LoadSchools>().ExecuteAsync(file, Actor.Operator, null, cancellation)).Value;

        Assert.Equal((1_924, 0), (load.Added, load.RefusedCount));
        Assert.Equal(sample.Count(s => s["EstablishmentStatusId"] == "2"), load.Closed);
        Assert.Equal(sample.Select(s => s["LAId"]).Distinct().Count(), load.LocalAuthorities.Added);
        Assert.Equal(sample.Select(s => s["TrustId"]).Where(t => t.Length > 0).Distinct().Count(), load.Trusts.Added);
        await CompareAsync(sample);

        Assert.Empty(await host.Get<OpenSeats>().ExecuteAsync(Actor.Operator, cancellation));
        var seats = (await host.AllAsync<Seat>()).GroupBy(s => (s.OrganisationId, s.Permission)).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(2 * 1_924, seats.Count);
        Assert.All(seats, s => Assert.Equal(s.Key.Permission == Permission.SchoolSetup ? 4 : 6, s.Value));

        await AddAdministratorAsync("138950");
    }

    private async Task CompareAsync(List<Dictionary<string, string>> sample)
    {
        var schools = (await host.AllAsync<School>()).ToDictionary(s => s.Code);
        foreach (var row in sample)
        {
            var school = schools[row["URN"]];
            Assert.Equal(row["LAESTAB"], school.DfeNumber!.Replace("/", "", StringComparison.Ordinal));
            Assert.Equal((row["PhaseOfEducationId"], row["AgeRangeLow"]), ($"{(int)school.Phase}", $"{school.LowAge}"));
        }
        Assert.True(schools["100025"].IsPrimary);
        Assert.False(schools["100049"].IsPrimary);
        Assert.Equal("St Thomas à Becket Catholic Secondary School, A Voluntary Academy", schools["138950"].Name);
    }

    private async Task AddAdministratorAsync(string urn)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var request = new AddSchoolAdministratorRequest(urn, "Ann", "Bolt", "ann.bolt@school.example", false, JobRole.SchoolBusinessManager, PermissionSet.Of(Permission.SchoolReports));
        var added = (await host.Get<AddSchoolAdministrator>().ExecuteAsync(request, cancellation)).Value;

        Assert.Matches("^[0-9A-Z]{5}-[0-9A-Z]{5}$", added.Code!);
        var mail = Assert.Single(await host.AllAsync<OutboxMail>());
        Assert.Equal((MailState.Waiting, "ann.bolt@school.example"), (mail.State, mail.Recipient));

        Assert.Equal(1, await host.Get<SendDueMail>().ExecuteAsync(cancellation));
        var path = Assert.Single(Directory.GetFiles(Path.Combine(host.Settings.DataFolder, "mail"), "*.eml"));
        var message = await MimeMessage.LoadAsync(path, cancellation);
        Assert.Matches("https://ascent\\.example/sign-up/[A-Za-z0-9_-]{43}", message.TextBody);
        Assert.Contains("St Thomas à Becket", message.TextBody, StringComparison.Ordinal);
        foreach (var text in (string[])[message.TextBody!, message.HtmlBody!, message.Subject!, await File.ReadAllTextAsync(path, cancellation)])
        {
            Assert.DoesNotContain(added.Code!, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(added.Code!.Replace("-", "", StringComparison.Ordinal), text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static List<Dictionary<string, string>> ReadSample()
    {
        using var reader = new StreamReader(ReferenceFile.Find("gias_schools_sample.csv"));
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<dynamic>().Select(row => ((IDictionary<string, object>)row).ToDictionary(p => p.Key, p => Repair((string)p.Value)))];
    }

    // Two names lost their accents on the way into the sample.
    private static string Repair(string text) => text.Replace("St Thomas \ufffd", "St Thomas à", StringComparison.Ordinal).Replace("ARET\ufffd", "ARETÉ", StringComparison.Ordinal);

    private static MemoryStream AsTheRegisterGivesItOut(List<Dictionary<string, string>> sample)
    {
        using var columnReader = new StreamReader(ReferenceFile.Find("gias_edubasealldata_columns.csv"));
        using var columnCsv = new CsvReader(columnReader, CultureInfo.InvariantCulture);
        var columns = columnCsv.GetRecords<dynamic>().Select(row => (string)((IDictionary<string, object>)row)["csv_column"]).ToArray();
        var text = new StringWriter();
        using (var csv = new CsvWriter(text, CultureInfo.InvariantCulture))
        {
            foreach (var column in columns)
                csv.WriteField(column);
            foreach (var school in sample)
            {
                csv.NextRecord();
                foreach (var column in columns)
                    csv.WriteField(Layout.TryGetValue(column, out var from) ? school[from] : "");
            }
        }
        var bytes = GiasText.Bytes(text.ToString());
        Assert.Contains((byte)0xe0, bytes.ToArray());
        return bytes;
    }
}
