// Results while typing, and arrow keys from the field through them; pressing Enter does the same without this module.
import { swap } from "./swap.js";

const field = document.getElementById("q");
let waiting;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const address = `${location.pathname}?${new URLSearchParams({ q: field.value })}`;
    swap(address, ["results"]).catch(() => {});
  }, 150);
});

document.addEventListener("keydown", (event) => {
  const stops = [field, ...document.querySelectorAll("#results .person-card-name a, #results .session-card-title a")];
  const at = stops.indexOf(event.target);
  const next = { ArrowDown: stops[at + 1], ArrowUp: stops[at - 1], Escape: at > 0 && field }[event.key];
  if (at < 0 || !next || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  next.focus();
});
