// Changes the language of the admin as soon as it is chosen; without this, a button does.

for (const form of document.querySelectorAll("form[data-send-on-change]")) {
  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => form.submit());
}
