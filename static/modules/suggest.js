// Suggestions under a search field: a combobox with a list (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
// Without a network, the page of results is made of the same names.
import { suggestions, suiting } from "./suggestions.js";

const MOST = 8;
const MOST_RESULTS = 100;
const field = document.getElementById("q");
const list = document.getElementById("suggestions");
const { suggestions: source, everywhere, one, many, none } = field.dataset;
const told = Object.assign(document.createElement("p"), { className: "visually-hidden" });
told.setAttribute("role", "status");
field.form.append(told);
field.setAttribute("role", "combobox");
field.setAttribute("aria-autocomplete", "list");
field.setAttribute("aria-controls", list.id);
field.setAttribute("aria-expanded", "false");

// --- The list

async function suggest() {
  const words = field.value.trim();
  const things = words ? suiting(await suggestions(source), words).slice(0, MOST) : [];
  if (words !== field.value.trim() || document.activeElement !== field) return; // it has gone on without us
  const options = things.map((thing) => option(thing.address, ...line(thing)));
  const all = `${field.form.action}?${new URLSearchParams({ q: words })}`;
  if (words) options.push(option(all, everywhere.replace("{words}", words)));
  list.replaceChildren(...options);
  options.forEach((each, number) => (each.id = `suggestion-${number}`));
  show(options.length > 0);
  if (words) say(things.length);
}

function say(number) {
  told.textContent = { 0: none, 1: one }[number] ?? many.replace("{number}", number);
}

function line({ kind, name, lang, line }) {
  const title = document.createElement("span");
  Object.assign(title, { className: "suggestion-name", textContent: name, dir: "auto" });
  if (lang) title.lang = lang;
  const small = document.createElement("small");
  small.textContent = [kind, line].filter(Boolean).join(" · ");
  return [title, " ", small];
}

function option(address, ...inside) {
  const item = document.createElement("li");
  item.append(...inside);
  item.dataset.address = address;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  return item;
}

function show(isOpen) {
  list.hidden = !isOpen;
  field.setAttribute("aria-expanded", isOpen);
  if (!isOpen) told.textContent = "";
  choose(null);
}

const chosen = () => list.querySelector('[aria-selected="true"]');

function choose(item) {
  chosen()?.setAttribute("aria-selected", "false");
  item?.setAttribute("aria-selected", "true");
  item?.scrollIntoView({ block: "nearest" });
  if (item) field.setAttribute("aria-activedescendant", item.id);
  else field.removeAttribute("aria-activedescendant");
}

// --- Keys and pointers

const tryToSuggest = () => suggest().catch(() => show(false)); // the page of results will tell
const KEYS = {
  ArrowDown: () => (list.hidden ? tryToSuggest() : choose(chosen() ? chosen().nextElementSibling : list.firstChild)),
  ArrowUp: () => list.hidden || choose(chosen() ? chosen().previousElementSibling : list.lastChild),
  Enter: () => location.assign(chosen().dataset.address),
  Escape: () => show(false),
};

field.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const isLeft = { Enter: list.hidden || !chosen(), Escape: list.hidden }[event.key]; // to the browser
  if (isLeft || !(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});
field.addEventListener("focus", () => suggestions(source).catch(() => {}), { once: true });
field.addEventListener("input", tryToSuggest);
field.addEventListener("blur", () => show(false));
list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
list.addEventListener("click", (event) => {
  const item = event.target.closest("[data-address]");
  if (item) location.assign(item.dataset.address);
});

// --- Results without a network

async function showResults(words) {
  const found = suiting(await suggestions(source), words).slice(0, MOST_RESULTS);
  const links = found.map((thing) => {
    const link = Object.assign(document.createElement("a"), { href: thing.address });
    link.append(...line(thing));
    const item = document.createElement("li");
    item.append(link);
    return item;
  });
  const results = Object.assign(document.createElement("ul"), { className: "found-offline" });
  results.append(...links);
  document.getElementById("results").replaceChildren(results);
  say(found.length);
}

const asked = new URLSearchParams(location.search).get("q")?.trim();
if (document.documentElement.dataset.kept && asked && document.getElementById("results")) {
  field.value = asked;
  showResults(asked);
}
