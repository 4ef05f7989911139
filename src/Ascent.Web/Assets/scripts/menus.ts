const openMenus = "details[data-menu][open]";

/** Account menu and row menus are plain `details`; this adds what people expect of a menu: it closes. */
export function startMenus(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll<HTMLDetailsElement>(openMenus)) {
      // Only the menu that holds the focus gives it back: the others were left before.
      const held = menu.contains(document.activeElement);
      menu.open = false;
      if (held) menu.querySelector("summary")?.focus();
    }
  });

  const closeOthers = (target: EventTarget | null): void => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>(openMenus)) {
      if (!(target instanceof Node && menu.contains(target))) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeOthers(event.target));
  // Tabbing out of an open menu would leave it over what has the focus now (WCAG 2.2, 2.4.11).
  document.addEventListener("focusin", (event) => closeOthers(event.target));
}
