import {
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { startAdministrationMenu } from "./administration-menu";
import { startChoices } from "./choices";
import { startMenus } from "./menus";
import { startPasskeys } from "./passkeys";
import { startSession } from "./session";
import { startPrintButtons } from "./print-buttons";
import { startReviews } from "./review";
import { startSelections } from "./selection";
import { startSubjectGrids } from "./subject-grid";

for (const component of [Button, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, ServiceNavigation, SkipLink]) {
  createAll(component);
}
startAdministrationMenu();
startChoices();
startMenus();
startPasskeys();
startPrintButtons();
startSession();
startReviews();
startSelections();
startSubjectGrids();
