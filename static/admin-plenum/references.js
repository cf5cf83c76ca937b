// Selects that point at rows of this form ("Part 2 – Debate", a speaker) keep up with those rows as they are written.

const first = (nodes, test) => [...nodes].find(test);

function titleOf(row) {
  const inputs = row.querySelectorAll("[data-language] input[name*='-title_']");
  return (first(inputs, (input) => input.value && !input.closest("[hidden]")) ?? first(inputs, (input) => input.value))?.value ?? "";
}

function labelOf(row) {
  const person = row.querySelector("select[name$='-person']");
  if (person?.value) return person.selectedOptions[0].text;
  const name = row.querySelector(".row-name").textContent.trim().replace(/\s+/g, " ");
  const title = titleOf(row);
  return title ? `${name} – ${title}` : name;
}

function choices(target) {
  const rows = document.querySelectorAll(`[data-rows="${target}"] .rows-list > [data-row]:not(.is-removed)`);
  return [...rows].map((row) => [row.dataset.row, labelOf(row)]);
}

function fill(select, rows) {
  // What was pointed at is remembered, so that a row that is removed and kept after all is pointed at again.
  const wanted = select.value || select.dataset.wanted || "";
  const nothing = select.options[0];
  select.replaceChildren(nothing, ...rows.map(([value, label]) => new Option(label, value)));
  const there = rows.some(([value]) => value === wanted);
  select.value = there ? wanted : "";
  select.dataset.wanted = wanted;
}

function refresh() {
  const known = {};
  for (const select of document.querySelectorAll("select[data-points-at]")) {
    const target = select.dataset.pointsAt;
    known[target] ??= choices(target);
    fill(select, known[target]);
  }
}

let waiting = 0;
const soon = () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(refresh);
};

document.addEventListener("change", (event) => {
  if (event.target.matches?.("select[data-points-at]")) event.target.dataset.wanted = event.target.value;
  soon();
});
document.addEventListener("input", soon);
document.addEventListener("plenum:rows", refresh);
document.addEventListener("formset:added", refresh);
window.addEventListener("load", () => {
  // Pop-up windows and the search for people report through the admin's jQuery, which native listeners do not hear.
  window.django?.jQuery(document).on("change", soon);
  refresh();
});
