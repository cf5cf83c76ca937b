// Who is signed out while writing is told, before signing in again, that the text is kept: see draft.js.

const RECENT = 60 * 60 * 1000;

function isKept(name) {
  const draft = JSON.parse(localStorage.getItem(name));
  return Date.now() - draft.at < RECENT && !document.cookie.includes(draft.word);
}

try {
  const drafts = Object.keys(localStorage).filter((name) => name.startsWith("plenum.draft."));
  document.querySelector("[data-kept]").hidden = !drafts.some(isKept);
} catch {
  // No store on this device, or something strange in it: nothing is promised.
}
