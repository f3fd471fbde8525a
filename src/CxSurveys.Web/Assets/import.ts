// Shows how far an import of responses is. With a form it sends that, so that the page stays; without one it watches what
// somebody else sends. Without this module the form is sent as any other and its answer is the result.

interface Status {
  state: "running" | "done" | "refused" | "brokenOff";
  bytes: number;
  size: number | null;
  lines: number;
  accepted: number;
  duplicates: number;
  rejectedLines: number;
}

const everyMs = 500;
const source = document.querySelector<HTMLElement>("[data-import]");
const running = document.getElementById("import-running");
if (source && running) {
  if (source instanceof HTMLFormElement) source.addEventListener("submit", event => {
    event.preventDefault();
    void send(source, running);
  });
  else void watch(source, running, () => location.reload());
}

async function send(form: HTMLFormElement, shown: HTMLElement): Promise<void> {
  const body = new FormData(form);
  form.hidden = true;
  let ended = false;
  void watch(form, shown, () => undefined, () => ended);
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    ended = true;
    if (answer.redirected) location.assign(answer.url);
    else fail(shown, answer.status === 400 ? "The form was out of date; nothing was stored." : "Something went wrong here. What was stored stays; import the same file again and it goes on where it was.");
  } catch {
    ended = true;
    fail(shown, "The connection broke. What was stored stays; import the same file again and it goes on where it was.");
  }
}

async function watch(source: HTMLElement, shown: HTMLElement, whenEnded: () => void, stop: () => boolean = () => false): Promise<void> {
  shown.hidden = false;
  const began = performance.now();
  let said = 0;
  while (!stop()) {
    const status = await read(source.dataset.status!);
    if (status) {
      draw(shown, status, began);
      // Heard every ten seconds, not twice a second.
      if (performance.now() - said > 10_000) said = say(shown);
      if (status.state !== "running") return whenEnded();
    }
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
}

/** Nothing before the import has begun, or while it cannot be asked. */
async function read(address: string): Promise<Status | null> {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.status === 200 ? await answer.json() as Status : null;
  } catch {
    return null;
  }
}

function draw(shown: HTMLElement, status: Status, began: number): void {
  const bar = shown.querySelector("progress")!;
  if (status.size) {
    bar.max = status.size;
    bar.value = status.bytes;
  }
  const number = (n: number): string => n.toLocaleString("en");
  const rate = Math.round(status.lines / Math.max(1, (performance.now() - began) / 1000));
  const share = status.size ? `${Math.floor(100 * status.bytes / status.size)} %, ` : "";
  shown.querySelector("[data-line]")!.textContent =
    `${share}${number(status.lines)} lines read, ${number(rate)} a second: ${number(status.accepted)} stored, ${number(status.duplicates)} known already, ${number(status.rejectedLines)} rejected.`;
}

function say(shown: HTMLElement): number {
  shown.querySelector("[data-said]")!.textContent = shown.querySelector("[data-line]")!.textContent;
  return performance.now();
}

function fail(shown: HTMLElement, why: string): void {
  shown.hidden = true;
  const note = document.createElement("div");
  note.className = "note bad";
  note.setAttribute("role", "alert");
  const words = document.createElement("span");
  words.textContent = why + " ";
  const again = document.createElement("a");
  again.href = location.pathname;
  again.textContent = "Import again";
  note.append(words, again);
  shown.before(note);
}
