/** Shows the Print buttons: they are written hidden, since without script they could do nothing. */
export function startPrintButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
