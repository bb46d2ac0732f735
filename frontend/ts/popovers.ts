/* An open `<details>` menu closes on Escape and on a click elsewhere; focus returns to its button. */
const OPEN = "details.who[open], details.menu[open], details.drop[open]";

function close(menu: HTMLDetailsElement, returnFocus: boolean): void {
  menu.open = false;
  if (returnFocus) menu.querySelector("summary")?.focus();
}

export function startPopovers(): void {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>(OPEN)) {
      if (!menu.contains(event.target as Node)) close(menu, false);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll<HTMLDetailsElement>(OPEN)) {
      close(menu, menu.contains(document.activeElement));
    }
  });
}
