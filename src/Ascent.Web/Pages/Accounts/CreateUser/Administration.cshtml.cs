using Ascent.Accounts;
using Ascent.Accounts.Templates;
using Ascent.Web.Journeys;

namespace Ascent.Web.Pages.Accounts.CreateUser;

public sealed class AdministrationModel(CreateUserJourney journeys, ReadSeats readSeats, ReadSuggestion readSuggestion) : AccessStep(journeys, readSeats, readSuggestion, CreateUserSteps.Administration);
