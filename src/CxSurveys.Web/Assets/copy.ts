// Offers to copy what a page shows once; without script or clipboard the text can be selected by hand.
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
  const source = document.getElementById(button.dataset["copy"] ?? "");
  if (!(source instanceof HTMLInputElement) || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = button.closest("section")?.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(source.value);
      if (said) said.textContent = "Copied.";
    } catch {
      source.select();
      if (said) said.textContent = "The browser refused. It is selected now: copy it by hand.";
    }
  });
}
