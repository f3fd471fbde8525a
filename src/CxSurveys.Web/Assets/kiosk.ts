// A device that many people answer on. An answer is kept on the device before anybody is thanked, sent when there is a connection, and
// forgotten once the server has it: its id was made here, so that the server stores it once however often it arrives.

interface Kept {
  body: string;
  to: string;
  at: number;
  refused?: number;
}

const prefix = "kiosk:";
const idleAfter = 40000, idleLasts = 20000, thanksFor = 8000, retryEvery = 15000, freshAfter = 3600000;
const root = document.getElementById("kiosk");
if (root) run(root);

function run(root: HTMLElement): void {
  const form = root.querySelector("form")!;
  const thanks = root.querySelector<HTMLElement>("#thanks")!;
  const idle = root.querySelector<HTMLDialogElement>("#idle")!;
  const queue = root.querySelector<HTMLElement>("#queue")!;
  const line = form.querySelector<HTMLElement>('[role="status"]')!;
  const start = root.dataset["start"]!;
  const opened = Date.now();
  let began = Date.now();
  let sending = false;
  let idleTimer = 0, endTimer = 0;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isComplete()) take();
  });
  thanks.querySelector("button")!.addEventListener("click", startOver);
  idle.querySelector("button")!.addEventListener("click", () => idle.close());
  idle.addEventListener("close", touched);
  for (const event of ["pointerdown", "keydown", "input"]) document.addEventListener(event, touched);
  addEventListener("online", () => void send());
  setInterval(() => void send(), retryEvery);
  void keepPage();
  void send();

  /** Says at the first question what is missing. */
  function isComplete(): boolean {
    form.querySelectorAll(".er:not([role=status])").forEach((old) => old.remove());
    // What rules of the page hide is not asked.
    const fields = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("fieldset input,.x input,textarea")].filter((field) => (field.closest("fieldset,.x") ?? field).checkVisibility());
    const missing = fields.find((field) => field.required && !(field instanceof HTMLInputElement ? fields.some((other) => other.name === field.name && (other as HTMLInputElement).checked) : field.value.trim()));
    const given = fields.some((field) => field instanceof HTMLInputElement ? field.checked : field.value.trim());
    const wrong = missing ?? (given ? null : fields[0]);
    if (!wrong) return true;
    const message = document.createElement("p");
    message.className = "er";
    message.setAttribute("role", "alert");
    message.textContent = root.dataset[!missing ? "nothing" : wrong instanceof HTMLTextAreaElement ? "write" : "choose"] ?? "";
    (wrong.closest("fieldset")?.querySelector("legend") ?? wrong.closest(".x")?.querySelector("label"))?.after(message);
    wrong.focus();
    return false;
  }

  function take(): void {
    const body = new URLSearchParams([...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string"));
    const id = crypto.randomUUID();
    body.set("Id", id);
    body.set("Taken", String(Date.now() - began));
    const kept: Kept = { body: body.toString(), to: form.action, at: Date.now() };
    try {
      localStorage.setItem(prefix + id, JSON.stringify(kept));
    } catch {
      line.className = "er";
      line.textContent = root.dataset["full"] ?? "";
      return;
    }
    form.hidden = true;
    root.querySelector("h1")!.hidden = true;
    thanks.hidden = false;
    thanks.querySelector("h1")!.focus();
    endTimer = window.setTimeout(startOver, thanksFor);
    void send();
  }

  function touched(): void {
    clearTimeout(idleTimer);
    if (!idle.open) idleTimer = window.setTimeout(askIdle, idleAfter);
  }

  // Nobody is thrown out while they think: the page asks first, and starts over only when nobody is there.
  function askIdle(): void {
    const entered = [...new FormData(form)].some(([name, value]) => name !== "form" && name !== "Extra" && value !== "");
    if (!thanks.hidden || !entered && location.href === new URL(start, location.href).href) return;
    idle.showModal();
    endTimer = window.setTimeout(startOver, idleLasts);
    idle.addEventListener("close", () => clearTimeout(endTimer), { once: true });
  }

  function startOver(): void {
    clearTimeout(endTimer);
    if (idle.open) idle.close();
    // Another language, or a page an hour old: the worker brings the first page, also without a connection.
    if (location.href !== new URL(start, location.href).href || Date.now() - opened > freshAfter) return location.replace(start);
    form.reset();
    form.querySelectorAll(".er:not([role=status])").forEach((old) => old.remove());
    line.textContent = "";
    form.hidden = root.querySelector("h1")!.hidden = false;
    thanks.hidden = true;
    scrollTo(0, 0);
    began = Date.now();
  }

  async function send(): Promise<void> {
    if (sending) return;
    sending = true;
    for (const key of keys()) {
      const kept = JSON.parse(localStorage.getItem(key)!) as Kept;
      if (kept.refused) continue;
      const status = await post(kept);
      if (status === 204) localStorage.removeItem(key);
      else if (status >= 400 && status < 500 && status !== 408 && status !== 429) localStorage.setItem(key, JSON.stringify({ ...kept, refused: status }));
      else break;
    }
    sending = false;
    tell();
  }

  function post(kept: Kept): Promise<number> {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const body = `${kept.body}&Age=${Math.max(0, Date.now() - kept.at)}`;
    return fetch(kept.to, { method: "POST", body, headers, signal: AbortSignal.timeout(20000) }).then((answer) => answer.status, () => 0);
  }

  function tell(): void {
    const all = keys().map((key) => JSON.parse(localStorage.getItem(key)!) as Kept);
    const refused = all.filter((kept) => kept.refused).length;
    const waiting = all.length - refused;
    queue.textContent = [waiting ? `${root.dataset["waiting"]} ${waiting}` : "", refused ? `${root.dataset["refused"]} ${refused}` : ""].join(" ").trim();
  }

  async function keepPage(): Promise<void> {
    if (!("serviceWorker" in navigator)) return console.info("Without https the page cannot be kept on this device.");
    await navigator.serviceWorker.register("/assets/kiosk-worker.js", { scope: location.pathname });
    const pages = [start, ...[...document.querySelectorAll<HTMLAnchorElement>("footer a")].map((link) => link.href)];
    const cache = await caches.open("cx-kiosk");
    await cache.addAll(["/assets/kiosk.js", ...pages]).catch(() => console.info("Kept as it was: no connection."));
  }
}

/** Oldest first. */
function keys(): string[] {
  const found = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i)!).filter((key) => key.startsWith(prefix));
  return found.sort((a, b) => (JSON.parse(localStorage.getItem(a)!) as Kept).at - (JSON.parse(localStorage.getItem(b)!) as Kept).at);
}

export {};
