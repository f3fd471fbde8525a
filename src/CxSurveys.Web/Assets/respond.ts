// Carries a customer's answer over a lost connection. The page works without this: it only repeats what the form would send,
// with the same seal, so that the server stores one response however often it arrives.

interface Unsent {
  to: string;
  body: string;
  at: number;
}

const prefix = "unsent:";
const waits = [1000, 2000, 4000, 8000];
const patience = 20000;
const keptFor = 30 * 24 * 3600 * 1000; // as long as the server takes the form
const form = document.querySelector<HTMLFormElement>('form[method="post"]');
const line = form?.querySelector<HTMLElement>('[role="status"]');
// One survey's link, or one person's: answers to its later pages stand at longer addresses.
const way = prefix + location.pathname.split("/").slice(0, 3).join("/");

if (form && line) carry(form, line);
void sendOthers(form && line ? slot(form) : null, 0);

// In a widget Esc closes what holds this page; the message says nothing else, and only allowed sites can hold it.
if (parent !== window) document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") parent.postMessage({ cxsurveys: "close" }, "*");
});

// Where the browser keeps what a form holds: each page of a survey its own.
function slot(form: HTMLFormElement): string {
  return `${prefix}${new URL(target(form), location.href).pathname}#${form.querySelector<HTMLInputElement>('[name="Page"]')?.value ?? ""}`;
}

function target(form: HTMLFormElement): string {
  return form.getAttribute("action") ?? location.href;
}

function post(unsent: Unsent): Promise<Response | null> {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return fetch(unsent.to, { method: "POST", body: unsent.body, headers, signal: AbortSignal.timeout(patience) }).catch(() => null);
}

function isBusy(answer: Response): boolean {
  return answer.status >= 500 || answer.status === 429;
}

// Another page of this survey was left with an answer that had not gone: it goes now, and its survey goes on where it was left.
async function sendOthers(own: string | null, attempt: number): Promise<void> {
  const left = others(own).sort((a, b) => a.unsent.at - b.unsent.at);
  for (const { key, unsent } of left) {
    const answer = await post(unsent);
    if (!answer || isBusy(answer)) {
      window.setTimeout(() => void sendOthers(own, attempt + 1), waits[Math.min(attempt, waits.length - 1)]);
      return;
    }
    localStorage.removeItem(key);
    if (answer.redirected && answer.ok) location.assign(answer.url);
    else show(unsent);
  }
}

function others(own: string | null): { key: string; unsent: Unsent }[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key !== own && (key === way || key.startsWith(way + "#") || key.startsWith(way + "/")))
      .flatMap((key) => {
        const unsent = read(key);
        return unsent ? [{ key, unsent }] : [];
      });
  } catch (refused) {
    console.info("Nothing can be read back on this device.", refused);
    return [];
  }
}

function read(key: string): Unsent | null {
  const found = JSON.parse(localStorage.getItem(key) ?? "null") as (Omit<Unsent, "to"> & { to?: string }) | null;
  // Earlier releases kept no address: it is the key's.
  return found && Date.now() - found.at < keptFor ? { ...found, to: found.to ?? key.slice(prefix.length) } : null;
}

// The server has something to say about the entries: the browser shows its page. Nothing was stored, or the same again.
function show(unsent: Unsent): void {
  const again = document.createElement("form");
  again.method = "post";
  again.action = unsent.to;
  for (const [name, value] of new URLSearchParams(unsent.body)) {
    const field = document.createElement("input");
    [field.type, field.name, field.value] = ["hidden", name, value];
    again.append(field);
  }
  document.body.append(again);
  again.submit();
}

function carry(form: HTMLFormElement, line: HTMLElement): void {
  const key = slot(form);
  // Without storage (private windows, a full disk) the answer lives as long as the page.
  let memory: Unsent | null = null;
  let attempt = 0;
  let timer = 0;
  let sending = false;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    keep({ to: target(form), body: entries(form), at: Date.now() });
    attempt = 0;
    void send();
  });
  window.addEventListener("online", () => void send());
  // Back from the next page: the browser may show this one as it was left.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) line.textContent = "";
  });

  const left = kept();
  if (left) {
    refill(form, new URLSearchParams(left.body));
    void send();
  }

  async function send(): Promise<void> {
    const unsent = kept();
    if (!unsent || sending) return;
    clearTimeout(timer);
    sending = true;
    say("sending");
    const answer = await post(unsent);
    sending = false;
    if (!answer || isBusy(answer)) return again(Number(answer?.headers.get("Retry-After")) * 1000);

    keep(null);
    if (answer.redirected && answer.ok) {
      say("saved");
      location.assign(answer.url);
    } else {
      show(unsent);
    }
  }

  function again(asked: number): void {
    say("waiting");
    timer = window.setTimeout(() => void send(), asked || waits[Math.min(attempt, waits.length - 1)]);
    attempt++;
  }

  function say(what: "sending" | "waiting" | "saved"): void {
    line.className = what === "waiting" ? "er" : "s";
    line.textContent = line.dataset[what] ?? "";
  }

  function keep(unsent: Unsent | null): void {
    memory = unsent;
    try {
      if (unsent) localStorage.setItem(key, JSON.stringify(unsent));
      else localStorage.removeItem(key);
    } catch (refused) {
      console.info("The answer is not kept on this device.", refused);
    }
  }

  function kept(): Unsent | null {
    if (memory) return memory;
    try {
      return read(key);
    } catch (refused) {
      console.info("Nothing can be read back on this device.", refused);
      return null;
    }
  }
}

function entries(form: HTMLFormElement): string {
  const pairs = [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return new URLSearchParams(pairs).toString();
}

/** Puts kept entries, the seal among them, back into the fields. */
function refill(form: HTMLFormElement, body: URLSearchParams): void {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input,textarea")) {
    const values = body.getAll(field.name);
    if (field.type === "radio" || field.type === "checkbox") (field as HTMLInputElement).checked = values.includes(field.value);
    else if (values[0] !== undefined) field.value = values[0];
  }
}

export {};
