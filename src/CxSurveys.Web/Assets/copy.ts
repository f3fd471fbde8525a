// A button with data-copy="id" copies that field, one with data-copy-address the page's address. Each is hidden until this
// runs, because it can do nothing without it.

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy ?? "");
  if (field instanceof HTMLInputElement) offer(button, () => field.value, () => {
    field.select();
    return "Press Ctrl+C";
  });
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy-address]")) {
  offer(button, () => location.href.split("#")[0]!, () => "Copy it from the address bar");
}

/** Where there is no clipboard, as on plain http, or no leave to use it, `otherwise` says what to do. */
function offer(button: HTMLButtonElement, text: () => string, otherwise: () => string): void {
  const shown = button.querySelector("span") ?? button;
  const label = shown.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      shown.textContent = "Copied";
    } catch {
      shown.textContent = otherwise();
    }
    setTimeout(() => (shown.textContent = label), 2000);
  });
}
