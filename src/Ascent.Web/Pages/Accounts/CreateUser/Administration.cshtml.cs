using Ascent.Accounts;
using Ascent.Web.Journeys;

namespace Ascent.Web.Pages.Accounts.CreateUser;

public sealed class AdministrationModel(CreateUserJourney journeys, ReadSeats readSeats) : AccessStep(journeys, readSeats, CreateUserSteps.Administration);
