// Keeps a kiosk's page and its script, so that the device starts over without a connection. With one, the newest page is taken.

interface Kept extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
  waitUntil(work: Promise<unknown>): void;
}

interface Worker extends EventTarget {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const worker = self as unknown as Worker;
const name = "cx-kiosk";
const patience = 4000;

worker.addEventListener("install", (event) => (event as Kept).waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => (event as Kept).waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event as Kept;
  if (request.method === "GET") (event as Kept).respondWith(answer(request));
});

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(name);
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(patience) });
    if (fresh.ok) await cache.put(request.url, fresh.clone());
    return fresh;
  } catch {
    return await cache.match(request.url) ?? Response.error();
  }
}

export {};
