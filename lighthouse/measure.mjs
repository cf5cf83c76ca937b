// Prints Lighthouse's four scores (mobile) of each address, and what the first visit takes over the network.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const LEAST = 98;

// Icons are counted with the page: whoever opens it for the first time fetches them, too.
function isPicture({ mimeType, url }) {
  return mimeType.startsWith("image/") && !new URL(url).pathname.startsWith("/static/icon");
}

// Now and then Chromium's record of a visit lacks its beginning, and nothing can be told from it.
async function measured(address) {
  for (let turn = 0; turn < 3; turn++) {
    const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" });
    if (lhr.audits["cumulative-layout-shift"].numericValue !== undefined) return lhr;
  }
  throw new Error(`Lighthouse could not measure ${address}.`);
}

const chrome = await launch({ chromePath: process.env.CHROMIUM, chromeFlags: FLAGS });
let low = 0;
console.log(`${"page".padEnd(52)} perf  a11y  best   seo   requests      kB  shift`);
for (const address of process.argv.slice(2)) {
  const lhr = await measured(address);
  const scores = CATEGORIES.map((name) => Math.round(lhr.categories[name].score * 100));
  const requests = lhr.audits["network-requests"].details.items.filter((item) => item.url.startsWith("http"));
  const bytes = requests.filter((item) => !isPicture(item)).reduce((sum, item) => sum + item.transferSize, 0);
  const shift = lhr.audits["cumulative-layout-shift"].numericValue;
  const numbers = scores.map((score) => String(score).padStart(5)).join(" ");
  console.log(`${new URL(address).pathname.padEnd(52)}${numbers} ${String(requests.length).padStart(10)} ${(bytes / 1000).toFixed(1).padStart(7)} ${shift.toFixed(3).padStart(6)}`);
  for (const name of CATEGORIES) {
    const category = lhr.categories[name];
    if (category.score * 100 >= LEAST) continue;
    low += 1;
    for (const { id, weight } of category.auditRefs) {
      const audit = lhr.audits[id];
      if (weight && audit.score !== null && audit.score < 1) console.log(`    ${name}: ${audit.title} ${audit.displayValue ?? ""}`);
    }
  }
}
await chrome.kill();
process.exit(low ? 1 : 0);
