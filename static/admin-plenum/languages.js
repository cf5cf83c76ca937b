// One language of the form, or two side by side. What is chosen is remembered; an error in a hidden language opens it.

const bar = document.querySelector("[data-language-switch]");
const KEY = "plenum.languages";

const remembered = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
};

const radios = () => [...bar.querySelectorAll("input[name=language-shown]")];
const beside = () => bar.querySelector("select[name=language-beside]");
const shown = () => radios().find((radio) => radio.checked).value;
const visible = (code) => [shown(), beside().value].includes(code) || beside().value === "all";

function arrange(group) {
  const boxes = [...group.querySelectorAll("[data-language]")];
  for (const box of boxes) box.hidden = !visible(box.dataset.language);
  const main = boxes.find((box) => box.dataset.language === shown());
  const focused = document.activeElement;
  if (main && group.firstElementChild !== main && !main.contains(focused)) group.prepend(main);
  group.classList.toggle("two", beside().value !== "" && beside().value !== shown());
  group.classList.toggle("all", beside().value === "all");
}

function show() {
  for (const group of document.querySelectorAll(".languages")) arrange(group);
  for (const option of beside().options) option.hidden = option.value === shown();
  document.dispatchEvent(new CustomEvent("plenum:languages"));
}

function remember() {
  try {
    localStorage.setItem(KEY, JSON.stringify({ shown: shown(), beside: beside().value }));
  } catch {
    // A browser that keeps nothing still shows the languages.
  }
}

function count() {
  const groups = [...document.querySelectorAll(".languages")].filter((group) => !group.closest(".is-removed"));
  const written = groups.map((group) => [...group.querySelectorAll("[data-language]")]
    .filter((box) => box.querySelector("input, textarea")?.value.trim()).map((box) => box.dataset.language));
  const any = written.filter((codes) => codes.length);
  for (const place of bar.querySelectorAll("[data-count]")) {
    const filled = any.filter((codes) => codes.includes(place.dataset.count)).length;
    place.textContent = any.length ? `${filled}/${any.length}` : "";
    place.classList.toggle("is-done", any.length > 0 && filled === any.length);
  }
}

function open(box) {
  // Shows the language of a box that is hidden: beside the one shown, or all of them when two are not enough.
  if (!box?.hidden) return;
  beside().value = beside().value === "" || beside().value === shown() ? box.dataset.language : "all";
  show();
  const news = bar.querySelector("[data-language-news]");
  news.textContent = news.dataset.opened;
}

function start() {
  const { shown: code, beside: other } = remembered();
  const radio = radios().find((radio) => radio.value === code) ?? radios()[0];
  radio.checked = true;
  beside().value = [...beside().options].some((option) => option.value === other) ? other : "";
  bar.hidden = false;
  show();
  count();
  for (const box of document.querySelectorAll("[data-language].errors")) open(box);
}

if (bar) {
  start();
  bar.addEventListener("change", () => {
    show();
    remember();
  });
  document.addEventListener("input", count);
  document.addEventListener("plenum:rows", count);
  document.addEventListener("formset:added", show);
  document.addEventListener("invalid", (event) => open(event.target.closest("[data-language]")), true);
}
