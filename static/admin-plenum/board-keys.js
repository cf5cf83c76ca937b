// The board by keyboard: arrows go from part to part; with Shift they move it. What is pressed quickly is saved once.

import { STEP } from "./board-day.js";

const PAUSE = 500;
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export function listenToKeys(root, grid, act) {
  const pending = { card: null, place: null, timer: null, last: null };
  const elsewhere = (event) => event.target.closest(".board-card") || (pending.last = null);
  document.addEventListener("focusin", elsewhere);
  document.addEventListener("pointerdown", elsewhere);
  document.addEventListener("keydown", (event) => {
    const card = cardOf(event.target, grid, pending);
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    if (pressed(event, card, grid, act, pending)) event.preventDefault();
  });
  if (!act.undo) return;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, dialog");
    if (typing || event.shiftKey || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    act.undo();
  });
}

// The part that has the focus; or had it just now, while the grid draws it in its new place.
function cardOf(target, grid, pending) {
  const part = target.closest?.(".board-card");
  if (part) pending.last = Number(part.dataset.part);
  return part || target === document.body ? grid.card(pending.last) : null;
}

function pressed(event, card, grid, act, pending) {
  const way = WAYS[event.key];
  if (way && !event.shiftKey) return go(card, way, grid), true;
  if (!act.save) return false;
  if (way) return nudge(card, moved(card, way, grid), grid, act, pending), true;
  if (event.key === "+" || event.key === "-") {
    const end = Math.max(card.start + STEP, card.end + (event.key === "+" ? STEP : -STEP));
    return nudge(card, { start: card.start, end, room: card.room }, grid, act, pending), true;
  }
  if (event.key !== "Delete" && event.key !== "Backspace") return false;
  act.save(card, { start: null, end: null, room: card.room });
  return true;
}

function moved(card, [across, down], grid) {
  const rooms = grid.day().rooms.map((room) => room.pk);
  const next = rooms.indexOf(card.room) + across;
  return {
    start: Math.max(0, card.start + down * STEP),
    end: Math.max(card.end - card.start, card.end + down * STEP),
    room: across && rooms[next] !== undefined ? rooms[next] : card.room,
  };
}

function nudge(card, place, grid, act, pending) {
  if (pending.card && pending.card !== card) flush(act, pending);
  if (!pending.card) {
    act.hold();
    Object.assign(pending, { card, before: { ...card } });
  }
  pending.place = place;
  grid.put(card, place);
  grid.focus(card.pk);
  act.over(card.pk, place);
  clearTimeout(pending.timer);
  pending.timer = setTimeout(() => flush(act, pending), PAUSE);
}

function flush(act, pending) {
  const { card, before, place } = pending;
  clearTimeout(pending.timer);
  pending.card = null;
  act.release();
  act.save(card, place, before);
}

// The next part in this room, or the nearest in time in the next room that has any.
function go(card, [across, down], grid) {
  const { cards, rooms } = grid.day();
  const order = [...rooms.map((room) => room.pk), null];
  const here = order.indexOf(card.room);
  const later = (one, other) => one.start - other.start || one.pk - other.pk;
  if (down) {
    const column = cards.filter((each) => each.room === card.room).sort(later);
    const next = column[column.indexOf(card) + down];
    return next && grid.focus(next.pk);
  }
  for (let at = here + across; at >= 0 && at < order.length; at += across) {
    const column = cards.filter((each) => each.room === order[at]);
    const far = (each) => Math.abs(each.start - card.start);
    const next = column.sort((one, other) => far(one) - far(other))[0];
    if (next) return grid.focus(next.pk);
  }
}
