// Fetches a page of this site and takes over some of its parts, named by id: the newest request wins.
let turn = 0;

// What a status in these parts says. It is there before it speaks: a screen reader is silent about one that comes with words.
const told = Object.assign(document.createElement("p"), { className: "visually-hidden", id: "told" });
told.setAttribute("role", "status");
document.body.append(told);

export async function swap(address, ids) {
  const mine = ++turn;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== turn) return;
  const status = fresh.querySelector(ids.map((id) => `#${id} [role="status"]`).join());
  for (const id of ids) {
    const [old, young] = [document.getElementById(id), fresh.getElementById(id)];
    if (old && young) old.replaceWith(document.adoptNode(young));
  }
  status?.removeAttribute("role"); // once is enough
  told.textContent = status?.textContent ?? "";
  history.replaceState(null, "", address);
  document.title = fresh.title;
}
