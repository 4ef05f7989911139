/**
 * Shows before and after while a form is filled. The server words it, with what it would save; one press of Save is then enough, where
 * without script the first press shows the same.
 */
export function startReviews(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-review]")) {
    const panel = form.querySelector<HTMLElement>("[data-review-panel]");
    const save = form.querySelector<HTMLElement>("[data-review-save]");
    if (!panel || !save) continue;
    let latest = 0;

    const refresh = async (): Promise<void> => {
      const mine = ++latest;
      const answer = await fetch(form.dataset.review ?? "", { method: "POST", body: new FormData(form) });
      const words = await answer.text();
      // Signed out meanwhile, or overtaken by a later change: what stands there stays, and Save asks the server anyway.
      if (mine !== latest || !answer.ok || answer.redirected) return;
      panel.innerHTML = words;
      // The button itself stays: it may be under a finger just now.
      save.textContent = panel.querySelector<HTMLElement>("[data-save]")?.dataset.save ?? save.textContent;
    };
    form.addEventListener("change", () => {
      refresh().catch(() => undefined);
    });
  }
}
