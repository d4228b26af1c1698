// Beside each word that a text may use, a button that writes it where the cursor stands.
const label = () => document.getElementById("look-words").dataset.insert;

export function enhance(root) {
  const boxes = [...root.querySelectorAll("[data-insert-into]")];
  if (root.matches?.("[data-insert-into]")) boxes.push(root);
  for (const box of boxes) {
    const field = document.querySelector(box.dataset.insertInto);
    for (const word of box.querySelectorAll("[data-insert]")) offer(field, word);
  }
}

function offer(field, word) {
  if (!field || word.nextElementSibling?.matches("[data-inserter]")) return;
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "btn btn-quiet", textContent: label(),
  });
  button.dataset.inserter = "";
  button.setAttribute("aria-label", `${label()}: ${word.textContent}`);
  button.addEventListener("click", () => {
    field.focus();
    field.setRangeText(word.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  word.after(button);
}
