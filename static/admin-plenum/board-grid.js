// The calendar of the day: rooms across, time down. It draws and lets parts be dragged; what to do then is asked for.

import { classes, content, label, roomName } from "./board-cards.js";
import { first, NO_ROOM, settings, STEP, timeInWords, timesInWords, word, written } from "./board-day.js";

const SLOT = 15;

export function makeGrid(element, act) {
  const state = { element, current: null, over: null, dropped: false, told: new Map(), drawn: new Map(), from: 540, to: 1080 };
  take(state, first);
  state.calendar = globalThis.EventCalendar.create(element, options(state, act, element));
  return {
    element,
    show: (day, fresh) => show(state, day, fresh),
    card: (pk) => cardOf(state, pk),
    day: () => state.day,
    put: (card, place) => put(state, card, place),
    minuteAt: (x, y) => minuteAt(state, x, y),
    ghost: (card, place) => ghost(state, card, place),
    roomName: (pk) => roomName(state, pk),
    focus: (pk) => focus(state, element, pk),
  };
}

function options(state, act, element) {
  const over = (info) => {
    state.over = after(state, info);
    act.over(Number(info.event.id), state.over);
    return true;
  };
  const drop = (info) => {
    const place = after(state, info);
    state.over = null;
    act.drop(Number(info.event.id), place, info.jsEvent);
    state.dropped = true; // what follows is the click that ends the drag
    setTimeout(() => (state.dropped = false));
  };
  element.addEventListener("click", (event) => {
    const part = event.target.closest(".board-card");
    if (part && !state.dropped) act.open(Number(part.dataset.part));
  });
  return {
    view: "resourceTimeGridDay",
    date: settings.date,
    timeZone: "UTC",
    height: "100%",
    headerToolbar: { start: "", center: "", end: "" },
    allDaySlot: false,
    columnWidth: "minmax(9.5rem, 1fr)",
    slotDuration: { minutes: SLOT },
    slotLabelInterval: { hours: 1 },
    scrollTime: clockOf(Math.min(...state.day.cards.map((card) => card.start), 14 * 60)),
    snapDuration: { minutes: STEP },
    slotEventOverlap: false,
    eventLongPressDelay: 350,
    editable: settings.mayMove,
    eventResizableFromStart: settings.mayMove,
    resourceLabelContent: ({ resource }) => ({ domNodes: label(resource) }),
    eventContent: ({ event: shown }) => content(state, shown),
    eventClassNames: ({ event: shown }) => classes(state, shown),
    eventTimeFormat: () => "", // the cards say their times themselves
    ...whatIsShown(state),
    eventAllUpdated: () => plain(state, element),
    dragConstraint: over,
    resizeConstraint: over,
    eventDrop: drop,
    eventResize: drop,
  };
}

// --- what is shown

function show(state, day, fresh = []) {
  take(state, day, fresh);
  for (const [name, value] of Object.entries(whatIsShown(state))) set(state, name, value);
  requestAnimationFrame(() => plain(state, state.element));
}

function take(state, day, fresh = []) {
  state.day = day;
  state.fresh = new Set(fresh);
  state.cards = new Map([...day.cards, ...day.waiting].map((card) => [card.pk, card]));
  state.marked = new Map(day.problems.flatMap((problem) => problem.cards.map((pk) => [pk, problem.words])));
  measure(state, day);
}

function whatIsShown(state) {
  const { day, from, to, height } = state;
  return { slotMinTime: clockOf(from), slotMaxTime: clockOf(to), slotHeight: height, resources: resources(day), events: day.cards.map(event) };
}

// The hours shown: some room before the first part and after the last. They grow while the page is open, never shrink.
function measure(state, day) {
  const first = Math.min(...day.cards.map((card) => Math.floor(card.start / 60) - 1), 9, state.from / 60);
  const last = Math.max(...day.cards.map((card) => Math.ceil(card.end / 60) + 1), 18, state.to / 60);
  state.from = Math.max(0, first) * 60;
  state.to = Math.min(29, last) * 60;
  state.height = heightOf(day.cards);
}

// Only what is different, so that the grid stays where it has been scrolled to.
function set(state, name, value) {
  if (name !== "events" && state.told.get(name) === JSON.stringify(value)) return;
  state.told.set(name, JSON.stringify(value));
  state.calendar.setOption(name, value);
}

const clockOf = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:00:00`;

// So high that all but the very shortest parts can show their title.
function heightOf(cards) {
  const lengths = cards.map((card) => card.end - card.start).sort((one, other) => one - other);
  const short = lengths[Math.floor(lengths.length / 20)] ?? 60;
  return Math.round(Math.min(56, Math.max(24, (SLOT * 30) / short)));
}

function resources(day) {
  const rooms = day.rooms.map((room) => ({ id: String(room.pk), title: room.name, extendedProps: room }));
  const homeless = day.cards.some((card) => card.room === null) || !rooms.length;
  return homeless ? [...rooms, { id: NO_ROOM, title: word("noRoom"), extendedProps: {} }] : rooms;
}

const event = (card) => ({
  id: String(card.pk),
  resourceIds: [card.room === null ? NO_ROOM : String(card.room)],
  start: written(card.start),
  end: written(card.end),
  allDay: false,
});

// Where somebody is putting a part, before it is saved.
function put(state, card, place) {
  if (["start", "end", "room"].every((name) => card[name] === place[name])) return;
  const focused = document.activeElement?.dataset?.part === String(card.pk);
  Object.assign(card, place, { times: timesInWords(place.start, place.end) });
  state.calendar.updateEvent(event(card));
  if (focused) focus(state, state.element, card.pk);
}

function focus(state, element, pk) {
  state.current = pk;
  requestAnimationFrame(() => {
    plain(state, element);
    const part = element.querySelector(`.board-card[data-part="${pk}"]`);
    part?.focus();
    part?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

function ghost(state, card, place) {
  state.over = place;
  state.calendar.removeEventById("ghost");
  if (place) state.calendar.addEvent({ ...event({ ...card, ...place }), id: "ghost", display: "preview", extendedProps: card });
}

const cardOf = (state, pk) => state.cards.get(pk);

// The calendar calls itself a table, but the parts in it are no cells: a plain region with buttons tells the truth. One
// of them is reached with Tab, the others from there with the arrow keys. Hours are named as the conference's clock
// does, whatever the browser's.
function plain(state, element) {
  for (const time of element.querySelectorAll(".ec-sidebar time")) time.textContent = timeInWords(time.dateTime.slice(11, 16));
  const parts = [...element.querySelectorAll(".board-card")];
  const current = parts.find((part) => part.dataset.part === String(state.current)) ?? parts[0];
  for (const part of parts) if (part.tabIndex !== (part === current ? 0 : -1)) part.tabIndex = part === current ? 0 : -1;
  for (const each of element.querySelectorAll("[role=table],[role=row],[role=rowgroup],[role=cell],[role=columnheader]")) {
    each.removeAttribute("role");
    each.removeAttribute("aria-colindex");
  }
  for (const each of element.querySelectorAll("header, aside")) each.setAttribute("role", "presentation");
}

// --- where something is dropped

const seconds = (duration) => (duration ? duration.days * 86400 + duration.seconds : 0);

// Reckoned from where the card was, in minutes of the conference's clock; never from the dates of the browser's.
function after(state, info) {
  const card = cardOf(state, Number(info.event.id));
  const start = card.start + seconds(info.delta ?? info.startDelta) / 60;
  const end = card.end + seconds(info.delta ?? info.endDelta) / 60;
  const room = info.event.resourceIds[0];
  return { start, end, room: room === NO_ROOM ? null : Number(room) };
}

function minuteAt(state, x, y) {
  const info = state.calendar.dateFromPoint(x, y);
  if (!info?.dayEl?.closest(".ec-body")) return null;
  const down = (y - info.dayEl.getBoundingClientRect().top) / state.height;
  const minute = state.from + Math.floor((down * SLOT) / STEP) * STEP;
  const room = info.resource.id;
  return { minute, room: room === NO_ROOM ? null : Number(room) };
}
