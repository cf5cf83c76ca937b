// Which sessions are on at the same time. Asks once for the times of all sessions.
const root = document.getElementById("stars");
let asked;

async function fetchTimes() {
  const answer = await fetch(root.dataset.sessions);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

// {id: [title, address, [[start, end], …]]}, times in minutes
export function times() {
  asked ??= fetchTimes().catch((error) => {
    asked = undefined; // the next call asks again
    throw error;
  });
  return asked;
}

function meet(some, others) {
  return some.some(([start, end]) => others.some(([from, to]) => start < to && from < end));
}

// The line that says which of some sessions overlap with one of them; null when none does.
export function overlap(id, ids, told) {
  const parts = told[id]?.[2] ?? [];
  const found = [...ids].filter((other) => other !== id && told[other] && meet(parts, told[other][2]));
  if (!found.length) return null;
  const line = document.getElementById("overlap").content.firstElementChild.cloneNode(true);
  found.forEach((other, index) => {
    const [title, address] = told[other];
    const link = Object.assign(document.createElement("a"), { href: address, textContent: title });
    line.lastElementChild.append(index ? ", " : "", link);
  });
  return line;
}
