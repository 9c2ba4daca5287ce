// Which entry is shown, and those fetched before they are asked for.
const AHEAD = 3; // entries fetched beforehand
const FEW = 4; // as few lines left, and the list is filled again
const FRESH = 120_000; // milliseconds for which a fetched entry may be shown

export class Panels {
  constructor(desk, sender) {
    this.desk = desk;
    this.sender = sender;
    this.place = document.getElementById("panel");
    this.list = document.getElementById("list");
    this.said = document.getElementById("said");
    this.fetched = new Map(); // address of a panel -> promise of its HTML
    this.gone = new Set(); // "uuid:revision" that were decided or skipped here
    this.filling = null;
    this.shownAt = performance.now();
    this.list.addEventListener("click", (event) => this.#clicked(event));
  }

  begin() {
    this.#mark();
    this.#fetchAhead();
  }

  get entry() {
    return document.getElementById("entry");
  }

  get seconds() {
    return Math.round((performance.now() - this.shownAt) / 1000);
  }

  get lines() {
    return [...this.list.querySelectorAll("li[data-uuid]")];
  }

  get line() {
    return this.entry && this.#lineOf(this.entry.dataset.uuid);
  }

  #lineOf(uuid) {
    return this.list.querySelector(`li[data-uuid="${uuid}"]`);
  }

  // The line after the present one, or before it; at the end the first that is left.
  neighbour(step) {
    const lines = this.lines;
    const at = lines.indexOf(this.line);
    if (at < 0) return lines[0];
    return lines[at + step] ?? (step > 0 ? lines.find((line) => line !== this.line) : undefined);
  }

  // Shows the entry of a line; resolves once it stands in the page.
  async show(line, message = "") {
    const link = line.querySelector("a");
    if (line === this.line) return this.#stand(link.href, message);
    const html = await this.#panel(link.dataset.panel);
    this.#put(html, link.href, message);
  }

  // An entry from elsewhere: undone, or opened again after trouble.
  async showAddress(address, message = "") {
    const url = new URL(address, location.href);
    const panel = `${url.pathname}panel${url.search}`;
    this.fetched.delete(panel);
    this.#put(await this.#panel(panel), url.href, message);
  }

  #put(html, address, message) {
    this.place.innerHTML = html;
    this.shownAt = performance.now();
    this.#stand(address, message);
  }

  // What stands in the page is the entry of this address.
  #stand(address, message) {
    this.desk.classList.replace("at-queue", "at-entry");
    history.replaceState(null, "", address);
    const title = document.getElementById("entry-title");
    document.title = `${title.textContent} · Noren`;
    this.#mark();
    title.focus({ preventScroll: true });
    window.scrollTo({ top: Math.min(window.scrollY, this.desk.offsetTop) });
    if (message) this.say(`${message} ${this.desk.dataset.next}: ${title.textContent}`);
    else this.say(title.textContent, true);
    this.#fetchAhead();
  }

  // The present entry was decided or skipped: its line goes, the next entry comes.
  async leave(message) {
    const { uuid, revision } = this.entry.dataset;
    const line = this.line;
    const next = this.neighbour(1);
    this.gone.add(`${uuid}:${revision}`);
    if (line) this.fetched.delete(line.querySelector("a").dataset.panel);
    line?.remove();
    if (this.lines.length < FEW) this.fill();
    if (next) return this.show(next, message);
    await this.fill();
    if (this.lines.length) return this.show(this.lines[0], message);
    this.place.replaceChildren();
    this.desk.classList.replace("at-entry", "at-queue");
    history.replaceState(null, "", this.desk.dataset.list.replace("list?", "?"));
    this.desk.focus({ preventScroll: true });
    this.say(`${message} ${this.desk.dataset.end}`);
  }

  // It did not go after all.
  comeBack(uuid, revision) {
    this.gone.delete(`${uuid}:${revision}`);
    return this.fill();
  }

  // Asks for the left column again: it takes new entries onto the desk. Once at a time.
  fill() {
    this.filling ??= this.#fill().finally(() => { this.filling = null; });
    return this.filling;
  }

  async #fill() {
    await this.sender.idle(); // what is under way has left the desk by then
    const answer = await fetch(this.desk.dataset.list);
    if (!answer.ok || answer.redirected) return;
    const held = this.list.contains(document.activeElement) && document.activeElement.closest("li");
    this.list.innerHTML = await answer.text();
    for (const line of this.lines) {
      if (this.gone.has(`${line.dataset.uuid}:${line.dataset.revision}`)) line.remove();
    }
    if (held) this.#lineOf(held.dataset.uuid)?.querySelector("a").focus();
    this.#mark();
    this.#fetchAhead();
  }

  #mark() {
    for (const link of this.list.querySelectorAll("a[aria-current]")) link.removeAttribute("aria-current");
    const link = this.line?.querySelector("a");
    link?.setAttribute("aria-current", "true");
    link?.scrollIntoView({ block: "nearest" });
  }

  #fetchAhead() {
    const lines = this.lines;
    const at = lines.indexOf(this.line);
    for (const line of lines.slice(at + 1, at + 1 + AHEAD)) this.#panel(line.querySelector("a").dataset.panel);
  }

  #panel(address) {
    const known = this.fetched.get(address);
    if (!known || performance.now() - known.at > FRESH) {
      const coming = fetch(address).then(async (answer) => {
        if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
        const html = await answer.text();
        preload(html);
        return html;
      });
      coming.catch(() => this.fetched.delete(address));
      this.fetched.set(address, { coming, at: performance.now() });
    }
    return this.fetched.get(address).coming;
  }

  #clicked(event) {
    const link = event.target.closest("a[data-panel]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.show(link.closest("li")).catch(() => location.assign(link.href));
  }

  // `isQuiet`: for who listens only, as the others see it anyway.
  say(text, isQuiet = false) {
    this.said.classList.toggle("unseen", isQuiet);
    this.said.textContent = text;
  }
}

// Photos of an entry that is not shown yet go into the cache.
function preload(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const { sizes, srcset, src } of page.querySelectorAll("#photos img")) {
    Object.assign(new Image(), { sizes, srcset, src });
  }
}
