// Somebody who is not there yet is added where their name was searched for, with a title after a comma. All else about
// them can wait.

const $ = window.django?.jQuery;

function asked(select) {
  const { appLabel, modelName, fieldName } = select.dataset;
  return (params) => ({ term: params.term, page: params.page, app_label: appLabel, model_name: modelName, field_name: fieldName });
}

function offered(select, term) {
  const [, name, title] = /^([^,]*),?\s*(.*)$/.exec((term ?? "").trim().replace(/\s+/g, " "));
  if (name.length < 3) return null;
  const words = title ? select.dataset.newTitled : select.dataset.newWords;
  return { id: `new:${name},${title}`, text: words.replace("%(name)s", name).replace("%(title)s", title), name, title };
}

function take(select, added) {
  for (const option of [...select.options].filter((each) => each.value.startsWith("new:"))) option.remove();
  if (added) select.append(new Option(added.obj, added.value, true, true));
  $(select).trigger("change");
}

function say(select, words) {
  const box = select.closest(".field-box");
  box.querySelector(".not-added")?.remove();
  if (!words) return;
  const told = document.createElement("p");
  told.className = "not-added errorlist";
  told.setAttribute("role", "alert");
  told.textContent = words;
  box.append(told);
}

async function add(select, { name, title }) {
  const fields = new FormData();
  const language = document.querySelector("[name=language-shown]:checked")?.value;
  fields.set("name", name);
  if (title && language) fields.set(`title_${language.replace("-", "_")}`, title);
  fields.set("_popup", "1");
  fields.set("csrfmiddlewaretoken", select.form.querySelector("[name=csrfmiddlewaretoken]").value);
  const answer = await fetch(select.dataset.newAddress, { method: "POST", body: fields, redirect: "error" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const told = page.getElementById("django-admin-popup-response-constants");
  if (!answer.ok || !told) throw new Error("not added");
  return JSON.parse(told.dataset.popupResponse);
}

async function picked(event) {
  const select = event.target;
  const { id, name } = event.params.data;
  if (!String(id).startsWith("new:")) return;
  say(select, "");
  try {
    take(select, await add(select, event.params.data));
  } catch {
    take(select, null);
    say(select, select.dataset.newFailed.replace("%(name)s", name));
  }
}

function enhance(root) {
  for (const select of root.querySelectorAll("select[data-new-address]")) {
    if (!$?.fn.select2 || select.name.includes("__prefix__")) continue;
    // Without an option for nobody, what is only offered would be chosen already.
    if (![...select.options].some((option) => !option.value)) select.prepend(new Option("", ""));
    $(select).select2({
      ajax: { data: asked(select) },
      tags: true,
      createTag: (params) => offered(select, params.term),
      insertTag: (found, tag) => found.push(tag), // who is there already comes first
    });
    $(select).on("select2:select", picked);
  }
}

$?.(() => enhance(document)); // after the stock admin, which waits for the same moment
document.addEventListener("formset:added", (event) => enhance(event.target));
