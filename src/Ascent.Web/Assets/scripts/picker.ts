import accessibleAutocomplete from "accessible-autocomplete";

/** A linked school as the server offers it; `field` is what the form sends for it. */
interface School {
  name: string;
  number: string;
  field: string;
}

const least = 2;
const pause = 150;

// Names come from the register; nothing in one of them is markup.
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** Asks the server while somebody types; an answer that a later question has overtaken is dropped. */
function suggestions(address: string): (query: string, populate: (found: School[]) => void) => void {
  let timer: number | undefined;
  let asked: AbortController | undefined;
  return (query, populate) => {
    window.clearTimeout(timer);
    asked?.abort();
    const mine = new AbortController();
    asked = mine;
    timer = window.setTimeout(async () => {
      try {
        const answer = await fetch(`${address}?q=${encodeURIComponent(query)}`, { signal: mine.signal, redirect: "error", headers: { accept: "application/json" } });
        populate(answer.ok ? ((await answer.json()) as School[]) : []);
      } catch {
        // Signed out, offline or overtaken: the form works as it does without suggestions.
        if (!mine.signal.aborted) populate([]);
      }
    }, pause);
  };
}

/** Keeps the field's own hint and error among what describes it: the component writes the attribute anew as it pleases. */
function keepDescribed(field: HTMLElement, ids: string): void {
  const own = ids.split(" ").filter(Boolean);
  if (own.length === 0) return;
  const write = (): void => {
    const present = (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    if (own.some((id) => !present.includes(id))) field.setAttribute("aria-describedby", [...own, ...present.filter((id) => !own.includes(id))].join(" "));
  };
  new MutationObserver(write).observe(field, { attributes: true, attributeFilter: ["aria-describedby"] });
  write();
}

/** Gives a field marked `data-school-picker` suggestions of the linked schools. Without it the field is searched when the form is sent. */
function start(input: HTMLInputElement): void {
  const [, organisations, body] = location.pathname.split("/");
  const label = document.querySelector<HTMLLabelElement>(`label[for="${input.id}"]`);
  const place = document.createElement("div");
  place.className = "ascent-suggest";
  input.replaceWith(place);
  if (label && !label.id) label.id = `${input.id}-label`;
  accessibleAutocomplete<School>({
    element: place,
    id: input.id,
    name: input.name,
    source: suggestions(`/${organisations}/${body}/schools/find`),
    defaultValue: input.value,
    minLength: least,
    confirmOnBlur: false,
    displayMenu: "overlay",
    inputClasses: input.className,
    menuAttributes: label ? { "aria-labelledby": label.id } : {},
    templates: {
      inputValue: (option) => (typeof option === "string" ? option : (option?.field ?? "")),
      suggestion: (option) => (typeof option === "string" ? escape(option) : `${escape(option.name)} <span class="ascent-suggest__number">${escape(option.number)}</span>`),
    },
    tNoResults: () => "No linked school fits",
    tStatusNoResults: () => "No linked school fits",
    tStatusQueryTooShort: (most) => `Type ${most} or more characters for suggestions`,
    tAssistiveHint: () => "When suggestions show, use the up and down arrows to go through them and Enter to choose one.",
  });
  const field = document.getElementById(input.id);
  if (field) {
    keepDescribed(field, input.getAttribute("aria-describedby") ?? "");
    field.setAttribute("spellcheck", "false");
  }
}

for (const input of document.querySelectorAll<HTMLInputElement>("input[data-school-picker]")) start(input);
