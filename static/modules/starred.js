// The sessions that this device keeps as "my programme": a set of short ids, in the order they were added.
const key = `plenum.stars.${document.getElementById("stars").dataset.conference}`;

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
