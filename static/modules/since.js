// Marks what has changed since the last visit. A visit lasts as long as the tab; the device remembers the release seen.
import { whenever } from "./page.js";

const { conference, published } = document.getElementById("since").dataset;
const key = `plenum.seen.${conference}`;

function lastSeen() {
  try {
    if (!sessionStorage.getItem(key)) {
      sessionStorage.setItem(key, localStorage.getItem(key) ?? published);
    }
    localStorage.setItem(key, published);
    return sessionStorage.getItem(key);
  } catch {
    return published; // nothing can be kept here, so nothing is marked
  }
}

const seen = Date.parse(lastSeen());
whenever("[data-told]", (mark) => {
  mark.hidden = !(Date.parse(mark.dataset.told) > seen);
});
