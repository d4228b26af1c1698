// Loads each enhancement only on pages that have something for it, and again in parts that htmx brings.
const script = document.querySelector("script[data-look]");
const ENHANCEMENTS = {
  suggest: "[data-suggest-url]",
  map: "[data-map]",
  draft: "form[data-draft]",
  insert: "[data-insert-into]",
  photos: "input[data-photos]",
  toast: "[data-tags], [data-undo-url], [data-htmx-errors], [hx-get], [hx-post]",
};

function enhance(root) {
  for (const [name, selector] of Object.entries(ENHANCEMENTS)) {
    if (root.matches?.(selector) || root.querySelector(selector)) {
      import(script.dataset[`load${name[0].toUpperCase()}${name.slice(1)}`]).then((module) => module.enhance(root));
    }
  }
  root.querySelector("[data-focus]")?.focus();
}

// A menu closes when one clicks elsewhere or presses Escape, as people expect of menus.
function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    const isEscape = event.type === "keydown" && event.key === "Escape";
    if (isEscape) menu.querySelector("summary").focus();
    if (isEscape || (event.type === "click" && !menu.contains(event.target))) menu.open = false;
  }
}

document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) enhance(event.detail.elt);
});
// A button greyed with its reason can be reached by keyboard, and does nothing.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[aria-disabled='true']")) event.preventDefault();
}, true);

enhance(document.documentElement);
