// Lets the worker keep this conference on the device, says when a page is not from the network, and takes up news.
const root = document.getElementById("offline");
const { version, versions, worker, scope } = root.dataset;
const [status, button] = root.querySelector("p").children;
const { kept } = document.documentElement.dataset; // when what is shown was last known to be the newest
const FIRST = 2000; // milliseconds after loading: the page itself comes first
const EVERY = 60_000;
const PATIENCE = 8000; // for the worker to have all of a new release
let checked = kept ?? new Date().toISOString();
let newest = version;
let isTouched = false;

async function check() {
  if (document.hidden || !navigator.onLine) return;
  const answer = await fetch(versions, { cache: "no-cache" });
  if (!answer.ok) return;
  const told = (await answer.json()).version;
  checked = new Date().toISOString();
  if (newest === version) hide();
  tellWorker(told);
  if (told !== version && told !== newest) takeUp(told);
  newest = told;
}

const tryToCheck = () => check().catch(() => {}); // the network does not answer: the next minute will tell

async function tellWorker(told) {
  if (!navigator.serviceWorker || navigator.connection?.saveData) return;
  (await navigator.serviceWorker.ready).active.postMessage({ version: told });
}

// --- A new release

async function takeUp(told) {
  await Promise.race([inUse(told), new Promise((done) => setTimeout(done, PATIENCE))]);
  if (losesNothing(told)) return location.reload();
  show(root.dataset.updated, true);
}

function inUse(told) {
  return new Promise((done) => {
    navigator.serviceWorker?.addEventListener("message", (event) => event.data.inUse === told && done());
  });
}

// Nobody has begun to read or write here. Once for each release, whatever a cache on the way may go on sending.
function losesNothing(told) {
  if (!document.hidden && (isTouched || scrollY > 0)) return false;
  try {
    const isFirst = sessionStorage.getItem("plenum.reloaded") !== told;
    sessionStorage.setItem("plenum.reloaded", told);
    return isFirst;
  } catch {
    return false;
  }
}

// --- What is said

function show(words, isNews = false) {
  status.textContent = words;
  button.hidden = !isNews;
  root.classList.add("is-on");
}

function hide() {
  root.classList.remove("is-on");
  status.textContent = "";
}

function sayOffline() {
  const { lang } = document.documentElement;
  const format = new Intl.DateTimeFormat([lang === "en" ? "en-GB" : lang, "nb"], {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  });
  const between = root.dataset.clock.replace(/\d/g, ""); // 13.00 in Norwegian, 13 h 00 in French
  const time = format.format(new Date(checked)).replace(/(\d):(?=\d)/, `$1${between}`);
  const words = root.dataset.away.replace("{time}", time);
  const isFiltered = kept && [...new URLSearchParams(location.search).keys()].some((name) => !["view", "q"].includes(name));
  show(isFiltered ? `${words} ${root.dataset.unfiltered}` : words);
}

async function begin() {
  await navigator.serviceWorker?.register(worker, { scope }).catch(() => {}); // a browser that keeps nothing
  await tryToCheck();
  setInterval(tryToCheck, EVERY);
}

if (kept) {
  sayOffline();
  document.querySelectorAll("#on-now, #next").forEach((title) => title.closest("section").remove()); // not now any more
}
button.addEventListener("click", () => location.reload());
for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => (isTouched = true), { passive: true });
addEventListener("offline", sayOffline);
addEventListener("online", tryToCheck);
document.addEventListener("visibilitychange", tryToCheck);
if (document.readyState === "complete") setTimeout(begin, FIRST);
else addEventListener("load", () => setTimeout(begin, FIRST));
