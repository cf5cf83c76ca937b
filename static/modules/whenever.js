// Does something with every element that a selector finds, now and when a part of the page is renewed.
const rules = [];

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
