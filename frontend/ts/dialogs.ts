/* `<button data-dialog="name">` opens `<dialog data-name="name">`; `[data-close]` closes it. */
export function openDialog(name: string): void {
  const dialog = document.querySelector<HTMLDialogElement>(`dialog[data-name="${name}"]`);
  if (dialog && !dialog.open) dialog.showModal();
}

export function startDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-dialog]");
    if (opener?.dataset["dialog"]) {
      event.preventDefault();
      openDialog(opener.dataset["dialog"]);
    }
    if (target.closest("[data-close]")) target.closest("dialog")?.close();
  });
}
