// Helps with times: understands 1300 and 13, suggests an end 45 minutes after the start, and the day of the part before.

const USUAL = 45;
const field = (row, name) => row.querySelector(`[name$="-${name}"]`);

function minutes(text) {
  const match = /^\s*(\d{1,2})(?:\s*[.:hH]?\s*(\d{2}))?\s*h?\s*$/.exec(text);
  if (!match || match[1] > 23 || (match[2] ?? 0) > 59) return null;
  return Number(match[1]) * 60 + Number(match[2] ?? 0);
}

function written(total) {
  const whole = ((total % 1440) + 1440) % 1440;
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}

function suggestDay(row) {
  const day = field(row, "day");
  if (day.value) return;
  const before = row.previousElementSibling && field(row.previousElementSibling, "day")?.value;
  const only = [...day.options].map((option) => option.value).filter(Boolean)[0];
  day.value = before || only || "";
}

function tell(input) {
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("change", (event) => {
  const row = event.target.closest?.("[data-rows=parts] [data-row]");
  if (!row || !/-(start|end)$/.test(event.target.name)) return;
  const now = minutes(event.target.value);
  if (now === null) return;
  event.target.value = written(now);
  const [start, end] = [field(row, "start"), field(row, "end")];
  if (event.target === start) {
    const before = minutes(start.dataset.before ?? "");
    const length = before === null || minutes(end.value) === null ? USUAL : minutes(end.value) - before;
    end.value = written(now + (length > 0 ? length : USUAL));
    end.dataset.suggested = "";
  }
  start.dataset.before = start.value;
  suggestDay(row);
  tell(end);
});

// What is typed replaces a suggestion: the field got it just as somebody clicked into it, and looked empty until then.
document.addEventListener("click", (event) => {
  if (event.target.dataset?.suggested === undefined) return;
  delete event.target.dataset.suggested;
  event.target.select();
});

document.addEventListener("input", (event) => {
  if (event.isTrusted && event.target.dataset) delete event.target.dataset.suggested;
});

for (const start of document.querySelectorAll("[data-rows=parts] [name$='-start']")) start.dataset.before = start.value;

// A part that is added follows the one before it: the same day, room and length. What is typed replaces that.

document.addEventListener("formset:added", (event) => {
  if (event.detail?.formsetName !== "parts") return;
  const [row, before] = [event.target, event.target.previousElementSibling];
  const [from, to] = before ? ["start", "end"].map((name) => minutes(field(before, name)?.value ?? "")) : [null, null];
  if (from === null || to === null || to <= from || field(before, "end_day").value) return;
  for (const name of ["day", "room"]) field(row, name).value = field(before, name).value;
  field(row, "start").value = written(to);
  field(row, "end").value = written(Math.min(to + to - from, 1439));
  field(row, "start").dataset.before = field(row, "start").value;
  for (const name of ["start", "end"]) field(row, name).dataset.suggested = "";
  tell(field(row, "end"));
});

// One click puts the first part without a time where the next free time is.

const free = document.querySelector("[data-free-time]");

function waiting() {
  const rows = [...document.querySelectorAll("[data-rows=parts] .rows-list > [data-row]:not(.is-removed)")];
  return rows.find((row) => field(row, "start") && !field(row, "start").value && !field(row, "start").disabled);
}

function offer() {
  if (free) free.hidden = !waiting();
}

free?.addEventListener("click", () => {
  const row = waiting();
  if (!row) return;
  for (const name of ["day", "start", "end", "room"]) {
    const input = field(row, name);
    if (input && (name !== "room" || !input.value)) input.value = free.dataset[name];
  }
  field(row, "start").dataset.before = free.dataset.start;
  tell(field(row, "end"));
  field(row, "start").focus();
});

offer();
document.addEventListener("input", offer);
document.addEventListener("plenum:rows", offer);
