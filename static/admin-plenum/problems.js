// While a session is being written, the server is asked what would not fit together if it were saved so. The answer
// stands above the buttons that save, always in sight, and is read out; nothing is kept from being saved.

const PAUSE = 400; // milliseconds without another change
const ASKED = /^(csrfmiddlewaretoken|conference|state|format|expected_attendance|replaced_by|title_.+|image_alt_.+|(parts|speakers|moderators)-.+)$/;
const WORDY = /-(title|description|contribution)_/;

const place = document.querySelector("[data-what-if]");
const form = place?.closest("form");
let waiting = 0;
let asking = null;
let shown = "";

function facts() {
  const sent = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && ASKED.test(name) && !WORDY.test(name)) sent.append(name, value);
  }
  if (form.querySelector("#id_image")?.files?.length) sent.append("image_chosen", "1");
  return sent;
}

function keepInSight(field) {
  // What is being written is not hidden behind what has just been told about it.
  const row = place.closest(".submit-row");
  if (!row || row.contains(field) || !form.contains(field)) return;
  const { top, bottom } = field.getBoundingClientRect();
  if (bottom > row.getBoundingClientRect().top && top < window.innerHeight) field.scrollIntoView({ block: "center" });
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(place.dataset.whatIf, { method: "POST", body: facts(), signal: asking.signal });
    if (!answer.ok) return;
    const words = (await answer.text()).trim();
    if (words === shown) return;
    shown = words;
    place.replaceChildren(...new DOMParser().parseFromString(words, "text/html").body.childNodes);
    keepInSight(document.activeElement);
  } catch (error) {
    if (error.name !== "AbortError" && error.name !== "TypeError") throw error; // without the network, nothing is said
  }
}

function soon(event) {
  const name = event?.target?.name ?? "";
  if (name && (!(ASKED.test(name) || name === "image") || WORDY.test(name))) return;
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
}

if (place && form) {
  shown = place.innerHTML.trim();
  form.querySelector(".submit-row:last-of-type")?.prepend(place);
  form.addEventListener("input", soon);
  document.addEventListener("plenum:rows", soon);
  window.addEventListener("load", () => {
    // Pop-up windows and the search for people report through the admin's jQuery, which also hears what is native.
    if (window.django?.jQuery) window.django.jQuery(form).on("change", soon);
    else form.addEventListener("change", soon);
  });
}
