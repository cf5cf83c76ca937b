// Rows of a form: add, remove (and keep after all), move with buttons or by dragging. A row keeps its number in the
// names of its inputs for as long as the page lives, so that other rows can point at it; its place is a field of its own.

const changed = (list) => list.dispatchEvent(new CustomEvent("plenum:rows", { bubbles: true }));

const rowsOf = (list) => [...list.children].filter((row) => !row.classList.contains("is-removed"));

function renumber(list) {
  rowsOf(list).forEach((row, index) => {
    const number = row.querySelector(".row-number");
    const place = row.querySelector(".row-place input");
    if (number) number.textContent = index + 1;
    if (place && !place.disabled) place.value = index + 1;
  });
  const rows = rowsOf(list);
  rows.forEach((row, index) => {
    const [up, down] = row.querySelectorAll(":scope > .movers [data-move], .row-head [data-move]");
    if (up) up.disabled = index === 0;
    if (down) down.disabled = index === rows.length - 1;
  });
}

function settle(list) {
  renumber(list);
  changed(list);
}

function nameOf(row) {
  return row.querySelector(".row-name")?.textContent.trim().replace(/\s+/g, " ") ?? row.textContent.trim();
}

function say(list, row) {
  const rows = rowsOf(list);
  const words = list.dataset.news;
  if (!words) return;
  let news = list.nextElementSibling;
  if (!news?.matches(".rows-news")) {
    news = document.createElement("p");
    news.className = "rows-news visually-hidden";
    news.setAttribute("role", "status");
    list.after(news);
  }
  news.textContent = words.replace("%(place)s", rows.indexOf(row) + 1).replace("%(of)s", rows.length);
}

function move(button) {
  const row = button.closest("[data-movable] > *");
  const list = row.parentElement;
  const rows = rowsOf(list);
  const there = rows[rows.indexOf(row) + Number(button.dataset.move)];
  if (!there) return;
  if (Number(button.dataset.move) < 0) there.before(row);
  else there.after(row);
  settle(list);
  say(list, row);
  const target = button.disabled ? row.querySelector("[data-move]:not(:disabled)") : button;
  (target ?? button).focus();
  row.scrollIntoView({ block: "nearest" });
}

function setRemoved(row, removed) {
  const mark = row.querySelector(".row-delete input");
  mark.checked = removed;
  row.classList.toggle("is-removed", removed);
  row.querySelector(".row-body").hidden = removed;
  row.querySelector(".row-head").hidden = removed;
  row.querySelector(".row-removed").hidden = !removed;
  row.querySelector("[data-removed-name]").textContent = nameOf(row);
}

function remove(row) {
  const list = row.parentElement;
  setRemoved(row, true);
  settle(list);
  mark();
  row.querySelector("[data-undo]").focus();
}

function keep(row) {
  setRemoved(row, false);
  settle(row.parentElement);
  row.querySelector("[data-remove]").focus();
}

function mark() {
  document.querySelector("form[data-watched]")?.dispatchEvent(new Event("change", { bubbles: true }));
}

function numbered(node, number) {
  for (const attribute of [...node.attributes]) {
    if (attribute.value.includes("__prefix__")) node.setAttribute(attribute.name, attribute.value.replaceAll("__prefix__", number));
  }
}

function copyOptions(section, row) {
  // What was added in a pop-up window since the page was loaded is in the rows that were there then.
  for (const select of row.querySelectorAll(".related-widget-wrapper select:not(.admin-autocomplete)")) {
    const field = select.name.split("-").pop();
    const other = section.querySelector(`.rows-list select[name$="-${field}"]`);
    if (other) select.replaceChildren(...[...other.options].map((option) => new Option(option.text, option.value)));
  }
}

function add(section) {
  const list = section.querySelector(".rows-list");
  const total = section.querySelector(`[name="${section.dataset.rows}-TOTAL_FORMS"]`);
  const row = section.querySelector("template[data-new-row]").content.firstElementChild.cloneNode(true);
  for (const node of [row, ...row.querySelectorAll("*")]) numbered(node, total.value);
  total.value = Number(total.value) + 1;
  copyOptions(section, row);
  list.append(row);
  enhance(row);
  row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: section.dataset.rows } }));
  settle(list);
  (row.querySelector(".language-box:not([hidden]) input, .language-box:not([hidden]) textarea, .select2-selection, select") ?? row).focus();
  row.scrollIntoView({ block: "nearest" });
}

function enhance(root) {
  for (const hidden of root.querySelectorAll(".movers[hidden], [data-remove][hidden], [data-add-row][hidden]")) hidden.hidden = false;
  for (const row of root.querySelectorAll("[data-row]")) {
    if (row.querySelector(".row-delete input")?.checked) setRemoved(row, true);
  }
}

// --- dragging

let dragged = null;

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip || event.button) return;
  event.preventDefault();
  dragged = grip.closest("[data-movable] > *");
  dragged.classList.add("is-dragged");
  dragged.parentElement.classList.add("is-sorting");
  grip.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const list = dragged.parentElement;
  const others = rowsOf(list).filter((row) => row !== dragged);
  const next = others.find((row) => event.clientY < row.getBoundingClientRect().top + row.getBoundingClientRect().height / 2);
  if (next) {
    if (dragged.nextElementSibling !== next) next.before(dragged);
  } else if (others.length && list.lastElementChild !== dragged) others.at(-1).after(dragged);
});

for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    if (!dragged) return;
    const list = dragged.parentElement;
    dragged.classList.remove("is-dragged");
    list.classList.remove("is-sorting");
    settle(list);
    say(list, dragged);
    mark();
    dragged = null;
  });
}

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  if (on("[data-movable] [data-move]")) {
    move(on("[data-move]"));
    mark();
  } else if (on("[data-remove]")) remove(on("[data-row]"));
  else if (on("[data-undo]")) keep(on("[data-row]"));
  else if (on("[data-add-row]")) {
    add(on("[data-rows]"));
    mark();
  }
});

document.documentElement.classList.add("has-script");
enhance(document);
for (const list of document.querySelectorAll("[data-movable]")) renumber(list);
