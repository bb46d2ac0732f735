/* Rows that are picked: the tint, the count in the bulk bar, and "all on this page". */
const PICK = "input[data-pick]";

function picks(scope: ParentNode): HTMLInputElement[] {
  return [...scope.querySelectorAll<HTMLInputElement>(PICK)];
}

function refresh(list: Element): void {
  const boxes = picks(list);
  const chosen = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr")?.classList.toggle("selected", box.checked);
  for (const place of list.querySelectorAll("[data-picked]")) {
    place.textContent = String(chosen.length);
  }
  const bar = list.querySelector<HTMLElement>("[data-bulk]");
  if (bar) bar.hidden = chosen.length === 0;
  const all = list.querySelector<HTMLInputElement>("input[data-pick-all]");
  if (all) {
    all.checked = boxes.length > 0 && chosen.length === boxes.length;
    all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
  }
}

export function startSelection(): void {
  document.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    const list = box.closest("[data-list]");
    if (!list || !box.matches(`${PICK}, input[data-pick-all]`)) return;
    if (box.matches("input[data-pick-all]"))
      for (const each of picks(list)) each.checked = box.checked;
    refresh(list);
  });
  // The browser may restore ticks when one comes back to the page.
  window.addEventListener("pageshow", () =>
    document.querySelectorAll("[data-list]").forEach(refresh),
  );
}
