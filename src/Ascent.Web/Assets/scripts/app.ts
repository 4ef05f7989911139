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
import { startSession } from "./session";
import { startPrintButtons } from "./print-buttons";
import { startReviews } from "./review";
import { startSelections } from "./selection";

for (const component of [Button, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, ServiceNavigation, SkipLink]) {
  createAll(component);
}
startAdministrationMenu();
startChoices();
startMenus();
startPrintButtons();
startSession();
startReviews();
startSelections();
