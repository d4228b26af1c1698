// Suggestions under a text field: ARIA 1.2 combobox with a listbox. Without this file it is a plain text field.
const WAIT = 160;
const words = document.getElementById("look-words").dataset;
let count = 0;

export function enhance(root) {
  const inputs = [...root.querySelectorAll("[data-suggest-url]:not([role])")];
  if (root.matches?.("[data-suggest-url]:not([role])")) inputs.push(root);
  inputs.forEach((input) => new Combobox(input));
}

class Combobox {
  constructor(input) {
    this.input = input;
    this.into = input.dataset.suggestInto ? document.getElementById(input.dataset.suggestInto) : null;
    this.options = [];
    this.at = -1;
    this.build();
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
  }

  build() {
    const id = `suggest-${(count += 1)}`;
    const box = document.createElement("div");
    box.className = "combo";
    this.input.before(box);
    this.list = Object.assign(document.createElement("ul"), { id, className: "combo-list", hidden: true });
    this.list.setAttribute("role", "listbox");
    const label = this.input.labels?.[0];
    if (label) this.list.setAttribute("aria-label", label.textContent.trim());
    else this.list.setAttribute("aria-label", this.input.getAttribute("aria-label") ?? "");
    this.status = Object.assign(document.createElement("span"), { className: "visually-hidden" });
    this.status.setAttribute("role", "status");
    box.append(this.input, this.list, this.status);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    // Before "blur", so that a tap on a proposal is not lost.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  typed() {
    if (this.into) this.into.value = "";
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (text.length < Number(this.input.dataset.suggestLeast ?? 2)) return this.close();
    this.timer = setTimeout(() => this.ask(text), WAIT);
  }

  async ask(text) {
    this.asking?.abort();
    this.asking = new AbortController();
    const url = new URL(this.input.dataset.suggestUrl, window.location.href);
    url.searchParams.set("q", text);
    try {
      const answer = await fetch(url, { signal: this.asking.signal, headers: { Accept: "application/json" } });
      if (answer.ok) this.show(await answer.json());
    } catch {
      this.close(); // The town can't be reached or one typed on: the field still takes words.
    }
  }

  show(options) {
    this.options = options;
    this.at = -1;
    this.list.replaceChildren(...options.map((option, at) => this.line(option, at)));
    this.open(options.length > 0);
    const said = { 0: words.suggestNone, 1: words.suggestOne }[options.length] ?? words.suggestMany;
    this.status.textContent = said.replace("{n}", options.length);
  }

  line(option, at) {
    const line = Object.assign(document.createElement("li"), { id: `${this.list.id}-${at}`, textContent: option.label });
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    if (option.hint) {
      line.append(Object.assign(document.createElement("span"), { className: "combo-hint", textContent: option.hint }));
    }
    return line;
  }

  key(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "Escape" && isOpen) this.close();
    else if (event.key === "ArrowDown" && isOpen) this.move(1);
    else if (event.key === "ArrowUp" && isOpen) this.move(-1);
    else if (event.key === "Enter" && isOpen && this.at >= 0) this.choose(this.at);
    else return;
    event.preventDefault();
  }

  move(by) {
    const lines = this.list.children;
    lines[this.at]?.setAttribute("aria-selected", "false");
    this.at = (this.at + by + lines.length + (this.at < 0 && by < 0 ? 1 : 0)) % lines.length;
    lines[this.at].setAttribute("aria-selected", "true");
    lines[this.at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", lines[this.at].id);
  }

  choose(at) {
    const option = this.options[at];
    this.input.value = option.label;
    if (this.into) this.into.value = option.value;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.input.dispatchEvent(new CustomEvent("suggest:chosen", { bubbles: true, detail: option }));
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.open(false);
  }
}
