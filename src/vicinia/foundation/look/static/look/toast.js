// "Fatto. Annulla" for some seconds, from messages with tags "undo:/url", and a sentence when a request could not be made.
const words = document.getElementById("look-words").dataset;
const SECONDS = 10;
let box;

export function enhance(root) {
  for (const message of root.querySelectorAll("[data-tags^='undo:']")) {
    message.remove();
    toast(message.textContent.trim(), { undo: message.dataset.tags.slice("undo:".length) });
  }
  if (!box) listen();
  box = box ?? boxAtBottom();
}

function listen() {
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(name, () => toast(words.requestFailed, {}));
  }
}

function boxAtBottom() {
  const made = Object.assign(document.createElement("div"), { className: "toasts no-print" });
  made.setAttribute("role", "status");
  document.body.append(made);
  return made;
}

function button(text, className, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text, className });
  made.addEventListener("click", act);
  return made;
}

export function toast(text, { undo }) {
  box = box ?? boxAtBottom();
  const shown = Object.assign(document.createElement("div"), { className: "toast" });
  shown.append(Object.assign(document.createElement("p"), { textContent: text }));
  if (undo) shown.append(button(words.toastUndo, "", () => post(undo)));
  shown.append(button(words.toastClose, "toast-close", () => shown.remove()));
  box.append(shown);
  let timer;
  const wait = () => (timer = setTimeout(() => shown.remove(), SECONDS * 1000));
  // Who reads slowly or uses the keyboard has all the time: it stays while pointed at or focused.
  for (const name of ["pointerenter", "focusin"]) shown.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["pointerleave", "focusout"]) shown.addEventListener(name, wait);
  wait();
}

function post(url) {
  const form = Object.assign(document.createElement("form"), { method: "post", action: url, hidden: true });
  const token = Object.assign(document.createElement("input"), {
    type: "hidden", name: "csrfmiddlewaretoken", value: csrfToken(),
  });
  form.append(token);
  document.body.append(form);
  form.submit();
}

function csrfToken() {
  const headers = document.body.getAttribute("hx-headers");
  return headers ? JSON.parse(headers)["x-csrftoken"] : (document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
}
