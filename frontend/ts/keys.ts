/* The keys of the desk: / search, J K move, X select, O open, N P next error, ? all, and letters
   that a page gives to its own buttons by `data-key`. Never while somebody is typing. */
import { openDialog } from "./dialogs";

const TYPING = "input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]";
const ROWS = "[data-rows] tbody tr:not([data-group])";

function visible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}

function currentRow(): HTMLElement | null {
  const focused = document.activeElement?.closest<HTMLElement>(ROWS);
  return focused ?? document.querySelector<HTMLElement>(`${ROWS}.current`);
}

function goTo(row: HTMLElement): void {
  for (const each of document.querySelectorAll(`${ROWS}.current`)) {
    each.classList.remove("current");
    each.removeAttribute("aria-current");
  }
  row.classList.add("current");
  row.setAttribute("aria-current", "true");
  (row.querySelector<HTMLElement>("[data-open]") ?? row.querySelector<HTMLElement>("a"))?.focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)].filter(visible);
  const row = currentRow();
  const at = row ? rows.indexOf(row) : by > 0 ? -1 : rows.length;
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  if (next) goTo(next);
}

function stepError(by: number): void {
  const places = [...document.querySelectorAll<HTMLElement>("[data-error]")].filter(visible);
  const at = places.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (by > 0 ? places[0] : places.at(-1)) : places[at + by];
  next?.focus();
}

function search(): void {
  const boxes = [...document.querySelectorAll<HTMLInputElement>("input[data-search]")];
  boxes.find(visible)?.focus();
}

const ACTIONS: Record<string, () => void> = {
  "/": search,
  "?": () => openDialog("keys"),
  j: () => step(1),
  k: () => step(-1),
  n: () => stepError(1),
  p: () => stepError(-1),
  x: () => currentRow()?.querySelector<HTMLInputElement>("input[data-pick]")?.click(),
  o: () => currentRow()?.querySelector<HTMLElement>("[data-open]")?.click(),
};

export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if ((event.target as Element).closest(TYPING) || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    const own = [...document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)];
    const button = own.find(visible);
    const act = button ? () => button.click() : ACTIONS[key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
