/**
 * Hides what belongs to a box that is not ticked, marked `data-belongs-to` with the box's id. It never hides a ticked box or an
 * error: the server refuses a child without its parent, and what is refused has to be seen.
 */
export function startChoices(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-belongs-to]")) {
    const box = document.getElementById(part.dataset.belongsTo ?? "");
    if (!(box instanceof HTMLInputElement)) {
      continue;
    }
    const show = (): void => {
      const holdsTick = part.querySelector("input[type=checkbox]:checked, .govuk-error-message") !== null;
      part.hidden = !box.checked && !holdsTick;
    };
    box.addEventListener("change", show);
    part.addEventListener("change", show);
    show();
  }
}
