// A button with data-copy="id" copies that field. It is hidden until this runs, because it can do nothing without it.

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy ?? "");
  if (!(field instanceof HTMLInputElement)) continue;
  const label = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => void copy(field, button, label));
}

async function copy(field: HTMLInputElement, button: HTMLButtonElement, label: string | null): Promise<void> {
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = "Copied";
  } catch {
    // No clipboard on plain http, or not allowed: marked, the reader's own keys can copy it.
    field.select();
    button.textContent = "Press Ctrl+C";
  }
  setTimeout(() => (button.textContent = label), 2000);
}
