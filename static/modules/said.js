// Says in a corner what has just happened, politely, and offers to take it back.
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
