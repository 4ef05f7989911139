/**
 * Turns the header's Administration link, which leads to a page, into a button that opens the same groups as a menu
 * over the page. Everything else is inert while it is open, but not the button itself, which closes it again.
 */
export function startAdministrationMenu(): void {
  const link = document.querySelector<HTMLAnchorElement>("a[data-administration-link]");
  const menu = document.getElementById("administration-menu");
  const scrim = document.getElementById("administration-scrim");
  if (!link || !menu || !scrim) return;

  let inert: HTMLElement[] = [];

  const open = (): void => {
    inert = others([link, menu, scrim]);
    for (const element of inert) element.inert = true;
    show(true);
    menu.focus();
  };
  const close = (): void => {
    show(false);
    for (const element of inert) element.inert = false;
    inert = [];
    link.focus();
  };
  const show = (shown: boolean): void => {
    menu.hidden = !shown;
    scrim.hidden = !shown;
    link.setAttribute("aria-expanded", String(shown));
  };
  const toggle = (): void => (menu.hidden ? open() : close());

  link.setAttribute("role", "button");
  link.setAttribute("aria-controls", menu.id);
  show(false);

  link.addEventListener("click", (event) => {
    // A new tab or window was asked for: the page is what people want then.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggle();
  });
  link.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    toggle();
  });
  scrim.addEventListener("click", close);
  menu.querySelector("[data-close]")?.addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !menu.hidden) close();
  });
}

/** Every element that neither holds nor is one of those kept, as high up in the page as can be. */
function others(kept: Element[], root: Element = document.body): HTMLElement[] {
  return [...root.children].flatMap((child) => {
    if (!(child instanceof HTMLElement) || child.inert || child instanceof HTMLScriptElement || kept.includes(child)) return [];
    return kept.some((element) => child.contains(element)) ? others(kept, child) : [child];
  });
}
