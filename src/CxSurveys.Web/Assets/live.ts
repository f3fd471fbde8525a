// Keeps the figures of an open page as new as the answers. The page works without this: it then shows what it was loaded with,
// and says until when that is.

const footer = document.querySelector<HTMLElement>("[data-live]");
const time = footer?.querySelector<HTMLTimeElement>("time");
const status = document.querySelector<HTMLElement>("[data-live-status]");
const staleAfter = 5 * 60_000;
const again = 60_000;

if (footer && time && status) keepNew(footer, time, status);

function keepNew(footer: HTMLElement, time: HTMLTimeElement, status: HTMLElement): void {
  let mark = footer.dataset.mark ?? "";
  let stream: EventSource | null = null;
  let timer = 0;
  let busy = false;
  let wanted = false;
  let over = false;
  let restUntil = 0;

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  // A page that the browser keeps for "back" must not hold a connection.
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  setInterval(age, 30_000);
  open();

  function open(): void {
    if (stream || over || document.hidden) return;
    clearTimeout(timer);
    stream = new EventSource(`${footer.dataset.live}?since=${encodeURIComponent(mark)}`);
    stream.addEventListener("counted", (event) => {
      mark = event.lastEventId;
      void refresh();
    });
    stream.addEventListener("beat", (event) => {
      // Nothing came in since: what is shown is as good as new.
      if (!busy && !wanted) counted(event.data);
    });
    stream.addEventListener("error", () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      close();
      timer = window.setTimeout(open, again);
    });
  }

  function close(): void {
    stream?.close();
    stream = null;
    clearTimeout(timer);
  }

  /** One at a time, and never so often that a slow server does nothing else. */
  async function refresh(): Promise<void> {
    wanted = true;
    if (busy) return;
    busy = true;
    while (wanted && !over) {
      await sleep(restUntil - performance.now());
      wanted = false;
      const begun = performance.now();
      await read();
      restUntil = performance.now() + Math.max(1000, 4 * (performance.now() - begun));
    }
    busy = false;
  }

  async function read(): Promise<void> {
    const address = location.href.split("#")[0]!;
    const answer = await fetch(address, { headers: { "X-Background": "1" } }).catch(() => null);
    if (!answer?.ok) return;
    // Sent elsewhere, as to the sign-in: this page is over.
    if (answer.redirected) return end();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [now, next] = [document.querySelector("main"), page.querySelector("main")];
    if (!now || !next) return;
    morph(now, next);
    counted(page.querySelector<HTMLTimeElement>("[data-live] time")?.dateTime ?? time.dateTime);
    status.textContent = `New answers. Counted up to ${time.textContent}.`;
  }

  function end(): void {
    over = true;
    close();
    footer.classList.add("stale");
    status.textContent = "Signed out. The figures no longer follow new answers.";
  }

  function counted(at: string): void {
    time.dateTime = at;
    time.textContent = new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: time.dataset.zone });
    age();
  }

  function age(): void {
    footer.classList.toggle("stale", over || Date.now() - Date.parse(time.dateTime) > staleAfter);
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, Math.max(0, milliseconds)));
}

/** Makes `now` say what `next` says and leaves alone what is equal, so that focus, scrolling and what is unfolded stay. */
function morph(now: Element, next: Element): void {
  for (const { name } of [...now.attributes]) if (!next.hasAttribute(name) && !kept(now, name)) now.removeAttribute(name);
  for (const { name, value } of next.attributes) if (now.getAttribute(name) !== value && !kept(now, name)) now.setAttribute(name, value);

  const [olds, news] = [[...now.childNodes], [...next.childNodes]];
  news.forEach((fresh, i) => {
    const old = olds[i];
    if (!old) now.append(document.importNode(fresh, true));
    else if (old instanceof Element && fresh instanceof Element && old.localName === fresh.localName) isOwn(old) || morph(old, fresh);
    else if (old.nodeType === fresh.nodeType && !(old instanceof Element)) old.nodeValue === fresh.nodeValue || (old.nodeValue = fresh.nodeValue);
    else old.replaceWith(document.importNode(fresh, true));
  });
  olds.slice(news.length).forEach((old) => old.remove());
}

/** Somebody may be choosing in a form, and another script has the copy button. */
function isOwn(element: Element): boolean {
  return ["button", "input", "select", "textarea"].includes(element.localName);
}

function kept(element: Element, attribute: string): boolean {
  return attribute === "open" && element.localName === "details";
}

export {};
