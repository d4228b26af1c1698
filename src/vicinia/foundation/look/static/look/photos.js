// Photos: scaled down before they travel (a 12 MP photo becomes some 400 kB), shown, and removable one by one.
// Without this file the plain file field sends the originals.
const words = document.getElementById("look-words").dataset;
const QUALITY = 0.82;

export function enhance(root) {
  for (const input of root.querySelectorAll("input[data-photos]:not([data-photos-on])")) {
    input.dataset.photosOn = "";
    new Photos(input);
  }
}

class Photos {
  constructor(input) {
    this.input = input;
    this.files = [];
    this.list = Object.assign(document.createElement("ul"), { className: "photos" });
    this.status = Object.assign(document.createElement("p"), { className: "field-hint" });
    this.status.setAttribute("role", "status");
    input.after(this.status, this.list);
    input.addEventListener("change", () => this.add([...input.files]));
  }

  async add(chosen) {
    const side = Number(this.input.dataset.photos);
    this.files.push(...(await Promise.all(chosen.map((file) => scaled(file, side)))));
    this.show();
  }

  remove(file) {
    this.files = this.files.filter((other) => other !== file);
    this.show();
    (this.list.querySelector("button") ?? this.input).focus();
  }

  show() {
    const carrier = new DataTransfer();
    this.files.forEach((file) => carrier.items.add(file));
    this.input.files = carrier.files;
    this.list.replaceChildren(...this.files.map((file) => this.item(file)));
    const said = this.files.length === 1 ? words.photoCountOne : words.photoCountMany;
    this.status.textContent = this.files.length ? said.replace("{n}", this.files.length) : "";
  }

  item(file) {
    const item = document.createElement("li");
    const picture = Object.assign(document.createElement("img"), {
      src: URL.createObjectURL(file), alt: words.photoAlt.replace("{name}", file.name),
    });
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "btn btn-secondary", textContent: words.photoRemove.replace("{name}", "").trim(),
    });
    button.setAttribute("aria-label", words.photoRemove.replace("{name}", file.name));
    button.addEventListener("click", () => this.remove(file));
    item.append(picture, button);
    return item;
  }
}

async function scaled(file, side) {
  if (!file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = side / Math.max(picture.width, picture.height);
    if (scale >= 1) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return new File([small], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
  } catch {
    return file; // HEIC and others that this browser can't read go as they are: the server reads them.
  }
}
