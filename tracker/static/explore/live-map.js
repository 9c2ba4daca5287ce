// Offers the map that can be moved, where the browser can paint one. Until somebody presses the
// button nothing of the painter is loaded, and whatever fails, the drawing stays.

function canPaint() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

class LiveMap {
  constructor(root) {
    this.root = root;
    this.words = JSON.parse(root.dataset.words);
    this.button = root.querySelector("button");
    this.place = root.querySelector(".live-map");
    this.source = root.querySelector(".live-source");
    this.map = null;
    this.button.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    root.hidden = false;
  }

  get isOpen() {
    return this.root.classList.contains("is-open");
  }

  say(text) {
    const told = this.root.querySelector(".live-told");
    if (told.textContent !== text) told.textContent = text;
  }

  show(isOpen) {
    this.root.classList.toggle("is-open", isOpen);
    this.place.hidden = !isOpen;
    if (this.source) this.source.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
    this.button.textContent = isOpen ? this.words.close : this.words.open;
  }

  async open() {
    if (this.button.ariaBusy === "true") return;
    this.button.ariaBusy = "true";
    this.say(this.words.loading);
    try {
      await this.paint();
    } catch (error) {
      this.close();
      this.say(error.message === "gone" ? this.words.gone : this.words.failed);
    }
    this.button.ariaBusy = null;
  }

  async paint() {
    const { paint } = await import(this.root.dataset.painter);
    const about = { ...this.root.dataset, words: this.words, place: this.place };
    this.map = await paint(about, () => this.show(true), (text) => this.say(text));
  }

  close() {
    this.map?.remove();
    this.map = null;
    this.place.replaceChildren();
    this.show(false);
    this.say("");
  }
}

const root = document.querySelector(".live");
if (root && canPaint()) new LiveMap(root);
