// The form of one part, over the board: the same fields as on its own page, and what would be in the way, as it is filled in.

import { address, clock, dateOf, settings, USUAL, word } from "./board-day.js";
import { problemsOf, send } from "./board-server.js";

export function makeDialog(dialog, grid, act) {
  const form = dialog.querySelector("[data-form]");
  const state = { dialog, form, grid, act, card: null, length: USUAL, asked: 0 };
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => act.release());
  form.addEventListener("submit", (event) => submit(state, event));
  form.addEventListener("input", (event) => typed(state, event.target));
  return { open: (card) => open(state, card) };
}

const find = (state, name) => state.dialog.querySelector(`[data-${name}]`);
const field = (state, name) => state.form.elements[name];

function open(state, card) {
  const { form } = state;
  state.card = card;
  state.act.hold();
  form.action = address(card.pk);
  find(state, "title").textContent = [card.title, card.part].filter(Boolean).join(", ");
  find(state, "now").textContent = [card.times, state.grid.roomName(card.room), card.state_words].filter(Boolean).join(", ");
  find(state, "session").href = settings.session.replace("/0/", `/${card.session}/`);
  fill(state, "seen", card.seen);
  fill(state, "day", card.start === null ? settings.date : dateOf(card.start));
  fill(state, "start", card.start === null ? "" : clock(card.start));
  fill(state, "end", card.end === null ? "" : clock(card.end));
  fill(state, "end_day", lastDay(card));
  fill(state, "room", card.room ?? "");
  state.length = card.start === null ? USUAL : card.end - card.start;
  if (find(state, "unschedule")) find(state, "unschedule").hidden = card.start === null;
  tell(state, [], []);
  state.dialog.showModal();
  field(state, "start")?.focus();
  check(state);
}

function lastDay(card) {
  if (card.start === null || clock(card.end) <= clock(card.start)) return "";
  return dateOf(card.start) === dateOf(card.end) ? "" : dateOf(card.end);
}

function fill(state, name, value) {
  const input = field(state, name);
  if (!input) return;
  if (input.tagName === "SELECT" && ![...input.options].some((option) => option.value === String(value)))
    input.add(new Option(value, value));
  input.value = value;
}

function tell(state, errors, problems) {
  const items = (texts) => texts.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
  find(state, "errors").replaceChildren(...items(errors));
  find(state, "warned").replaceChildren(...items(problems));
}

// A new start takes the end along, until an end is typed.
function typed(state, input) {
  if (input.name === "start") follow(state);
  if (input.name === "end") state.length = null;
  clearTimeout(state.timer);
  state.timer = setTimeout(() => check(state), 250);
}

function follow(state) {
  const match = /^(\d{1,2})[.:h\s]*(\d{2})$/.exec(field(state, "start").value.trim());
  if (!match || state.length === null || match[1] > 23 || match[2] > 59) return;
  field(state, "end").value = clock(Number(match[1]) * 60 + Number(match[2]) + state.length);
}

async function check(state) {
  if (!settings.mayMove || !field(state, "start").value || !field(state, "end").value) return;
  const mine = ++state.asked;
  const answer = await problemsOf(state.card.pk, new FormData(state.form));
  if (mine !== state.asked || answer.status !== 200) return;
  tell(state, answer.errors, answer.problems.length || answer.errors.length ? answer.problems : [word("fits")]);
}

async function submit(state, event) {
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(state.form));
  if (event.submitter?.name) fields[event.submitter.name] = event.submitter.value;
  state.asked++;
  const answer = await send(state.card.pk, fields);
  if (answer.status === 400) return tell(state, answer.errors, []);
  state.dialog.close();
  state.act.finish(answer, state.card.pk);
}
