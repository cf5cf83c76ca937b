// Fetches a page of this site and takes over some of its parts, named by id: the newest request wins.
let turn = 0;

export async function swap(address, ids) {
  const mine = ++turn;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== turn) return;
  for (const id of ids) {
    const [old, young] = [document.getElementById(id), fresh.getElementById(id)];
    if (old && young) old.replaceWith(document.adoptNode(young));
  }
  history.replaceState(null, "", address);
  document.title = fresh.title;
}
