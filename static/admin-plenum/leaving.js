// Ctrl+S (or ⌘S) saves; leaving with something unsaved is asked about first. What was sent is not sent twice.

const form = document.querySelector("#content-main > form[method=post]");
const PATIENCE = 15000; // then whoever waits may send again
let unsaved = false;
let sentAt = -Infinity;

if (form && !form.closest(".delete-confirmation")) {
  form.dataset.watched = "";
  const touched = () => { unsaved = true; };
  window.addEventListener("load", () => {
    form.addEventListener("input", touched);
    // Pop-up windows and the search for people report through the admin's jQuery, which also hears what is native.
    if (window.django?.jQuery) window.django.jQuery(form).on("change", touched);
    else form.addEventListener("change", touched);
    if (document.querySelector(".errornote")) unsaved = true;
  });
  form.addEventListener("submit", (event) => {
    if (performance.now() - sentAt < PATIENCE) return event.preventDefault();
    sentAt = performance.now();
    unsaved = false;
  });
  const again = () => { sentAt = -Infinity; };
  window.addEventListener("pageshow", again);
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") again(); // stops the browser from waiting for an answer
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    (form.querySelector("[name=_continue]") ?? form.querySelector("[name=_save]"))?.click();
  });
}
