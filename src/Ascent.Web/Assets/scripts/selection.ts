/** Ticking rows of a list: counts them, ticks or clears all of the page. Without it the boxes and the buttons work all the same. */
export function startSelections(): void {
  for (const list of document.querySelectorAll<HTMLElement>(".ascent-list")) {
    const bar = list.querySelector<HTMLElement>("[data-selection]");
    const all = list.querySelector<HTMLInputElement>("[data-select-all]");
    const words = bar?.querySelector<HTMLElement>("[data-one]");
    if (!bar || !all || !words) continue;
    const boxes = [...list.querySelectorAll<HTMLInputElement>("[data-select]")];

    const show = (): void => {
      const count = boxes.filter((box) => box.checked).length;
      words.textContent = `${count} ${count === 1 ? words.dataset.one : words.dataset.many} selected`;
      all.checked = count === boxes.length;
      all.indeterminate = count > 0 && count < boxes.length;
    };
    const tick = (ticked: boolean): void => {
      for (const box of boxes) box.checked = ticked;
      show();
    };

    all.parentElement?.removeAttribute("hidden");
    all.addEventListener("change", () => tick(all.checked));
    const clear = bar.querySelector<HTMLButtonElement>("[data-clear]");
    if (clear) {
      clear.hidden = false;
      clear.addEventListener("click", () => {
        tick(false);
        // The bar goes, and the focus must not go with it.
        (all.offsetParent ? all : boxes[0])?.focus();
      });
    }
    list.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && boxes.includes(event.target)) show();
    });
    show();
  }
}
