/**
 * Hides what belongs to a box or a radio that is not ticked, marked `data-belongs-to` with its id. It never hides a ticked box or an
 * error: the server refuses a child without its parent, and what is refused has to be seen.
 */
function startBelongings(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-belongs-to]")) {
    const box = document.getElementById(part.dataset.belongsTo ?? "");
    if (!(box instanceof HTMLInputElement)) {
      continue;
    }
    const show = (): void => {
      const holdsTick = part.querySelector("input[type=checkbox]:checked, .govuk-error-message") !== null;
      part.hidden = !box.checked && !holdsTick;
    };
    // A radio says nothing when another one takes the choice from it.
    for (const one of box.type === "radio" ? document.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${CSS.escape(box.name)}"]`) : [box]) {
      one.addEventListener("change", show);
    }
    part.addEventListener("change", show);
    show();
  }
}

/** Closes a box that another one includes, marked `data-included-with` with that box's id, and shows the words that say so. */
function startInclusions(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-included-with]")) {
    const whole = document.getElementById(part.dataset.includedWith ?? "");
    const box = part.querySelector<HTMLInputElement>("input[type=checkbox]");
    const words = part.querySelector<HTMLElement>("[data-included-words]");
    if (!(whole instanceof HTMLInputElement) || !box || !words) {
      continue;
    }
    const isClosed = box.disabled;
    const show = (): void => {
      box.disabled = isClosed || whole.checked;
      words.hidden = !whole.checked;
    };
    whole.addEventListener("change", show);
    show();
  }
}

/** Hides what only one choice asks for, marked `data-only-for` with its value and `data-of` with the list's id, or the name of its radios. */
function startOnlyFor(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-only-for]")) {
    const list = document.getElementById(part.dataset.of ?? "");
    const radios = [...document.querySelectorAll<HTMLInputElement>("input[type=radio]")].filter((radio) => radio.name === part.dataset.of);
    const choices = list instanceof HTMLSelectElement ? [list] : radios;
    if (choices.length === 0) {
      continue;
    }
    const show = (): void => {
      part.hidden = !choices.some((choice) => choice.value === part.dataset.onlyFor && (choice instanceof HTMLSelectElement || choice.checked));
    };
    for (const choice of choices) {
      choice.addEventListener("change", show);
    }
    show();
  }
}

export function startChoices(): void {
  startBelongings();
  startInclusions();
  startOnlyFor();
}
