// A box ticked shows its effect at once; the address follows, so that it can be shared.
import { swap } from "./swap.js";

document.addEventListener("change", async (event) => {
  const box = event.target.closest("#filters input");
  if (!box) return;
  const query = new URLSearchParams(new FormData(box.form)).toString();
  await swap(`${location.pathname}?${query}`, ["filters", "results"]).catch(() => box.form.submit());
  const same = document.querySelector(`#filters input[name="${box.name}"][value="${CSS.escape(box.value)}"]`);
  same?.closest("details").setAttribute("open", "");
  same?.focus();
});
