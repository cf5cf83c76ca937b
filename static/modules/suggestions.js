// What can be suggested, and what of it suits some words: each word anywhere in a name, beginnings before middles.
let coming, letters;

// {kinds, things}; fetched when first asked for, and again after the network has failed.
export function suggestions(address) {
  coming ??= take(address).catch((error) => {
    coming = undefined;
    throw error;
  });
  return coming;
}

async function take(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const told = await answer.json();
  letters = told.letters;
  return told.things.map(([kind, slug, name, lang, line, others]) => {
    const [word, path] = told.kinds[kind];
    const levels = [name, `${line} ${others}`].map((text) => ` ${fold(text)}`);
    return { kind: word, address: path.replace("{slug}", slug), name, lang, line, levels };
  });
}

// As programme/folding.py does it.
function fold(text) {
  const plain = [...text.toLowerCase()].map((letter) => letters[letter] ?? letter).join("");
  return (plain.normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}_]+/gu) ?? []).join(" ");
}

export function suiting(things, words) {
  const asked = fold(words).split(" ").filter(Boolean);
  if (!asked.length) return [];
  const ranked = things.map((thing) => [rank(thing.levels, asked), thing]).filter(([at]) => at < Infinity);
  return ranked.sort(([a], [b]) => a - b).map(([, thing]) => thing);
}

function rank(levels, asked) {
  return asked.reduce((sum, word) => {
    const level = levels.findIndex((text) => text.includes(word));
    return level < 0 ? Infinity : sum + 2 * level + !levels[level].includes(` ${word}`);
  }, 0);
}
