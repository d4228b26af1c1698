// Keeps what one types in a form until it is sent: <form data-draft="key">. Never passwords, files or hidden fields, never
// what carries data-draft-skip. In sessionStorage, gone when the tab closes; data-draft-stay keeps it on this device.
const words = document.getElementById("look-words").dataset;

export function enhance(root) {
  for (const form of root.querySelectorAll("form[data-draft]:not([data-draft-on])")) {
    form.dataset.draftOn = "";
    keep(form);
  }
}

function keep(form) {
  const store = "draftStay" in form.dataset ? window.localStorage : window.sessionStorage;
  const key = `draft:${form.dataset.draft}`;
  // A form that the server gives back with errors already has what was typed.
  if (!form.querySelector("[aria-invalid=true]") && restore(form, store.getItem(key))) tell(form, store, key);
  form.addEventListener("input", () => store.setItem(key, JSON.stringify(typed(form))));
  form.addEventListener("submit", () => store.removeItem(key));
}

function fields(form) {
  const skipped = ["password", "file", "hidden", "submit", "button"];
  return [...form.elements].filter(
    (field) => field.name && !skipped.includes(field.type) && !field.closest("[data-draft-skip]"),
  );
}

function typed(form) {
  const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
  return fields(form)
    .filter((field) => (isChoice(field) ? field.checked : field.value))
    .map((field) => [field.name, field.value]);
}

function restore(form, kept) {
  if (!kept) return false;
  let hasRestored = false;
  for (const [name, value] of JSON.parse(kept)) {
    for (const field of fields(form).filter((one) => one.name === name)) {
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.value !== value || field.checked) continue;
        field.checked = true;
      } else {
        if (field.value) continue;
        field.value = value;
      }
      hasRestored = true;
    }
  }
  return hasRestored;
}

function tell(form, store, key) {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "status");
  const text = Object.assign(document.createElement("p"), { textContent: `${words.draftKept} ` });
  const forget = Object.assign(document.createElement("button"), {
    type: "button", className: "btn btn-quiet", textContent: words.draftForget,
  });
  forget.addEventListener("click", () => {
    store.removeItem(key);
    form.reset();
    notice.remove();
    form.elements[0]?.focus();
  });
  notice.append(text, forget);
  form.prepend(notice);
}
