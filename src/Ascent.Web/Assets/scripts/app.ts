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

for (const component of [Button, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, ServiceNavigation, SkipLink]) {
  createAll(component);
}
startAdministrationMenu();
startChoices();
startMenus();
startPrintButtons();
startSession();
