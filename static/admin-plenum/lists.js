// Rows of a list are dragged to another place; the buttons beside them do the same without it.
// Where there is little room, filters that are not in use are folded.

const form = document.getElementById("changelist-form");
const movers = form ? [...form.querySelectorAll("[data-mover]")] : [];
let dragged = null;

function grip() {
  const handle = document.createElement("span");
  handle.className = "grip";
  handle.dataset.grip = "";
  handle.setAttribute("aria-hidden", "true");
  handle.textContent = "⠿";
  return handle;
}

function send() {
  const order = document.createElement("input");
  order.type = "hidden";
  order.name = "whole_order";
  order.value = [...form.querySelectorAll("[data-mover]")].map((mover) => mover.dataset.mover).join(",");
  form.append(order);
  form.submit();
}

for (const mover of movers) mover.prepend(grip());

form?.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest("[data-grip]");
  if (!handle || event.button) return;
  event.preventDefault();
  dragged = handle.closest("tr");
  dragged.classList.add("is-dragged");
  handle.setPointerCapture(event.pointerId);
});
form?.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const others = [...dragged.parentElement.children].filter((row) => row !== dragged);
  const next = others.find((row) => event.clientY < row.getBoundingClientRect().top + row.getBoundingClientRect().height / 2);
  if (next) next.before(dragged);
  else others.at(-1)?.after(dragged);
});
form?.addEventListener("pointerup", () => {
  if (!dragged) return;
  dragged.classList.remove("is-dragged");
  dragged = null;
  send();
});

if (window.matchMedia("(max-width: 1024px)").matches) {
  window.addEventListener("load", () => {
    for (const filter of document.querySelectorAll("#changelist-filter details")) {
      filter.open = !filter.querySelector("li:first-child.selected") && Boolean(filter.querySelector("li.selected"));
    }
  });
}
