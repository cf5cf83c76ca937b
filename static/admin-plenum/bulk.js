// What will change is shown again as soon as something else is chosen. Without this script a button does it.

const $ = window.django?.jQuery;
const form = document.querySelector("form[data-bulk]");
let latest = 0;

function plan() {
  return form.querySelector("[data-plan]");
}

function isAsked() {
  const fields = new FormData(form);
  return [...fields].some(([name, value]) => value && !["csrfmiddlewaretoken", "sessions", "filters", "from"].includes(name));
}

function setOld(isOld) {
  // What is not shown yet cannot be done: the button waits with it.
  plan().classList.toggle("is-old", isOld);
  for (const button of plan().querySelectorAll("[name=go]")) button.disabled = isOld;
}

async function look() {
  const number = ++latest;
  setOld(true);
  const fields = new FormData(form);
  fields.set("look", "1");
  const answer = await fetch(form.action, { method: "POST", body: fields, redirect: "error" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector("[data-plan]");
  if (number !== latest) return;
  if (found) plan().replaceWith(document.adoptNode(found));
  setOld(false);
}

function onlyWhatBelongs() {
  // A field that an outcome does not read is folded away.
  const outcome = form.querySelector("[name=outcome]:checked")?.value;
  for (const part of form.querySelectorAll("[data-not-for]")) part.hidden = part.dataset.notFor === outcome;
  const other = form.querySelector("[data-field=replaced_by]");
  if (other) other.hidden = outcome !== "replace";
}

function isReady() {
  const outcome = form.querySelector("[name=outcome]:checked")?.value;
  return outcome !== "replace" || Boolean(form.querySelector("[name=replaced_by]").value);
}

function changed() {
  onlyWhatBelongs();
  if (isAsked() && isReady()) look().catch(() => setOld(false));
}

function searchable() {
  for (const select of form.querySelectorAll("select[data-choose-one], select[data-choose-many]")) {
    if (!$?.fn.select2) continue;
    $(select).select2({ width: "100%", theme: "admin-autocomplete", placeholder: "" });
    $(select).on("change", changed);
    nameSearch(select);
  }
}

function nameSearch(select) {
  // What the library draws has no name of its own for those who hear the page.
  const label = select.labels[0];
  const drawn = select.nextElementSibling;
  label.id ||= `${select.id}_label`;
  drawn?.querySelector("[role=combobox]")?.setAttribute("aria-labelledby", label.id);
  drawn?.querySelector(".select2-selection__rendered")?.setAttribute("aria-labelledby", label.id);
  drawn?.querySelector(".select2-search__field")?.setAttribute("aria-label", label.textContent.trim());
}

if (form) {
  onlyWhatBelongs();
  if (!plan().childElementCount) changed(); // where something is chosen from the start
  form.addEventListener("change", changed);
  if ($) $(searchable);
}
