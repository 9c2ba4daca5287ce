/** The list one works from. It never moves under a finger. */
import { announce, busy, clone, focus, make, part, say } from "../dom.js";
import { drafts } from "../drafts.js";
import { isPlace, metresApart, whenText } from "../format.js";
import { changes as outboxChanges, counts, takeBack } from "../outbox.js";
import { find, near, plan } from "../plan.js";
import { latest, recallPlace, watch } from "../position.js";
import { changes as sessionChanges } from "../session.js";
import { t } from "../words.js";
import { addressOf } from "./draft.js";
import { lastSave, noteSaved, takeNews } from "./last-save.js";
import { notesFor } from "./notes.js";
import { byBuilding, place, shopRow } from "./shop-rows.js";
import { why } from "./why.js";

const STEP = 40; // rows at once; more only on request
const MOVED_M = 20;
const STILL_MS = 3000;
const OLD_MS = 20 * 3_600_000; // a plan of yesterday
const MOST = 400; // a list longer than this is searched, not scrolled

/** Kept between visits to this screen: coming back finds the list as it was left. */
const memory = { tab: "due", text: "", shops: null, from: null, shown: STEP, scroll: 0 };

/** @param {HTMLElement} root */
export async function show(root) {
  const isNews = takeNews();
  const view = nearby(root);
  if (isNews) memory.text = "";
  part(root, "text").value = memory.text;
  await view.start({ sortAgain: isNews || !memory.shops });
  if (isNews) view.focusNext();
  else window.scrollTo(0, memory.scroll);
  return view.leave;
}

function nearby(root) {
  const list = part(root, "list");
  let touched = 0;
  let begun = new Set();
  let loaded = null;

  async function look() {
    const [open, kept] = await Promise.all([drafts(), plan()]);
    begun = new Set(open.map((draft) => draft.shop));
    loaded = kept;
  }

  async function sort() {
    memory.from = await here();
    memory.shops = memory.text ? await found(memory.text) : await near(memory.from, memory.tab, MOST);
    memory.shown = STEP;
    draw();
  }

  function draw() {
    const now = { position: isPlace(latest()) ? latest() : memory.from, begun };
    const { shops } = memory;
    list.replaceChildren(...byBuilding(shops.slice(0, memory.shown)).flatMap((group) => groupNodes(group, now)));
    part(root, "further").hidden = shops.length <= memory.shown;
    say(part(root, "empty"), shops.length || !loaded ? "" : t(`empty.${memory.text ? "find" : memory.tab}`));
    for (const tab of part(root, "tabs").children) tab.setAttribute("aria-pressed", String(tab.dataset.tab === memory.tab && !memory.text));
    part(root, "find").hidden = part(root, "tabs").hidden = !loaded;
    age();
  }

  function groupNodes({ place: name, shops }, now) {
    const rows = shops.map((shop) => shopRow(shop, now));
    if (!name) return rows;
    const item = clone("building").firstElementChild;
    part(item, "place").textContent = name;
    part(item, "shops").append(...rows);
    return [item];
  }

  function age() {
    const made = loaded && Date.parse(loaded.made_at);
    say(part(root, "age"), made ? t(Date.now() - made > OLD_MS ? "plan.old" : "plan.age", { when: whenText(made) }) : "");
  }

  async function notes() {
    const cards = notesFor({ hasPlan: Boolean(loaded), waiting: (await counts()).waiting, from: memory.from, again });
    const key = cards.map((card) => card.textContent).join("|");
    const box = part(root, "notes");
    if (box.dataset.key === key) return; // an open card stays as it is
    box.dataset.key = key;
    box.replaceChildren(...cards);
  }

  function saved() {
    const last = lastSave();
    const bar = part(root, "saved");
    bar.hidden = !last;
    if (!last) return;
    part(root, "saved-text").textContent = last.text ?? t("saved");
    part(root, "saved-shop").textContent = last.name ?? "";
    part(root, "saved-shop").previousSibling.textContent = last.name ? " · " : "";
    part(root, "undo").hidden = !last.uuid;
    const link = part(root, "saved-link");
    link.hidden = !last.link;
    link.href = last.link ?? "#/";
  }

  async function undo() {
    const { uuid } = lastSave();
    try {
      const { draft, wasSent } = await takeBack(uuid);
      noteSaved({ text: t(wasSent ? "sent_already" : "taken_back"), link: addressOf(draft) });
    } catch (error) {
      noteSaved({ text: t("outbox.no_undo", { why: why(error) }) });
    }
    takeNews();
    await again();
  }

  async function again() {
    saved();
    await look();
    await sort();
    await notes();
  }

  async function today() {
    const { today: n } = await counts();
    part(root, "today").textContent = t("today", { n });
  }

  // Position: distances are written anew in place; the order changes only for one who walked and touches nothing.
  function moved() {
    const position = latest();
    for (const link of list.querySelectorAll("[data-shop]")) {
      const shop = memory.shops?.find((one) => one.uuid === link.dataset.shop);
      if (shop) place(link.parentElement, shop, position);
    }
    notes();
  }

  function sortIfStill() {
    const isFirst = !isPlace(memory.from) && isPlace(latest());
    if (!isFirst && !(metresApart(memory.from, latest()) >= MOVED_M)) return;
    if (Date.now() - touched < STILL_MS || document.hidden || memory.text || document.querySelector("dialog[open]")) return;
    sort();
  }

  const touch = () => { touched = Date.now(); };
  const events = ["pointerdown", "pointermove", "touchmove", "wheel", "keydown", "scroll"];
  for (const kind of events) window.addEventListener(kind, touch, { passive: true, capture: true });
  const ticking = setInterval(sortIfStill, 1000);
  const unwatch = watch(moved);
  const onOutbox = () => { today(); notes(); };
  outboxChanges.addEventListener("change", onOutbox);
  sessionChanges.addEventListener("change", notes);

  let typing = 0;
  part(root, "text").addEventListener("input", (event) => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      memory.text = event.target.value.trim();
      sort();
    }, 200);
  });
  part(root, "find").addEventListener("submit", (event) => event.preventDefault());
  part(root, "again").addEventListener("click", () => busy(part(root, "again"), async () => {
    await again();
    announce(t("sorted"));
  }));
  part(root, "tabs").addEventListener("click", async (event) => {
    const tab = event.target.closest("[data-tab]");
    if (!tab) return;
    memory.tab = tab.dataset.tab;
    memory.text = part(root, "text").value = "";
    await sort();
  });
  part(root, "further").addEventListener("click", () => {
    const next = memory.shown;
    memory.shown += STEP;
    draw();
    focus(list.querySelectorAll("[data-shop]")[next]);
  });
  part(root, "undo").addEventListener("click", () => busy(part(root, "undo"), undo));

  return {
    async start({ sortAgain }) {
      saved();
      await look();
      if (sortAgain) await sort();
      else draw();
      await Promise.all([notes(), today()]);
    },
    focusNext() {
      focus(list.querySelector('[data-due="due"], [data-due="never"]') ?? list.querySelector("[data-shop]"));
    },
    leave() {
      memory.scroll = window.scrollY;
      clearInterval(ticking);
      unwatch();
      outboxChanges.removeEventListener("change", onOutbox);
      sessionChanges.removeEventListener("change", notes);
      for (const kind of events) window.removeEventListener(kind, touch, { capture: true });
    },
  };
}

/** @returns {Promise<object|null>} where the phone is, else where it was last time */
async function here() {
  return isPlace(latest()) ? latest() : recallPlace();
}

async function found(text) {
  const shops = (await find(text)).map((shop) => ({ ...shop, metres: metresApart(memory.from, shop) }));
  return shops.sort((one, other) => (one.metres ?? 0) - (other.metres ?? 0));
}
