// Works out the proof that a form asks for inside a flood: a number that, behind the challenge and a colon, has a SHA-256 with so
// many leading zero bits. In slices, so that the page stays alive; usually done before the questions are read.

const slice = 12; // milliseconds at a time
const words = new Uint32Array(64);
const rounds = constants();

for (const field of document.querySelectorAll<HTMLInputElement>("input[data-challenge]")) if (field.form) prove(field, field.form);

function prove(field: HTMLInputElement, form: HTMLFormElement): void {
  const line = form.querySelector<HTMLElement>('[role="status"]');
  let done = false;
  let wanted: { by: HTMLElement | null } | null = null;
  form.addEventListener("submit", (event) => {
    if (done) return;
    // Before any other listener: the form is sent once the number is found.
    event.preventDefault();
    event.stopImmediatePropagation();
    wanted = { by: event.submitter };
    if (line) line.textContent = line.dataset["working"] ?? "";
  }, { capture: true });
  const auto = form.dataset["auto"] !== undefined;
  if (auto && line) line.textContent = line.dataset["working"] ?? "";
  search(field.dataset["challenge"] ?? "", Number(field.dataset["bits"]), (found) => {
    field.value = String(found);
    done = true;
    if (wanted || auto) form.requestSubmit(wanted?.by ?? null);
  });
}

function search(challenge: string, bits: number, found: (number: number) => void): void {
  let number = 0;
  const step = (): void => {
    const end = performance.now() + slice;
    while (performance.now() < end) {
      for (let i = 0; i < 256; i++, number++) if (Math.clz32(firstWord(`${challenge}:${number}`)) >= bits) return found(number);
    }
    setTimeout(step);
  };
  step();
}

/** The first 32 bits of the SHA-256 of a text of at most 55 ASCII characters (FIPS 180-4). */
function firstWord(text: string): number {
  words.fill(0, 0, 16);
  for (let i = 0; i < text.length; i++) words[i >> 2]! |= text.charCodeAt(i) << (24 - (i & 3) * 8);
  words[text.length >> 2]! |= 0x80 << (24 - (text.length & 3) * 8);
  words[15] = text.length * 8;
  for (let i = 16; i < 64; i++) {
    const a = words[i - 15]!, b = words[i - 2]!;
    words[i] = words[i - 16]! + words[i - 7]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = rounds.start as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + rounds.keys[i]! + words[i]!) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  return (a + rounds.start[0]!) >>> 0;
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** The first 32 bits of the fractional parts of the roots of the first primes: of 8 the square roots, of 64 the cube roots. */
function constants(): { start: number[]; keys: number[] } {
  const start: number[] = [], keys: number[] = [];
  for (let prime = 2; keys.length < 64; prime++) {
    let whole = true;
    for (let i = 2; i * i <= prime; i++) if (prime % i === 0) whole = false;
    if (!whole) continue;
    const part = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;
    if (start.length < 8) start.push(part(Math.sqrt(prime)));
    keys.push(part(Math.cbrt(prime)));
  }
  return { start, keys };
}

export {};
