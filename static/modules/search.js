// Results while typing; pressing Enter does the same without this module.
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
