// For those who follow from elsewhere: what the clock shows where they are, beside the time at the conference.
import { whenever } from "./page.js";

const root = document.getElementById("own-time");
const { clock, range, yours, here } = root.dataset;
const key = "plenum.own-time";
const place = nameOf(Intl.DateTimeFormat().resolvedOptions().timeZone);

// "America/New_York" is New York; a zone without a town has a name in the page's language.
function nameOf(zone) {
  if (/^[A-Z]\w+\/\w/.test(zone) && !zone.startsWith("Etc/")) return zone.split("/").at(-1).replaceAll("_", " ");
  const parts = new Intl.DateTimeFormat(languages(), { timeZoneName: "long" }).formatToParts(new Date());
  return parts.find((part) => part.type === "timeZoneName").value;
}

function languages() {
  return [document.documentElement.lang, "nb"];
}

// Does the conference's clock show something else at that moment? Its offset stands in the markup.
function differs(iso) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(iso) ?? ["", "+", 0, 0];
  return new Date(iso).getTimezoneOffset() !== -Number(`${sign}1`) * (hours * 60 + Number(minutes));
}

// In the page's own way of writing times, of which `example` is one: each number is put in place of one of its own.
function written(example, ...moments) {
  const numbers = moments.flatMap((moment) => [moment.getHours(), moment.getMinutes()]);
  return example.replace(/\d+/g, (found) => String(numbers.shift()).padStart(found.length, "0"));
}

function wordsFor(time) {
  const start = new Date(time.dateTime);
  const isSameDay = start.getDate() === Number(time.dateTime.slice(8, 10));
  const day = isSameDay ? "" : `${new Intl.DateTimeFormat(languages(), { weekday: "long" }).format(start)} `;
  const { ends } = time.dataset;
  return day + (ends ? written(range, start, new Date(ends)) : written(clock, start));
}

function add(time, words) {
  if (!differs(time.dateTime) || time.nextElementSibling?.matches(".own-time")) return;
  const note = Object.assign(document.createElement("small"), { className: "own-time", textContent: words });
  time.after(" ", note);
}

// --- On the page of one session: in one line below its facts, so that nothing a visitor reads moves; and in each part

const told = (words) => yours.replace("{time}", words).replace("{place}", place);
const other = [...document.querySelectorAll(".times time")].filter((time) => differs(time.dateTime));
if (other.length) {
  const textContent = told(other.map(wordsFor).join(" · "));
  const line = Object.assign(document.createElement("p"), { className: "own-time", textContent });
  document.querySelector(".session-facts").append(line);
}
whenever(".part-facts time", (time) => add(time, told(wordsFor(time))));

// --- On the programme, where one may ask for it

const TIMES = ".hour-time time, .grid th time";

function isWanted() {
  try {
    return localStorage.getItem(key) === "yes";
  } catch {
    return false;
  }
}

function want(isOn) {
  try {
    localStorage.setItem(key, isOn ? "yes" : "no");
  } catch {
    // then it lasts for this page only
  }
  document.querySelectorAll(TIMES).forEach((time) => setBeside(time, isOn));
}

function setBeside(time, isOn) {
  if (isOn) add(time, `${wordsFor(time)} ${place}`);
  else if (time.nextElementSibling?.matches(".own-time")) time.nextElementSibling.remove();
}

let button;

// The line in the page's head with which they are shown and hidden; made when the first time differs.
function offer() {
  const note = root.content.firstElementChild.cloneNode(true);
  note.firstElementChild.textContent = note.firstElementChild.textContent.replace("{place}", here);
  button = note.lastElementChild;
  button.textContent = button.textContent.replace("{place}", place);
  button.setAttribute("aria-pressed", isWanted());
  button.addEventListener("click", () => {
    const isOn = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", isOn);
    want(isOn);
  });
  document.querySelector(".page-head").append(note);
}

whenever(TIMES, (time) => {
  if (!differs(time.dateTime)) return;
  if (!button) offer();
  setBeside(time, button.getAttribute("aria-pressed") === "true");
});
