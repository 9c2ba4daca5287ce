/*
 * The app without signal: static files whose names hold their hash, and the shells. The server puts `VERSION`, `FILES` and
 * `SHELLS` before this text. It answers GET requests for exactly those; whatever else passes, it never sees: a POST sent on
 * by a worker has reached servers empty, and an answer kept here could show one person what belongs to another.
 */
/* global VERSION, FILES, SHELLS */

const PREFIX = "noren-field-";
const CACHE = PREFIX + VERSION;
const START = "/field/app/";
const known = new Set([...FILES, ...SHELLS]);

self.addEventListener("install", (event) => event.waitUntil(fill()));

async function fill() {
  await caches.delete(CACHE); // whoever has put something there before, it was not this version
  const cache = await caches.open(CACHE);
  for (const path of known) await cache.put(path, await fetched(path));
}

/** A captive portal answers everything with its own page: a shell must name its version, a file must not be a page. */
async function fetched(path) {
  // "reload" for shells: a 304 would come back with the version of the copy that the browser has.
  const cache = SHELLS.includes(path) ? "reload" : "no-cache";
  const response = await fetch(path, { cache, credentials: "same-origin", redirect: "error" });
  const isPage = (response.headers.get("Content-Type") ?? "").startsWith("text/html");
  const isOurs = SHELLS.includes(path) ? response.headers.get("Noren-Version") === VERSION : !isPage;
  if (!response.ok || !isOurs) throw new TypeError(`not ours: ${path}`);
  return response;
}

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  const last = await Promise.all(old.map(async (name) => (await (await caches.open(name)).match(START))?.text()));
  const language = last.find((path) => SHELLS.includes(path));
  if (language) await rememberLanguage(language);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("message", (event) => {
  if (event.data?.type === "activate") self.skipWaiting();
});

self.addEventListener("sync", (event) => event.waitUntil(wakePages()));

// The queue is the page's: only it knows who is signed in.
async function wakePages() {
  for (const client of await self.clients.matchAll()) client.postMessage({ type: "send" });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === START) event.respondWith(toShell());
    else if (SHELLS.includes(pathname)) event.respondWith(shell(event, pathname));
  } else if (!search && FILES.includes(pathname)) {
    event.respondWith(kept(pathname, request));
  }
});

async function kept(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
}

async function shell(event, path) {
  event.waitUntil(rememberLanguage(path));
  return kept(path, event.request);
}

// The start of the installed app has no language in its address; the one used last is right.
async function rememberLanguage(path) {
  const cache = await caches.open(CACHE);
  await cache.put(START, new Response(path));
}

async function toShell() {
  const cache = await caches.open(CACHE);
  const last = await (await cache.match(START))?.text();
  const path = SHELLS.includes(last) ? last : SHELLS.find(isPreferred) ?? SHELLS[0];
  return Response.redirect(path, 302);
}

const isPreferred = (path) => path.startsWith(`${START}${(self.navigator.language ?? "").slice(0, 2)}`);
