// The board: one day, rooms across and time down. Every move is saved at once, can be taken back, and is seen by all.

import { fieldsOf, first, settings, timesInWords, word } from "./board-day.js";
import { makeDialog } from "./board-dialog.js";
import { makeGrid } from "./board-grid.js";
import { listenToKeys } from "./board-keys.js";
import { makeLists } from "./board-lists.js";
import { dayAsItIs, move, problemsOf, takeBack } from "./board-server.js";

const EVERY = 3000;
const root = document.querySelector("[data-board]");
const said = root.querySelector("[data-said]");
const done = [];
const ours = new Map(); // where each part stands that was moved from here
let tag = first.tag;
let busy = 0;
let asking = 0;
let queue = Promise.resolve();
let refreshes = 0;

root.hidden = false;

const act = { open, over, drop, save, undo, say, refresh, hold: () => busy++, release: () => busy-- };
const grid = makeGrid(root.querySelector("[data-grid]"), act);
const lists = makeLists(root, grid, act);
const dialog = makeDialog(root.querySelector("[data-dialog]"), grid, act);
lists.show(first);
root.dataset.shown = tag;
if (settings.mayMove) listenToKeys(root, grid, act);
else listenToKeys(root, grid, { open });

// --- what is said

function say(words, { grave = false, back = null } = {}) {
  said.classList.toggle("board-grave", grave);
  said.replaceChildren(...[].concat(words).map((text) => Object.assign(document.createElement("p"), { textContent: text })));
  if (!back) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "board-back", textContent: word("undo") });
  button.addEventListener("click", undo);
  said.lastElementChild.append(" ", button);
}

// While a part is moved: where it is, and what would be in the way there.
async function over(pk, place) {
  const mine = ++asking;
  const card = grid.card(pk);
  const where = `${card.title}: ${place.start === null ? "" : timesInWords(place.start, place.end)} ${grid.roomName(place.room)}`;
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (mine !== asking) return;
  const answer = await problemsOf(pk, fieldsOf(place));
  if (mine !== asking || answer.status !== 200) return;
  const problems = [...answer.errors, ...answer.problems];
  say([where, ...(problems.length ? problems : [word("fits")])], { grave: problems.length > 0 });
}

// --- what is done

function open(pk) {
  dialog.open(grid.card(pk));
}

function drop(pk, place, event) {
  const card = grid.card(pk);
  const away = lists.isOver(event.clientX, event.clientY);
  return save(card, away ? { start: null, end: null, room: card.room } : place);
}

// `before` is the card as it was when it was seen, where it has been put elsewhere on the board since. One move is sent
// after the other, so that the next one knows where the last one put the part.
async function save(card, place, before = { ...card }) {
  asking++;
  busy++;
  if (place.start !== null && card.start !== null) grid.put(card, place);
  queue = queue.then(() => move({ ...before, seen: card.seen }, place));
  const answer = await queue;
  busy--;
  if (answer.status === 200) card.seen = answer.seen;
  else if (before.start !== null) grid.put(card, before);
  finish(answer, card.pk);
}

async function finish(answer, pk) {
  const ok = answer.status === 200;
  const before = document.activeElement;
  if (ok) done.push({ ...answer, pk });
  if (ok) ours.set(pk, answer.seen);
  say(answer.errors ?? answer.said, { grave: !ok, back: ok });
  await refresh({ mine: true, anyhow: !ok });
  const active = document.activeElement;
  const hasGoneOn = active !== before && active.dataset.part; // to another part, while we waited
  if (ok && !hasGoneOn && (active.contains(root) || root.contains(active))) grid.focus(pk);
}

act.finish = finish;

async function undo() {
  const last = done.pop();
  if (!last) return say(word("nothing"));
  busy++;
  const answer = await takeBack(last);
  busy--;
  if (answer.status === 200) ours.set(last.pk, answer.seen);
  say(answer.said, { grave: answer.status !== 200 });
  await refresh({ mine: true });
}

// --- what colleagues do

async function refresh({ mine = false, anyhow = false } = {}) {
  const number = ++refreshes;
  const answer = await dayAsItIs(anyhow ? "" : tag);
  if (busy || number !== refreshes || answer.status === 304) return; // asked again meanwhile: what comes then is newer
  if (answer.status !== 200) return answer.status === 401 ? say(answer.said, { grave: true }) : undefined;
  const before = new Map([...grid.day().cards, ...grid.day().waiting].map((card) => [card.pk, card.seen]));
  const focused = document.activeElement?.dataset?.part;
  const changed = [...answer.cards, ...answer.waiting].filter((card) => before.get(card.pk) !== card.seen);
  const fresh = mine ? [] : changed.filter((card) => ours.get(card.pk) !== card.seen);
  tag = answer.tag;
  grid.show(answer, fresh.map((card) => card.pk));
  lists.show(answer);
  root.dataset.shown = tag;
  if (focused) grid.focus(Number(focused));
  if (fresh.length) say([word("changed"), ...fresh.slice(0, 3).map((card) => `${card.title} ${card.times} ${grid.roomName(card.room)}`)]);
}

async function watch() {
  if (!busy && !document.hidden) await refresh();
  setTimeout(watch, EVERY);
}

setTimeout(watch, EVERY);
document.addEventListener("visibilitychange", () => document.hidden || busy || refresh());
