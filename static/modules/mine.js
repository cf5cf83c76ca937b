// Shows the sessions that this device keeps, and takes over those that came with a link.
import { overlap, times } from "./overlaps.js";
import { keep, say, starred } from "./starred.js";

const MOST = 200; // ids in one address; programme/picked.py
const named = (id) => document.getElementById(id);
const box = named("mine");
const shared = named("shared");

// --- My own

async function show() {
  const ids = starred();
  named("mine-empty").hidden = ids.size > 0;
  named("mine-kept").hidden = ids.size === 0;
  fillLinks(ids);
  if ([...ids].every((id) => box.querySelector(`[data-session="${CSS.escape(id)}"]`))) return markOverlaps();
  try {
    box.replaceChildren(...(await chosen(ids)));
    named("mine-failed").hidden = true;
    markOverlaps();
  } catch {
    named("mine-failed").hidden = false;
  }
}

// Of all sessions, by day and hour, those that are mine.
async function chosen(ids) {
  const answer = await fetch(box.dataset.sessions);
  if (!answer.ok) throw new Error(answer.status);
  const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  const found = new Set();
  for (const card of main.querySelectorAll(".session-card")) {
    if (ids.has(card.dataset.session)) found.add(card.dataset.session);
    else card.remove();
  }
  for (const part of main.querySelectorAll(".hour, .day, .section")) {
    if (!part.querySelector(".session-card")) part.remove();
  }
  named("mine-missing").hidden = found.size === ids.size;
  return [...main.children].map((part) => document.adoptNode(part));
}

async function markOverlaps() {
  const ids = starred();
  const told = ids.size > 1 ? await times().catch(() => ({})) : {};
  for (const card of box.querySelectorAll(".session-card")) {
    card.querySelector(".overlap")?.remove();
    const line = ids.has(card.dataset.session) && overlap(card.dataset.session, ids, told);
    if (line) card.querySelector(".session-card-facts").before(line);
  }
}

function fillLinks(ids) {
  const query = `?s=${[...ids].slice(0, MOST).join("")}`;
  named("too-many").hidden = ids.size <= MOST;
  for (const each of document.querySelectorAll("[data-takes-ids]")) {
    if (each.href) each.href = each.href.split("?")[0] + query;
    else if (each.id === "link") each.value = each.dataset.takesIds + query;
    else each.src = each.dataset.takesIds + query; // fetched when it is seen
  }
}

async function copy({ currentTarget: button }) {
  try {
    await navigator.clipboard.writeText(named("link").value);
    say(button.dataset.done);
  } catch {
    named("link").select();
    say(button.dataset.failed);
  }
}

function send({ currentTarget: button }) {
  navigator.share({ title: button.dataset.title, url: named("link").value }).catch(() => {}); // changed their mind
}

// --- Those in a link

function offer() {
  const mine = starred();
  const isAllMine = theirs().every((id) => mine.has(id));
  named("add-these").hidden = isAllMine;
  named("all-mine").hidden = !isAllMine;
}

function theirs() {
  return new URLSearchParams(shared.dataset.ids).get("s").match(/.{6}/g) ?? [];
}

function addThese() {
  const { added, failed } = document.getElementById("stars").dataset;
  const before = starred();
  if (!keep(new Set([...before, ...theirs()]))) return say(failed);
  say(added, () => {
    keep(before);
    say(document.getElementById("stars").dataset.removed);
  });
}

if (shared && named("add-these")) {
  named("add-these").addEventListener("click", addThese);
  window.addEventListener("starred", offer);
  offer();
} else if (box) {
  named("copy").addEventListener("click", copy);
  named("send").hidden = !navigator.share;
  named("send").addEventListener("click", send);
  window.addEventListener("starred", show);
  show();
}
