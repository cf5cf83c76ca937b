// Beside the grid: the parts without a time, which can be dragged into it, and what does not fit together that day.

import { settings, USUAL } from "./board-day.js";

export function makeLists(root, grid, act) {
  const find = (name) => root.querySelector(`[data-${name}]`);
  const waiting = find("waiting");
  const list = find("waiting-list");
  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-waits]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act.open(Number(link.dataset.waits));
  });
  if (settings.mayMove) list.addEventListener("pointerdown", (event) => drag(event, grid, act));
  const search = find("find").querySelector("input");
  search.addEventListener("input", () => sift(list, search.value));
  find("problems-list").addEventListener("click", (event) => {
    const button = event.target.closest("[data-points-at]");
    if (button) grid.focus(Number(button.dataset.pointsAt));
  });
  return {
    show: (day) => {
      list.replaceChildren(...day.waiting.map(waits));
      sift(list, search.value);
      find("waiting-count").textContent = day.waiting.length;
      find("waiting-none").hidden = day.waiting.length > 0;
      find("find").hidden = day.waiting.length < 8;
      find("problems").hidden = !day.problems.length;
      find("problems-count").textContent = day.problems.length;
      find("problems-list").replaceChildren(...day.problems.map(problem));
    },
    isOver: (x, y) => waiting.contains(document.elementFromPoint(x, y)),
  };
}

function made(tag, className, text, attributes = {}) {
  const node = Object.assign(document.createElement(tag), { className, textContent: text });
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function waits(card) {
  const item = made("li", `board-state-${card.state}`, "");
  const link = made("a", "board-waits", "", { href: settings.part.replace("/0/", `/${card.pk}/`), "data-waits": card.pk, draggable: "false" });
  link.append(made("b", "board-title", card.title));
  for (const text of [card.part, card.state_words, card.track].filter(Boolean)) link.append(" ", made("span", "board-more", text));
  if (card.colour) {
    link.prepend(made("span", "board-bar", ""));
    link.firstChild.style.backgroundColor = card.colour;
  }
  item.append(link);
  return item;
}

function problem({ words, cards }) {
  const item = made("li", "", "");
  item.append(made("button", "board-points", words, { type: "button", "data-points-at": cards[0] }));
  return item;
}

function sift(list, wanted) {
  const words = wanted.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const item of list.children) {
    const text = item.textContent.toLocaleLowerCase();
    item.hidden = !words.every((word) => text.includes(word));
  }
}

// --- dragging out of the list: with a mouse or a pen; a finger taps, and gets the form

function drag(event, grid, act) {
  const link = event.target.closest("[data-waits]");
  if (!link || event.button !== 0 || event.pointerType === "touch") return;
  const card = grid.card(Number(link.dataset.waits));
  const from = [event.clientX, event.clientY];
  let place = null;
  let dragging = false;
  const moving = (now) => {
    if (!dragging && Math.hypot(now.clientX - from[0], now.clientY - from[1]) < 6) return;
    if (!dragging) act.hold();
    dragging = true;
    document.body.classList.add("board-dragging");
    const at = grid.minuteAt(now.clientX, now.clientY);
    const next = at && { start: at.minute, end: at.minute + USUAL, room: at.room };
    if (JSON.stringify(next) === JSON.stringify(place)) return;
    place = next;
    grid.ghost(card, place);
    if (place) act.over(card.pk, place);
  };
  const stop = (last) => {
    document.removeEventListener("pointermove", moving);
    document.removeEventListener("pointerup", stop);
    document.removeEventListener("pointercancel", stop);
    document.removeEventListener("keydown", escape, true);
    document.body.classList.remove("board-dragging");
    if (!dragging) return;
    grid.ghost(card, null);
    act.release();
    if (last.type === "pointerup") document.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", swallow, { capture: true }));
    if (last.type === "pointerup" && place) act.save(card, place);
  };
  const escape = (key) => key.key === "Escape" && stop(key);
  document.addEventListener("pointermove", moving);
  document.addEventListener("pointerup", stop);
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", escape, true);
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}
