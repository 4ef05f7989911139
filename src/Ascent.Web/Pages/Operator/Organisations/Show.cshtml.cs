using Ascent.Accounts.Operators;
using Ascent.Organisations;

namespace Ascent.Web.Pages.Operator.Organisations;

/// <summary>One school, authority or trust: the register's facts, counts, limits, services, lock and links. Names of people are not for the operator.</summary>
public sealed class ShowModel(ReadOrganisation readOrganisation, TimeProvider clock) : OrganisationPage(readOrganisation, clock)
{
    protected override bool SchoolsOnly => false;

    /// <summary>What was just done; said in a notice.</summary>
    public string? Done { get; private set; }

    /// <summary>What is typed to add an administrator, in the parts that stay on a line: the code is told at the command line and nowhere else.</summary>
    public IReadOnlyList<string> AddAdministrator => ["ascent", View.School is null ? "bodies" : "schools", "add-administrator", Place, "--forename NAME", "--surname NAME", "--email ADDRESS"];

    public IReadOnlyList<string> NameAgreement => ["ascent", "bodies link", View.School is null ? Place : "BODY", $"--school {(View.School is null ? "URN" : Place)}", "--level LEVEL", "--agreement TEXT"];

    public void OnGet() => Done = Request.Query["done"].ToString() switch
    {
        "limits" => "The limits are changed",
        "services" => "The services are changed",
        // Only while it is so.
        "unlocked" when View.Lock is null => "The school is open again",
        _ => null,
    };

    public static string Level(Ascent.Organisations.Reach.ReachLevel level) => Ascent.Organisations.Reach.ReachLevels.Words(level);

    public static string Rule(FactorRule rule) => rule switch
    {
        FactorRule.Offered => "Nobody has to",
        FactorRule.Everybody => "Everybody",
        _ => "Whoever administers, or sees pupils’ names or marks",
    };
}
