// Long lists become a field that is searched, and colours get the browser's own picker.

const $ = window.django?.jQuery;

function name(select) {
  // The search field inside needs a name of its own for those who hear the page.
  const label = select.labels[0]?.textContent.trim() ?? "";
  const search = select.nextElementSibling?.querySelector(".select2-search__field");
  search?.setAttribute("aria-label", label);
}

function nameCombobox(select) {
  // The stock admin's field that searches for a person has no name as long as nobody is chosen.
  const box = select.nextElementSibling?.querySelector("[role=combobox]");
  const shown = box?.querySelector(".select2-selection__rendered");
  const label = select.labels[0];
  if (!shown || !label) return;
  label.id ||= `${select.id}_label`;
  box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  shown.setAttribute("aria-labelledby", label.id);
}

function nameComboboxes(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) nameCombobox(select);
}

function chooseMany(root) {
  for (const select of root.querySelectorAll("select[data-choose-many]")) {
    if (!$?.fn.select2) continue;
    $(select).select2({ width: "100%", theme: "admin-autocomplete", placeholder: "" });
    name(select);
    $(select).on("change", () => name(select));
  }
}

const LONG = 30; // names that can still be looked through

function chooseOne(root) {
  // A long list is searched; a short one stays what the device itself offers.
  for (const select of root.querySelectorAll("select[data-choose-one]")) {
    if (!$?.fn.select2 || select.options.length <= LONG) continue;
    $(select).select2({ width: "100%", theme: "admin-autocomplete" });
    nameCombobox(select);
  }
}

function colours() {
  for (const picker of document.querySelectorAll("[data-picks-for]")) {
    const text = document.getElementById(picker.dataset.picksFor);
    if (text.disabled) continue;
    const read = () => {
      if (/^#[0-9a-f]{6}$/i.test(text.value)) picker.value = text.value;
    };
    picker.hidden = false;
    read();
    text.addEventListener("input", read);
    picker.addEventListener("input", () => {
      text.value = picker.value;
      text.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

$?.(() => {
  // After the stock admin, which waits for the same moment.
  chooseMany(document);
  chooseOne(document);
  nameComboboxes(document);
});
document.addEventListener("formset:added", (event) => nameComboboxes(event.target));
colours();
