// GOV.UK Frontend ships no types; these are the parts that we start.
declare module "govuk-frontend" {
  type Component = new (root: Element) => unknown;
  export const Button: Component;
  export const Checkboxes: Component;
  export const ErrorSummary: Component;
  export const NotificationBanner: Component;
  export const PasswordInput: Component;
  export const Radios: Component;
  export const ServiceNavigation: Component;
  export const SkipLink: Component;
  export function createAll(component: Component): void;
}
