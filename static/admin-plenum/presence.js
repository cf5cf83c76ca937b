// Says every few seconds that this form is open, and shows who else has it open. Tells when one is signed out.

const line = document.querySelector("[data-presence]");
const EVERY = 15_000;

function message(more = {}) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  return new URLSearchParams({ about: line.dataset.presence, csrfmiddlewaretoken: token, ...more });
}

function show(words) {
  if (line.textContent !== words) line.textContent = words;
  line.hidden = !words;
}

async function tell() {
  if (document.hidden) return;
  try {
    const answer = await fetch(line.dataset.address, { method: "POST", body: message(), redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) show(line.dataset.signedOut);
    else if (answer.ok) show((await answer.json()).words);
  } catch {
    // Without a network nobody is told of, and nothing is lost.
  }
}

if (line) {
  tell();
  setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", tell);
  window.addEventListener("pagehide", () => navigator.sendBeacon(line.dataset.address, message({ left: "1" })));
}
