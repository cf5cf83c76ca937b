// Puts a button on every card and on the session page: add to, or remove from, my programme.
import { whenever } from "./page.js";
import { keep, say, sayMore, starred } from "./starred.js";

const { added, removed, failed, unchecked } = document.getElementById("stars").dataset;
const blank = document.getElementById("star").content.firstElementChild;
let ids = starred();

function furnish(place) {
  const spot = place.querySelector(".star-place");
  if (spot && !spot.querySelector(".star")) {
    const button = blank.cloneNode(true);
    button.lastElementChild.textContent = titleOf(place);
    spot.append(button);
  }
  show(place);
}

function titleOf(place) {
  const title = place.querySelector(".session-card-title, .grid-title, h1").cloneNode(true);
  title.querySelectorAll(".tongue, .mark").forEach((note) => note.remove());
  return title.textContent.trim();
}

function show(place) {
  const isMine = ids.has(place.dataset.session);
  place.classList.toggle("is-starred", isMine);
  const button = place.querySelector(".star");
  if (!button) return;
  button.hidden = place.matches(".is-cancelled") && !isMine;
}

function toggle(id) {
  const mine = starred();
  const isNew = !mine.delete(id);
  if (isNew) mine.add(id);
  if (!keep(mine)) return say(failed);
  say(isNew ? added : removed, () => toggle(id));
  if (isNew && mine.size > 1) warn(id, mine);
}

async function warn(id, mine) {
  try {
    const { overlap, times } = await import("./overlaps.js");
    const line = overlap(id, mine, await times());
    if (line && starred().has(id)) sayMore(line);
  } catch {
    sayMore(unchecked);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".star");
  if (button) toggle(button.closest("[data-session]").dataset.session);
});
window.addEventListener("starred", () => {
  ids = starred();
  document.querySelectorAll("[data-session]").forEach(show);
});
whenever("[data-session]", furnish);
