// The sessions that this device keeps as "my programme", and a corner of the page that says what happened to them.
const key = `plenum.stars.${document.getElementById("stars").dataset.conference}`;

// A set of short ids, in the order they were added.
export function starred() {
  try {
    return new Set(JSON.parse(localStorage.getItem(key)) ?? []);
  } catch {
    return new Set(); // nothing that could be read
  }
}

// Returns whether the device kept them. Every page that shows them hears of it: "starred" on the window.
export function keep(ids) {
  try {
    localStorage.setItem(key, JSON.stringify([...ids]));
  } catch {
    return false;
  }
  window.dispatchEvent(new Event("starred"));
  return true;
}

window.addEventListener("storage", (event) => {
  if (event.key === key || event.key === null) window.dispatchEvent(new Event("starred"));
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.dispatchEvent(new Event("starred"));
});

// --- Said in a corner, politely, with an offer to take it back

const SECONDS = 12;
const corner = document.querySelector("#stars .said");
const [status, undo] = corner.children;
let timer, back;

// `nodes` are words or elements. `takeBack` undoes what is said.
export function say(nodes, takeBack) {
  const line = document.createElement("p");
  line.append(...[nodes].flat());
  status.replaceChildren(line);
  back = takeBack;
  undo.hidden = !takeBack;
  corner.classList.add("is-on");
  wait();
}

export function sayMore(node) {
  status.append(node);
}

function hide() {
  if (corner.matches(":hover, :focus-within")) return wait();
  corner.classList.remove("is-on");
  status.replaceChildren();
  undo.hidden = true;
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(hide, SECONDS * 1000);
}

undo.addEventListener("click", () => back?.());
