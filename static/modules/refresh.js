// Keeps a page that changes with the clock up to date: fetches itself now and then, and takes over what is in <main>.
const SECONDS = 30;

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  const main = document.querySelector("main");
  if (fresh && fresh.innerHTML !== main.innerHTML && !main.contains(document.activeElement)) {
    main.replaceChildren(...fresh.childNodes);
  }
}

const tryToRefresh = () => refresh().catch(() => {}); // offline: what is shown stays
setInterval(tryToRefresh, SECONDS * 1000);
document.addEventListener("visibilitychange", tryToRefresh);
