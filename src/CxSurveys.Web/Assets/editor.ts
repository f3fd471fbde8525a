// The survey editor as it is typed: one question at a time, saved by itself, with what customers see beside it.
// Without this the same form works by its buttons: whatever is sent here, a button sends too.

export {};

interface Saved { stamp: string; saved: string; changed: boolean; progress: string | null; questions: { key: string; options: string[] }[] }
interface Refused { problems: { field: string; text: string }[]; conflict: string | null }

const pause = 700;
const retry = 5000;
const form = document.querySelector<HTMLFormElement>("form#draft");
if (form) edit(form);

function edit(form: HTMLFormElement): void {
  const saving = form.dataset.autosave === "true" ? autosave(form) : null;
  let shown = "";

  form.classList.add("one");
  for (const plain of document.querySelectorAll<HTMLElement>("[data-plain]")) plain.hidden = saving !== null || plain.closest("#preview-form") !== null;
  drawn();
  show(location.hash.slice(1) || "q1");

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    const anchor = button.getAttribute("formaction")?.split("#")[1];
    // Saving and publishing lead to another page.
    if (anchor === undefined) return saving?.leave();
    event.preventDefault();
    void act(button.value, anchor);
  });
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement && event.target.name.endsWith(".kind")) event.target.parentElement?.querySelector<HTMLButtonElement>("[data-refresh]")?.click();
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href^='#']") : null;
    if (!link || link.classList.contains("skip")) return;
    const anchor = link.hash.slice(1);
    if (!show(anchor)) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    focus(anchor);
  });
  reorder(form, (from, to) => void act(`move:${from}:${to}`, `q${to + 1}`));

  /** Sends the form with an act that stores nothing, and puts the answer's form in its place. */
  async function act(value: string, anchor: string): Promise<void> {
    const fields = entries(form);
    fields.set("act", value);
    form.inert = true;
    try {
      const response = await post(form, fields);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const now = page.getElementById("draft");
      if (!response.ok || !now) throw new Error();
      // A save of our own may have come between: then its stamp is newer than the one that came back.
      const stamp = stamped(form).value;
      form.replaceChildren(...now.childNodes);
      stamped(form).value = stamp;
      document.getElementById("notes")?.replaceChildren(...(page.querySelector("#notes .note.bad") ? page.getElementById("notes")!.childNodes : []));
    } catch {
      form.inert = false;
      say("Nothing was changed: the app did not answer. Please try again.");
      return;
    }
    form.inert = false;
    drawn();
    show(anchor.startsWith("q") ? anchor.split("-")[0]! : shown);
    focusAfter(value, anchor);
    saving?.changed(0);
  }

  /** Hides what only serves a page without this script. */
  function drawn(): void {
    for (const button of form.querySelectorAll<HTMLElement>("[data-refresh]")) button.hidden = true;
    for (const question of form.querySelectorAll<HTMLDetailsElement>("details.qu")) question.open = true;
    if (saving) for (const plain of form.querySelectorAll<HTMLElement>("[data-plain]")) plain.hidden = true;
  }

  /** Shows the card that holds the element of this id; false when there is none. */
  function show(anchor: string): boolean {
    const cards = [...form.querySelectorAll<HTMLElement>(".qu")];
    const target = anchor ? document.getElementById(anchor) : null;
    const card = target?.closest<HTMLElement>(".qu") ?? null;
    if (!card && anchor !== "" && shown !== "" && cards.some((c) => c.classList.contains("on"))) return false;
    const on = card ?? cards.find((c) => c.id !== "survey") ?? cards[0];
    for (const other of cards) other.classList.toggle("on", other === on);
    shown = on?.querySelector("[role=group]")?.id ?? on?.id ?? "";
    for (const link of form.querySelectorAll<HTMLAnchorElement>(".ql a")) {
      link.toggleAttribute("aria-current", false);
      if (link.hash === `#${shown}`) link.setAttribute("aria-current", "true");
    }
    return card !== null;
  }

  function focusAfter(value: string, anchor: string): void {
    const [name, at] = value.split(":");
    const moved = name === "up" ? [`up:${Number(at) - 1}`, `down:${Number(at) - 1}`] : name === "down" ? [`down:${Number(at) + 1}`, `up:${Number(at) + 1}`] : name === "remove" ? ["undo"] : [];
    const button = moved.map((v) => form.querySelector<HTMLElement>(`button[value="${v}"]`)).find((b) => b);
    if (button) button.focus();
    else focus(anchor);
  }
}

/** Which stored draft the form is based on. */
function stamped(form: HTMLFormElement): HTMLInputElement {
  return form.querySelector<HTMLInputElement>("input[name=stamp]")!;
}

/** The field of this id, the first one of the group, or the heading of the list. */
function focus(anchor: string): void {
  const target = document.getElementById(anchor);
  if (!target) return;
  const field = target.matches("input,select,textarea,button,a") ? target : target.querySelector<HTMLElement>("textarea,input:not([type=hidden]),select,button");
  if (field) field.focus();
  else {
    target.tabIndex = -1;
    target.focus();
  }
}

/** Dragging in the list; the buttons beside each question do the same. */
function reorder(form: HTMLFormElement, move: (from: number, to: number) => void): void {
  let dragged = -1;
  const item = (event: DragEvent): HTMLElement | null => event.target instanceof Element ? event.target.closest<HTMLElement>(".ql li") : null;
  form.addEventListener("pointerdown", (event) => {
    const li = event.target instanceof Element ? event.target.closest<HTMLElement>(".ql li") : null;
    if (li) li.draggable = true;
  });
  form.addEventListener("dragstart", (event) => {
    const li = item(event);
    if (!li) return;
    dragged = Number(li.dataset.index);
    event.dataTransfer?.setData("text/plain", "");
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  });
  form.addEventListener("dragover", (event) => {
    const li = item(event);
    if (dragged < 0 || !li) return;
    event.preventDefault();
    for (const other of form.querySelectorAll(".ql li")) other.classList.toggle("over", other === li);
  });
  form.addEventListener("drop", (event) => {
    const to = Number(item(event)?.dataset.index ?? -1);
    if (dragged < 0 || to < 0) return;
    event.preventDefault();
    if (to !== dragged) move(dragged, to);
  });
  form.addEventListener("dragend", () => {
    dragged = -1;
    for (const other of form.querySelectorAll(".ql li.over")) other.classList.remove("over");
  });
}

/** Sends the form a moment after the last change, and says what became of it. */
function autosave(form: HTMLFormElement): { changed: (after: number) => void; leave: () => void } {
  const line = document.getElementById("saved")!;
  const preview = previewing();
  let timer = 0;
  let edits = 0;
  let stored = 0;
  let busy = false;

  form.addEventListener("input", (event) => {
    if (!(event.target instanceof HTMLElement) || event.target.id === "new-kind" || event.target.id === "f-newLanguage") return;
    heading(event.target);
    changed(pause);
  });
  // A key is given when the words are done: not while they are being typed.
  form.addEventListener("focusout", () => {
    if (edits === stored && unnamed(form).length > 0) changed(pause);
  });
  window.addEventListener("beforeunload", (event) => {
    if (edits !== stored) event.preventDefault();
  });
  return { changed, leave: () => { edits = stored; clearTimeout(timer); } };

  function changed(after: number): void {
    edits++;
    form.dataset.state = "changed";
    clearTimeout(timer);
    timer = window.setTimeout(() => void save(), after);
  }

  async function save(): Promise<void> {
    if (busy) return;
    busy = true;
    const sent = edits;
    const fields = entries(form);
    fields.set("act", "autosave");
    try {
      const response = await post(form, fields);
      if (response.redirected) say("Not saved: you are signed out. Sign in in another tab, then go on here.");
      else if (response.ok) {
        stored = sent;
        took(await response.json() as Saved);
        if (edits === sent) form.dataset.state = "saved";
      } else if (response.status === 400 || response.status === 409) refused(await response.json() as Refused);
      else throw new Error();
    } catch {
      line.textContent = "Not saved, no connection. Trying again.";
      timer = window.setTimeout(() => void save(), retry);
    }
    busy = false;
    if (edits !== sent) changed(pause);
  }

  function took(saved: Saved): void {
    say("");
    line.textContent = saved.saved;
    stamped(form).value = saved.stamp;
    for (const tag of document.querySelectorAll<HTMLElement>("[data-changed]")) tag.hidden = !saved.changed;
    for (const tag of document.querySelectorAll<HTMLElement>("[data-unchanged]")) tag.hidden = saved.changed;
    for (const line of document.querySelectorAll("[data-progress]")) line.textContent = saved.progress;
    const written = document.activeElement?.closest(".qu");
    for (const [was, key] of unnamed(form)) {
      if (was.closest(".qu") === written) continue;
      const [question, option] = [...was.name.matchAll(/\d+/g)].map((m) => Number(m[0]));
      const given = option === undefined ? saved.questions[question!]?.key : saved.questions[question!]?.options[option];
      if (given) was.value = key.value = given;
    }
    preview();
  }

  function refused(problem: Refused): void {
    const [first, ...more] = problem.problems;
    line.textContent = "Not saved yet.";
    if (problem.conflict) say(`${problem.conflict} What you typed is here and not stored.`, undefined, true);
    else if (first) say(`Not saved yet. ${first.text}${more.length > 0 ? ` And ${more.length} more.` : ""}`, first.field);
  }
}

/** The list and the card call a question by its words in the first language. */
function heading(field: HTMLElement): void {
  const card = field.closest<HTMLElement>("details.qu");
  if (!card || field !== card.querySelector("textarea[name*='.text.']")) return;
  const words = (field as HTMLTextAreaElement).value.trim();
  const group = card.querySelector<HTMLElement>("[role=group]")!.id;
  const number = group.slice(1);
  if (words === "") return;
  card.querySelector("h2")!.textContent = `${number}. ${words}`;
  document.querySelector(`.ql a[href="#${group}"] b`)!.textContent = words;
}

/** The hidden fields of questions and options that have no key in the stored draft, each with the field of its key. */
function unnamed(form: HTMLFormElement): [HTMLInputElement, HTMLInputElement][] {
  return [...form.querySelectorAll<HTMLInputElement>("input[name$='.was']")]
    .filter((was) => was.value === "")
    .map((was): [HTMLInputElement, HTMLInputElement | null] => [was, form.querySelector<HTMLInputElement>(`input[name="${was.name.replace(/\.was$/, ".key")}"]`)])
    .filter((pair): pair is [HTMLInputElement, HTMLInputElement] => pair[1] !== null);
}

/** What stands against saving, with the way to it; nothing when the text is empty. */
function say(text: string, field?: string, overtaken = false): void {
  const note = document.getElementById("unsaved");
  const line = note?.querySelector<HTMLElement>("[data-text]");
  if (!note || !line) return;
  note.classList.toggle("bad", !field);
  note.classList.toggle("warn", field !== undefined);
  const link = document.createElement(field ? "a" : "span");
  if (link instanceof HTMLAnchorElement) link.href = `#${field}`;
  link.textContent = text;
  if (line.textContent !== text) line.replaceChildren(link);
  note.querySelector<HTMLElement>("[data-overtaken]")!.hidden = !overtaken;
  note.hidden = text === "";
}

/** Draws the frame anew where it was scrolled to; its own choices do so at once. */
function previewing(): () => void {
  const choices = document.querySelector<HTMLFormElement>("#preview-form");
  const frame = document.querySelector<HTMLIFrameElement>("iframe[name=preview]");
  if (!choices || !frame) return () => {};
  choices.addEventListener("change", () => choices.requestSubmit());
  let at = 0;
  // A mail's frame is nobody's to look into.
  frame.addEventListener("load", () => { if (at > 0) try { frame.contentWindow?.scrollTo(0, at); } catch { at = 0; } });
  return () => {
    try { at = frame.contentWindow?.scrollY ?? 0; } catch { at = 0; }
    choices.requestSubmit();
  };
}

function entries(form: HTMLFormElement): URLSearchParams {
  return new URLSearchParams([...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]));
}

function post(form: HTMLFormElement, body: URLSearchParams): Promise<Response> {
  return fetch(form.getAttribute("action")!, { method: "POST", body });
}
