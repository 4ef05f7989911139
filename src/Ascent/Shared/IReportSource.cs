namespace Ascent.Shared;

/// <summary>
/// A row that reports are worked out from. Whoever saves one leaves word that the school's cohorts are due (`reports_due`); changes that do not
/// go through a save of the row itself leave it by hand.
/// </summary>
public interface IReportSource : IOrganisationOwned;
