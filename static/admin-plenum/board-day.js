// What the board knows: its settings, its words, and arithmetic with minutes of the day. No browser clock is asked.

const json = (id) => JSON.parse(document.getElementById(id).textContent);

export const settings = json("board-settings");
export const first = json("board-data");
export const NO_ROOM = "none";
export const STEP = 5;
export const USUAL = 45;

const template = document.querySelector("[data-words]");

export function word(name, values = {}) {
  const text = template.content.querySelector(`[data-word="${name}"]`).textContent;
  return text.replace(/%\((\w+)\)s/g, (_all, key) => values[key]);
}

const two = (number) => String(number).padStart(2, "0");

export const clock = (minute) => `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;

// The moment of a minute, written the way the calendar reads it: without a zone, so that it is shown as it stands.
export function written(minute) {
  return new Date(Date.parse(`${settings.date}T00:00:00Z`) + minute * 60000).toISOString().slice(0, 19);
}

export const dateOf = (minute) => written(minute).slice(0, 10);

// From when to when, in the words of the language: the server's own for 13:24–15:36, with other numbers.
export function timesInWords(start, end) {
  const [from, to] = [clock(start), clock(end)].map((time) => time.split(":"));
  const numbers = { 13: from[0], 24: from[1], 15: to[0], 36: to[1] };
  return settings.times.replace(/13|24|15|36/g, (number) => numbers[number]);
}

export function timeInWords(time) {
  const [hour, minute] = time.split(":");
  return settings.time.replace(/13|24/g, (number) => (number === "13" ? hour : minute));
}

// The fields of the form that puts a part there. A time after midnight is one of the next date.
export function fieldsOf(place) {
  if (place.start === null) return { day: "", start: "", end: "", end_day: "", room: roomField(place.room) };
  const [day, last] = [dateOf(place.start), dateOf(place.end)];
  const [start, end] = [clock(place.start), clock(place.end)];
  const clear = day === last || (end <= start && end <= "06:00");
  return { day, start, end, end_day: clear && !(day === last && end <= start) ? "" : last, room: roomField(place.room) };
}

const roomField = (room) => (room === null || room === NO_ROOM ? "" : String(room));

export const address = (part, more = "") => settings.part.replace("/0/", `/${part}/`) + more;
