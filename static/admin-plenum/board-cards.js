// What a part looks like on the grid: a button in the calendar's box, with its bar, title and times.

import { timesInWords, word } from "./board-day.js";

// What the calendar puts into a box. For a part that looks as before it is the very same object, so that the calendar
// leaves the page alone: with hundreds of parts, that is what keeps dragging smooth.
export function content(state, shown) {
  const card = shownCard(state, shown);
  if (!card) return { domNodes: [] };
  const words = inWords(card, roomName(state, card.room), state.marked.get(card.pk));
  if (shown.display === "preview") return { domNodes: [button(card, words, state.over)] };
  const looks = `${words}|${card.colour}`;
  const known = state.drawn.get(card.pk);
  if (known?.looks === looks) return known.content;
  const made = { domNodes: [button(card, words)] };
  state.drawn.set(card.pk, { looks, content: made });
  return made;
}

// A part that is dragged out of the list is not on the grid yet, and carries its card along.
const shownCard = (state, shown) => (shown.id === "ghost" ? shown.extendedProps : state.cards.get(Number(shown.id)));

export const roomName = (state, pk) => state.day.rooms.find((room) => room.pk === pk)?.name ?? word("noRoom");

const inWords = (card, room, problem) =>
  [card.title, card.part, card.state_words, card.times, room, card.track, problem].filter(Boolean).join(", ");

function button(card, words, over = null) {
  const made = node("button", "board-card", "");
  made.type = "button";
  made.dataset.part = card.pk;
  made.tabIndex = -1;
  made.title = words;
  made.setAttribute("aria-label", words);
  if (card.colour) made.append(bar(card.colour));
  made.append(
    node("b", "board-title", card.title),
    node("span", "board-times", over ? timesInWords(over.start, over.end) : card.times),
    ...[card.part, card.state_words, card.track].filter(Boolean).map((text) => node("span", "board-more", text)),
  );
  return made;
}

function node(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function bar(colour) {
  const made = node("span", "board-bar", "");
  made.style.backgroundColor = colour;
  return made;
}

export function classes(state, shown) {
  const card = shownCard(state, shown);
  if (!card) return [];
  const claims = { "board-marked": state.marked.has(card.pk), "board-fresh": state.fresh.has(card.pk), "board-short": card.end - card.start < 20 };
  return [`board-state-${card.state}`, ...Object.keys(claims).filter((name) => claims[name])];
}

export function label(resource) {
  const { seats } = resource.extendedProps;
  const title = node("b", "board-room", resource.title);
  title.title = resource.title;
  return seats ? [title, node("span", "board-seats", word("seats", { count: seats }))] : [title];
}
