// Offers a survey on a page of another site: <script async src=".../assets/widget.js" data-survey="link" data-after="15">. It appears by
// the first rule that holds: data-after (seconds), data-scroll (per cent), data-exit, data-event (an event of the window). No cookie; the
// browser's own storage remembers when it was offered, and without that it is never offered. Nothing of the page is read or changed.

(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || !script.dataset["survey"]) return;
  const rules = script.dataset;
  const survey = new URL(rules["survey"]!, script.src);
  const day = 24 * 3600 * 1000;
  const key = `cxsurveys:${survey.origin}${survey.pathname}`;
  let asked = false;
  const style = `
  :host{all:initial;color-scheme:light dark}
  *{box-sizing:border-box;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Thai","Noto Sans Arabic",sans-serif}
  section,dialog{background:light-dark(#fff,#18201c);color:light-dark(#17211c,#eaf0ed);border:1px solid light-dark(#7d8a83,#71807a);border-radius:14px;box-shadow:0 8px 30px #0003}
  section{position:fixed;inset-block-end:16px;inset-inline-end:16px;max-width:min(340px,calc(100vw - 32px));padding:16px;z-index:2147483647}
  p{margin:0 0 12px;font-weight:600;overflow-wrap:anywhere}
  button{min-height:44px;padding:8px 16px;margin-inline-end:8px;border:1px solid currentColor;border-radius:9px;background:none;color:inherit;cursor:pointer}
  button.main{background:light-dark(#1f5a45,#8fd0b3);color:light-dark(#fff,#0e1a14);border-color:transparent;font-weight:650}
  :focus-visible{outline:3px solid light-dark(#6a3fe0,#b7a1ff);outline-offset:2px}
  dialog{padding:0;width:min(680px,100vw);height:min(760px,100dvh);max-width:100vw;max-height:100dvh;overflow:hidden}
  dialog[open]{display:flex;flex-direction:column}dialog>button{order:-1;align-self:flex-end;margin:8px}
  dialog::backdrop{background:#0008}iframe{flex:1;width:100%;border:0}
  @media(forced-colors:active){button.main{border-color:ButtonText}}`;

  interface Words { language: string; direction: string; title: string; invite: string; answer: string; close: string }

  if (isDue()) watch();

  function watch(): void {
    if (rules["after"] !== undefined) setTimeout(offer, Number(rules["after"]) * 1000);
    if (rules["scroll"] !== undefined) addEventListener("scroll", () => {
      const height = document.documentElement.scrollHeight - innerHeight;
      if (height > 0 && scrollY / height >= Number(rules["scroll"]) / 100) void offer();
    }, { passive: true });
    if (rules["exit"] !== undefined) document.documentElement.addEventListener("mouseleave", (event) => {
      if (event.clientY <= 0) void offer();
    });
    if (rules["event"]) addEventListener(rules["event"], () => void offer());
  }

  async function offer(): Promise<void> {
    if (asked) return;
    asked = true;
    const words = await ask();
    if (words && isDue() && remember()) show(words);
  }

  async function ask(): Promise<Words | null> {
    const address = new URL(survey);
    address.pathname += "/widget";
    address.search = "";
    const language = rules["lang"] ?? document.documentElement.lang;
    if (language) address.searchParams.set("lang", language);
    try {
      const answer = await fetch(address, { credentials: "omit" });
      if (answer.ok) return await answer.json() as Words;
      console.info(`CxSurveys: ${answer.status}, the survey is not offered.`);
    } catch {
      console.info(`CxSurveys: the survey is not offered; ${location.origin} has to be among its sites.`);
    }
    return null;
  }

  function show(words: Words): void {
    const host = document.createElement("div");
    host.lang = words.language;
    host.dir = words.direction;
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];

    const invite = add(root, "section", "");
    invite.setAttribute("aria-label", words.title);
    add(invite, "p", words.invite);
    const dialog = add(root, "dialog", "");
    dialog.setAttribute("aria-label", words.title);
    const end = (): void => {
      dialog.close();
      host.remove();
      removeEventListener("message", listen);
    };
    const listen = (event: MessageEvent): void => {
      if (event.origin === survey.origin && event.source === dialog.querySelector("iframe")?.contentWindow && event.data?.cxsurveys === "close") end();
    };
    addEventListener("message", listen);
    // Esc closes what is open: the invitation while the focus is in it, the survey wherever it is.
    invite.addEventListener("keydown", (event) => {
      if (event.key === "Escape") end();
    });
    dialog.addEventListener("cancel", end);

    button(invite, words.answer, "main", () => {
      const frame = add(dialog, "iframe", "");
      const address = new URL(survey);
      address.searchParams.set("lang", words.language);
      frame.src = address.href;
      frame.title = words.title;
      invite.remove();
      dialog.showModal();
    });
    button(invite, words.close, "", end);
    button(dialog, words.close, "", end);
    document.body.append(host);
  }

  function button(parent: ParentNode & Node, text: string, look: string, act: () => void): void {
    const made = add(parent, "button", text);
    made.type = "button";
    made.className = look;
    made.addEventListener("click", act);
  }

  function add<K extends keyof HTMLElementTagNameMap>(parent: Node, name: K, text: string): HTMLElementTagNameMap[K] {
    const made = document.createElement(name);
    made.textContent = text;
    parent.appendChild(made);
    return made;
  }

  function isDue(): boolean {
    try {
      const last = Number(localStorage.getItem(key));
      return !last || Date.now() - last >= Number(rules["every"] ?? 30) * day;
    } catch {
      return false;
    }
  }

  function remember(): boolean {
    try {
      localStorage.setItem(key, String(Date.now()));
      return true;
    } catch {
      return false;
    }
  }
})();
