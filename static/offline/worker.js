// Keeps the pages of one conference in one language, so that they can be read without a network.
//
// With a network every page comes from it, so that nobody reads old news. Without one, pages come from one release and
// never from a mixture: a new release is fetched whole into a cache of its own, and then taken into use in one step.

const SCOPE = new URL(self.registration.scope).pathname;
const NAME = `plenum ${SCOPE}`; // the cache that says which release is in use; `${NAME} ${version}` hold releases
const PICTURES = "plenum pictures";
const PATIENCE = 3000; // milliseconds that a page waits for a slow network
const AT_A_TIME = 4;
const LARGE = 300; // addresses; from here on the pauses are long, so that many visitors are no storm
const MOST_PICTURES = 300;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(hear(event.data.version).catch(() => {}))); // tried again soon
self.addEventListener("fetch", (event) => {
  const answer = answerFor(event.request);
  if (answer) event.respondWith(answer);
});

function answerFor(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return null;
  if (request.mode === "navigate") return isPage(url) ? page(request, url) : null;
  if (request.destination === "image") return url.search ? null : picture(request);
  if (["style", "script", "font", "manifest"].includes(request.destination)) return asset(request, url);
  return /\/(mine\/sessions\/|mine\.json|suggestions\.json)$/.test(url.pathname) && isInScope(url) ? fresh(request) : null;
}

const isInScope = (url) => url.pathname.startsWith(SCOPE);
const isPage = (url) => isInScope(url) && url.pathname.endsWith("/");

// --- Answers

async function page(request, url) {
  const coming = fetch(request, { cache: "no-cache" });
  try {
    const answer = await soon(coming);
    if (answer.status < 500) return answer;
    return (await keptPage(url)) ?? answer;
  } catch {
    return (await keptPage(url)) ?? coming.catch(() => keptPage(new URL(`${SCOPE}offline/`, location.origin)));
  }
}

async function keptPage(url) {
  const { cache, checked } = await inUse();
  const ignoreSearch = !url.searchParams.has("s"); // a shared programme is not the page without one
  const kept = (await cache?.match(url.href)) ?? (await cache?.match(url.href, { ignoreSearch }));
  if (!kept) return undefined;
  const html = (await kept.text()).replace("<html ", `<html data-kept="${checked}" `);
  return new Response(html, { headers: kept.headers });
}

async function fresh(request) {
  const coming = fetch(request, { cache: "no-cache" });
  try {
    return await soon(coming);
  } catch {
    return (await (await inUse()).cache?.match(request.url)) ?? coming;
  }
}

async function asset(request, url) {
  const kept = await (await inUse()).cache?.match(request.url);
  const neverChanges = /[.-][0-9a-f]{12}\.\w+$/.test(url.pathname);
  if (kept && neverChanges) return kept;
  const coming = fetch(request);
  return kept ? soon(coming).catch(() => kept) : coming;
}

async function picture(request) {
  const kept = (await caches.match(request.url, { cacheName: PICTURES })) ?? (await (await inUse()).cache?.match(request.url));
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.type === "basic") keepPicture(request.url, answer.clone());
  return answer;
}

async function keepPicture(address, answer) {
  const cache = await caches.open(PICTURES);
  await cache.put(address, answer);
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST_PICTURES)).map((old) => cache.delete(old)));
}

function soon(coming) {
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE, new Error("slow")));
  return Promise.race([coming, late]);
}

// --- Releases

async function readState() {
  const kept = await (await caches.open(NAME)).match(SCOPE);
  return kept ? kept.json() : {};
}

async function writeState(state) {
  await (await caches.open(NAME)).put(SCOPE, new Response(JSON.stringify(state)));
}

// {cache, checked}: the release in use, and when it was last known to be the newest; what there is of the first one
// while that is being fetched.
async function inUse() {
  const { version, checked } = await readState();
  if (version) return { cache: await caches.open(`${NAME} ${version}`), checked };
  const begun = (await caches.keys()).find((name) => name.startsWith(`${NAME} `));
  return { cache: begun && (await caches.open(begun)), checked: new Date().toISOString() };
}

let renewing;

// A page has been told which release is the newest.
async function hear(version) {
  const state = await readState();
  if (state.version === version) return writeState({ version, checked: new Date().toISOString() });
  renewing ??= renew(state.version).finally(() => (renewing = undefined));
  return renewing;
}

async function renew(old) {
  const list = await newest();
  await forgetAllBut([list.version, old]);
  const cache = await caches.open(`${NAME} ${list.version}`);
  const kept = new Set((await cache.keys()).map((request) => request.url));
  const missing = list.addresses.filter((address) => !kept.has(new URL(address, location).href));
  let failed = 0;
  while (missing.length && failed < AT_A_TIME) {
    const batch = missing.splice(0, AT_A_TIME).map((address) => take(cache, address, list.version));
    failed += (await Promise.allSettled(batch)).filter((each) => each.status === "rejected").length;
    await new Promise((done) => setTimeout(done, list.addresses.length > LARGE ? 400 : 50));
  }
  if (failed) throw new Error(`${failed} pages did not come.`);
  if ((await newest()).version !== list.version) throw new Error("A newer release came while this one was fetched.");
  await writeState({ version: list.version, checked: new Date().toISOString() });
  await forgetAllBut([list.version]);
  for (const client of await self.clients.matchAll()) client.postMessage({ inUse: list.version });
}

async function newest() {
  const answer = await fetch(`${SCOPE}offline.json`, { cache: "no-cache" });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

async function take(cache, address, version) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  const isPage = answer.headers.get("Content-Type").startsWith("text/html");
  if (isPage && !(await answer.clone().text()).includes(`data-version="${version}"`)) throw new Error("another release");
  await cache.put(address, answer);
}

async function forgetAllBut(versions) {
  const keep = versions.map((version) => `${NAME} ${version}`);
  const old = (await caches.keys()).filter((name) => name.startsWith(`${NAME} `) && !keep.includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}
