// The grid of a day: arrow keys go from session to session, and a line shows what the time is.
const SECONDS = 20;

// --- Arrow keys

const overlap = (from, to, start, end) => from[start] < to[end] - 1 && to[start] < from[end] - 1;
const WAYS = {
  ArrowRight: { ahead: (from, to) => to.left - from.right, beside: ["top", "bottom"] },
  ArrowLeft: { ahead: (from, to) => from.left - to.right, beside: ["top", "bottom"] },
  ArrowDown: { ahead: (from, to) => to.top - from.bottom, beside: ["left", "right"] },
  ArrowUp: { ahead: (from, to) => from.top - to.bottom, beside: ["left", "right"] },
};

function neighbour(link, way) {
  const box = (each) => each.closest("td").getBoundingClientRect();
  const from = box(link);
  const [start, end] = way.beside;
  let best = null;
  for (const other of link.closest("table").querySelectorAll(".grid-title a")) {
    const to = box(other);
    const distance = way.ahead(from, to);
    if (other === link || distance < -1 || !overlap(from, to, start, end)) continue;
    const rank = [Math.round(distance), Math.abs(to[start] - from[start])];
    if (!best || rank[0] < best.rank[0] || (rank[0] === best.rank[0] && rank[1] < best.rank[1])) best = { other, rank };
  }
  return best?.other;
}

document.addEventListener("keydown", (event) => {
  const way = WAYS[event.key];
  const link = event.target.closest?.(".grid-title a");
  if (!way || !link || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const next = neighbour(link, way);
  if (!next) return;
  event.preventDefault();
  next.focus();
});

// --- The line of now

function mark(table, now) {
  const rows = [...table.tBodies[0].rows];
  const current = rows.find((row) => Date.parse(row.dataset.start) <= now && now < Date.parse(row.dataset.end));
  rows.forEach((row) => row.classList.toggle("is-now", row === current));
  table.parentElement.classList.toggle("is-today", Boolean(current));
  rows.forEach((row, at) => {
    for (const cell of row.querySelectorAll(".grid-cell")) {
      const last = rows[at + cell.rowSpan - 1];
      cell.classList.toggle("is-on", Date.parse(row.dataset.start) <= now && now < Date.parse(last.dataset.end));
    }
  });
  if (!current) return null;
  const [start, end] = [Date.parse(current.dataset.start), Date.parse(current.dataset.end)];
  const passed = ((now - start) / (end - start)) * current.offsetHeight;
  table.parentElement.style.setProperty("--now", `${current.offsetTop + passed}px`);
  return current;
}

const seen = new WeakSet();

function markAll() {
  for (const table of document.querySelectorAll(".grid")) {
    const current = mark(table, Date.now());
    const view = table.closest(".grid-window");
    if (current && !seen.has(table)) view.scrollTop = Math.max(0, current.offsetTop - view.clientHeight / 3);
    seen.add(table);
  }
}

markAll();
setInterval(markAll, SECONDS * 1000);
new MutationObserver(markAll).observe(document.querySelector("main"), { childList: true }); // filters take over new tables
