// Keeps what is written on a form on this device until it is saved, and offers it back: after a crash, a closed window,
// a sign-out or an error of the server. Files are not kept. The server shows a draft again; nothing is saved by that.

const offer = document.querySelector("[data-draft]");
const form = offer?.closest("form");
const PREFIX = "plenum.draft.";
const SENT = `plenum.sent.${offer?.dataset.draft}`;
const LONGEST = 7 * 24 * 3600 * 1000;
const ASIDE = new Set(["csrfmiddlewaretoken", "_draft_key", "_draft", "_bring_back"]);

const place = () => `${PREFIX}${offer.dataset.user}.${offer.dataset.draft}`;
const word = () => form.querySelector("[name=_draft_key]");

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function written() {
  // What the form would send, as pairs; selects that search keep the name of what was picked on the server.
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !ASIDE.has(name));
}

const said = (pairs) => JSON.stringify(pairs.filter(([name]) => !name.startsWith("_")));

function saved() {
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("plenum_saved="));
  return new Set((cookie?.slice("plenum_saved=".length) ?? "").replaceAll('"', "").split("_"));
}

function forgetOld() {
  const done = saved();
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    const draft = read(name);
    if (!draft || done.has(draft.word) || Date.now() - draft.at > LONGEST) localStorage.removeItem(name);
  }
}

function tellSaved(event) {
  // Whoever goes back to the form of something new is told; the word leads to what was made, should they save again.
  const told = document.querySelector("[data-saved-already]");
  const isBack = event?.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const sent = sessionStorage.getItem(SENT);
  const isMade = told && isBack && saved().has(sent);
  if (told) told.hidden = !isMade;
  if (isMade) word().value = sent;
}

let untouched = "";
let waiting = 0;

function keep() {
  clearTimeout(waiting);
  waiting = 0;
  const pairs = written();
  try {
    if (said(pairs) === untouched) localStorage.removeItem(place());
    else localStorage.setItem(place(), JSON.stringify({ word: word().value, at: Date.now(), pairs }));
    form.dataset.kept = "";
  } catch {
    // A full or forbidden store keeps nothing; the form works without it.
  }
}

function soon() {
  delete form.dataset.kept;
  if (!waiting) waiting = setTimeout(keep, 300);
}

function earlier() {
  // Names of drafts of earlier visits that nobody has decided about, the newest first.
  const names = Object.keys(localStorage).filter((name) => name.startsWith(`${place()}.`));
  return names.sort((one, other) => Number(other.split(".").at(-1)) - Number(one.split(".").at(-1)));
}

function putAside() {
  const draft = read(place());
  if (!draft) return;
  localStorage.setItem(`${place()}.${draft.at}`, JSON.stringify(draft));
  localStorage.removeItem(place());
}

function takeBack(draft) {
  const sending = document.createElement("form");
  sending.method = "post";
  sending.hidden = true;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const pairs = [...draft.pairs, ["_draft", "1"], ["_draft_key", draft.word], ["csrfmiddlewaretoken", token]];
  for (const [name, value] of pairs) {
    const box = document.createElement("textarea");
    box.name = name;
    box.value = value;
    sending.append(box);
  }
  document.body.append(sending);
  sending.submit();
}

function offerBack() {
  // What is the same as the form is no draft any more; of the others the newest is offered first.
  const names = earlier();
  for (const name of names.filter((each) => said(read(each).pairs) === untouched)) localStorage.removeItem(name);
  const name = names.find((each) => read(each));
  offer.hidden = !name;
  if (!name) return;
  const draft = read(name);
  const time = new Date(draft.at);
  const today = time.toDateString() === new Date().toDateString();
  const style = today ? { timeStyle: "short" } : { dateStyle: "long", timeStyle: "short" };
  const words = offer.querySelector("[data-draft-words]");
  const { lang } = document.documentElement;
  const between = words.dataset.clock.replace(/\d/g, ""); // 13.00 in Norwegian, 13 h 00 in French
  const when = time.toLocaleString(lang === "en" ? "en-GB" : lang, style).replace(/(\d):(?=\d)/, `$1${between}`);
  words.textContent = words.dataset.draftWords.replace("%(time)s", when);
  offer.querySelector("[data-draft-take]").onclick = () => takeBack(draft);
  offer.querySelector("[data-draft-drop]").onclick = () => {
    localStorage.removeItem(name);
    offerBack();
  };
}

function begin() {
  forgetOld();
  untouched = said(written());
  if ("isSent" in offer.dataset) {
    for (const name of earlier().filter((each) => read(each).word === word().value)) localStorage.removeItem(name);
    untouched = "";
    keep();
    if (!document.querySelector(".errornote")) form.dispatchEvent(new Event("input"));
    return;
  }
  putAside();
  offerBack();
}

function start() {
  if (!word().value) word().value = crypto.randomUUID?.() ?? `${Date.now().toString(16)}-${Math.random().toString(16).slice(2)}`;
  try {
    tellSaved();
    begin();
  } catch {
    return; // No store on this device: the form works as it is.
  }
  form.addEventListener("input", soon);
  if (window.django?.jQuery) window.django.jQuery(form).on("change", soon);
  else form.addEventListener("change", soon);
  form.addEventListener("submit", keep);
  window.addEventListener("pageshow", tellSaved);
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, word().value));
  document.addEventListener("plenum:rows", soon);
  window.addEventListener("pagehide", () => { if (waiting) keep(); });
}

if (form) window.addEventListener("load", start);
