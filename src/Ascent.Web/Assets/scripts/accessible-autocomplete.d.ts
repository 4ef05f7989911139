// It ships no types; these are the parts that we use.
declare module "accessible-autocomplete" {
  interface Options<T> {
    element: Element;
    id: string;
    name: string;
    source: (query: string, populate: (found: T[]) => void) => void;
    defaultValue: string;
    minLength: number;
    confirmOnBlur: boolean;
    displayMenu: "inline" | "overlay";
    inputClasses: string;
    menuAttributes: Record<string, string>;
    templates: { inputValue: (option: T | string | undefined) => string; suggestion: (option: T | string) => string };
    tNoResults: () => string;
    tStatusNoResults: () => string;
    tStatusQueryTooShort: (least: number) => string;
    tAssistiveHint: () => string;
  }
  export default function start<T>(options: Options<T>): void;
}
