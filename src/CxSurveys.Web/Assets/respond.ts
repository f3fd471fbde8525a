// Carries a customer's answer over a lost connection. The page works without this: it only repeats what the form would send,
// with the same seal, so that the server stores one response however often it arrives.

interface Unsent {
  body: string;
  at: number;
}

const waits = [1000, 2000, 4000, 8000];
const patience = 20000;
const keptFor = 30 * 24 * 3600 * 1000; // as long as the server takes the form
const form = document.querySelector<HTMLFormElement>('form[method="post"]');
const line = form?.querySelector<HTMLElement>('[role="status"]');

if (form && line) carry(form, line);

// In a widget Esc closes what holds this page; the message says nothing else, and only allowed sites can hold it.
if (parent !== window) document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") parent.postMessage({ cxsurveys: "close" }, "*");
});

function carry(form: HTMLFormElement, line: HTMLElement): void {
  const key = `unsent:${location.pathname}`;
  // Without storage (private windows, a full disk) the answer lives as long as the page.
  let memory: Unsent | null = null;
  let attempt = 0;
  let timer = 0;
  let sending = false;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    keep({ body: entries(form), at: Date.now() });
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
    const answer = await post(unsent.body);
    sending = false;
    if (answer === null || answer.status >= 500 || answer.status === 429) return again(Number(answer?.headers.get("Retry-After")) * 1000);

    keep(null);
    if (answer.redirected && answer.ok) {
      say("saved");
      location.assign(answer.url);
    } else {
      // The server has something to say about the entries: let the browser show its page. Nothing was stored, or the same again.
      HTMLFormElement.prototype.submit.call(form);
    }
  }

  function post(body: string): Promise<Response | null> {
    const address = form.getAttribute("action") ?? location.href;
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    return fetch(address, { method: "POST", body, headers, signal: AbortSignal.timeout(patience) }).catch(() => null);
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
      const found = JSON.parse(localStorage.getItem(key) ?? "null") as Unsent | null;
      return found && Date.now() - found.at < keptFor ? found : null;
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
    if (field instanceof HTMLInputElement && field.type !== "hidden") field.checked = values.includes(field.value);
    else if (values[0] !== undefined) field.value = values[0];
  }
}

export {};
