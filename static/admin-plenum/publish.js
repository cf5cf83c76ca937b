/* Review: tick all or none without leaving the page, and choose “later” by writing a day or a time. */

for (const choosing of document.querySelectorAll("[data-choosing]")) {
  choosing.addEventListener("click", (event) => {
    const button = event.target.closest("[name=tick]");
    if (!button) return;
    event.preventDefault();
    for (const box of document.getElementById(choosing.dataset.choosing).elements) {
      if (box.name === "change" && !box.disabled) box.checked = button.value === "all";
    }
  });
}

for (const moment of document.querySelectorAll("[data-moment]")) {
  moment.addEventListener("input", () => {
    if (moment.value) document.querySelector("[data-later]").checked = true;
  });
}
