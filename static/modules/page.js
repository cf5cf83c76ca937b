// What every page needs: rules for its parts, also for those that are renewed; buttons that print it; its menus.
const rules = [];

// Does something with every element that a selector finds, now and later.
export function whenever(selector, does) {
  rules.push([selector, does]);
  document.querySelectorAll(selector).forEach(does);
}

new MutationObserver((changes) => {
  for (const node of changes.flatMap((change) => [...change.addedNodes])) {
    if (!(node instanceof Element) || !node.isConnected) continue;
    for (const [selector, does] of rules) {
      if (node.matches(selector)) does(node);
      node.querySelectorAll(selector).forEach(does);
    }
  }
}).observe(document.querySelector("main"), { childList: true, subtree: true });

// Without this the browser's own menu prints.
whenever("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// A menu that is wider than its window shows the entry of this page, and the one in focus, whole.
function showWhole(entry) {
  const menu = entry.closest("nav");
  const [one, all] = [entry.getBoundingClientRect(), menu.getBoundingClientRect()];
  menu.scrollLeft += Math.max(0, one.right - all.right) + Math.min(0, one.left - all.left);
}

document.querySelectorAll("nav [aria-current]").forEach(showWhole);
addEventListener("focusin", ({ target }) => target.closest("nav") && showWhole(target));
