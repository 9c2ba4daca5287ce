/** A shop nobody has listed, and the visit to it: one page, one Save. */
import { uuid as newUuid } from "../bytes.js";
import { clone, focus, make, part, say } from "../dom.js";
import { dropDraft, draftOf, drafts, holdDraft } from "../drafts.js";
import { distanceText, isPlace, metresApart, timeText } from "../format.js";
import { finish } from "../outbox.js";
import { find, plan, duplicates } from "../plan.js";
import { latest, watch } from "../position.js";
import { remember, remembered } from "../preferences.js";
import { go } from "../router.js";
import { t } from "../words.js";
import { entryForm, showProblem } from "./entry-form.js";
import { draftSaver } from "./draft-saver.js";
import { entryOf, fixOf, isBegun, newDraft, openedDraft } from "./draft.js";
import { noteSaved } from "./last-save.js";
import { shopRow } from "./shop-rows.js";
import { why } from "./why.js";

const DUPLICATES = 3;
const NAMES = 40; // suggestions in the list of the name field
const RECENT = 6;

/** @param {HTMLElement} root @param {{uuid?: string}} params a draft to go on with */
export async function show(root, { uuid }) {
  const habits = await remembered();
  const kept = uuid ? await draftOf(uuid) : await unfinished();
  const draft = kept ? openedDraft(kept) : fresh(uuid, habits);
  const letGo = await holdDraft(draft.shop);
  if (letGo) return newShop(root, draft, { habits, letGo });
  root.replaceChildren(clone("visit-elsewhere"));
  return () => {};
}

const fresh = (uuid, habits) => newDraft(uuid ?? newUuid(), {
  new_shop: { name: "", segment: "", floor: "", address: "", lat_e7: null, lon_e7: null }, evidence: habits.evidence ?? "",
});

/** The new shop that was begun last and never saved. */
async function unfinished() {
  for (const { shop } of await drafts()) {
    const draft = await draftOf(shop);
    if (draft?.new_shop) return draft;
  }
  return null;
}

async function newShop(root, draft, { habits, letGo }) {
  const form = part(root, "form");
  const problem = part(form, "problem");
  const shop = draft.new_shop;
  const name = part(form, "shop-name");
  const floorOther = part(form, "floor-other");
  const saver = draftSaver(draft.shop, () => draft, (error) => warn(t("visit.no_save", { why: why(error) })));
  const warn = (text) => showProblem(problem, { text });
  let opened = performance.now();

  function spent() {
    draft.filled_ms += performance.now() - opened;
    opened = performance.now();
  }

  function changed(what) {
    say(problem, "");
    spent();
    form.dataset.draft = "saving";
    saver.save().then(() => { form.dataset.draft = "saved"; });
    if (what === "evidence") remember({ evidence: draft.evidence });
  }

  const fields = entryForm(form, draft, { photoAsked: true, changed, warn });

  // Where: the phone's fix until the shop has one; it is taken anew only on request.
  function takePlace(position) {
    const fix = fixOf(position);
    if (!fix) return false;
    Object.assign(shop, { lat_e7: fix.lat_e7, lon_e7: fix.lon_e7 });
    draft.placed = { at: position.at, accuracy_m: fix.accuracy_m };
    return true;
  }

  function showPlace() {
    const { placed } = draft;
    const text = placed?.shop ? t("new.place_of", { shop: placed.shop })
      : placed ? t("new.place", { time: timeText(placed.at), n: Math.round(placed.accuracy_m) }) : t("new.no_place");
    say(part(form, "place-text"), text);
    part(form, "neighbour").hidden = isPlace(shop) && !placed?.shop;
  }

  function where() {
    const now = latest();
    if (!draft.open_fix && !draft.seen) draft.open_fix = fixOf(now);
    if (!isPlace(shop) && takePlace(now)) look();
    showPlace();
  }

  let turn = 0;
  async function look() {
    const mine = ++turn;
    const at = isPlace(shop) ? shop : latest();
    const found = isPlace(at) ? await duplicates(name.value, at, shop.floor) : [];
    if (mine !== turn) return;
    const now = { position: at, begun: new Set() };
    part(form, "duplicate-list").replaceChildren(...found.slice(0, DUPLICATES).map((one) => shopRow(one, now)));
    part(form, "duplicates").hidden = !found.length;
  }

  async function suggest() {
    const kept = await plan();
    if (!kept) return;
    const chains = kept.chains.map(([chain]) => chain);
    const typed = name.value.trim();
    const listed = typed ? (await find(typed)).map((one) => one.name) : [];
    const names = [...new Set([...chains, ...listed])].filter((one) => one && one !== typed);
    part(form, "names").replaceChildren(...names.slice(0, NAMES).map((value) => make("option", { value })));
    const kind = kept.chains.find(([chain]) => chain === typed)?.[1];
    if (kind && !shop.segment) {
      shop.segment = kind;
      paint();
    }
  }

  function paint() {
    for (const input of part(form, "segments").querySelectorAll("input")) input.checked = input.value === shop.segment;
    let isListed = false;
    for (const input of part(form, "floors").querySelectorAll("input[type=radio]")) {
      input.checked = input.value === shop.floor;
      isListed ||= input.checked;
    }
    if (document.activeElement !== floorOther) floorOther.value = isListed ? "" : shop.floor;
  }

  function recentFirst() {
    const row = part(form, "segment-row");
    for (const segment of [...(habits.segments ?? [])].reverse()) {
      const pick = row.querySelector(`input[value="${CSS.escape(segment)}"]`)?.closest("label");
      if (pick) row.prepend(pick);
    }
  }

  let typing = 0;
  name.value = shop.name;
  name.addEventListener("input", () => {
    shop.name = name.value;
    changed("name");
    clearTimeout(typing);
    typing = setTimeout(() => { look(); suggest(); }, 300);
  });
  form.addEventListener("change", (event) => {
    const { name: field, value } = event.target;
    if (field !== "segment" && field !== "floor") return;
    shop[field] = value;
    paint();
    changed(field);
  });
  floorOther.addEventListener("input", () => {
    shop.floor = floorOther.value.trim();
    paint();
    changed("floor");
  });
  part(form, "place-again").addEventListener("click", () => {
    if (!takePlace(latest())) return warn(t("new.position"));
    showPlace();
    look();
    changed("place");
  });
  nextDoor(form, (one) => {
    Object.assign(shop, { lat_e7: one.lat_e7, lon_e7: one.lon_e7 });
    draft.placed = { shop: one.name };
    showPlace();
    look();
    changed("place");
  });

  function missing() {
    if (!shop.name.trim()) return { text: t("new.name"), mark: name.parentElement, focus: name };
    const kinds = part(form, "segments");
    if (!shop.segment) return { text: t("new.segment"), mark: kinds, focus: kinds.querySelector("input") };
    if (!isPlace(shop)) return { text: t("new.position"), mark: part(form, "place"), focus: part(form, "place-again") };
    return fields.missing();
  }

  async function save() {
    spent();
    const problemNow = missing();
    showProblem(problem, problemNow);
    if (problemNow) return;
    await saver.close();
    const entry = entryOf({ ...draft, new_shop: { ...shop, name: shop.name.trim() } }, { traits: fields.traits, fix: fixOf(latest()) });
    try {
      await finish(entry, draft.photos, { name: shop.name.trim(), segment: shop.segment, floor: shop.floor, place: "" });
    } catch (error) {
      saver.reopen();
      return warn(t("visit.no_save", { why: why(error) }));
    }
    await remember({ segments: [...new Set([shop.segment, ...(habits.segments ?? [])])].slice(0, RECENT) });
    noteSaved({ uuid: draft.uuid, shop: draft.shop, name: shop.name.trim(), isShopNew: true });
    navigator.vibrate?.(20);
    go("#/");
  }

  let isSaving = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSaving) return;
    isSaving = true;
    try { await save(); } finally { isSaving = false; }
  });

  recentFirst();
  paint();
  look();
  suggest();
  const unwatch = watch(where);
  return async () => {
    unwatch();
    clearTimeout(typing);
    fields.leave();
    if (!isBegun(draft)) await dropIfEmpty(saver, draft.shop);
    letGo();
  };
}

async function dropIfEmpty(saver, key) {
  await saver.close();
  await dropDraft(key);
}

/** Without a position: the shop next door lends its own. */
function nextDoor(form, take) {
  const field = part(form, "next-door");
  const list = part(form, "next-door-list");
  field.addEventListener("input", async () => {
    const typed = field.value.trim();
    const found = typed ? (await find(typed)).slice(0, DUPLICATES) : [];
    list.replaceChildren(...found.map((one) => {
      const away = distanceText(metresApart(latest(), one), latest().accuracy_m);
      const button = make("button", { type: "button", className: "wide" },
        make("span", { lang: "ja", textContent: one.name }), [one.floor, away].filter(Boolean).map((text) => ` · ${text}`).join(""));
      button.addEventListener("click", () => {
        field.value = "";
        list.replaceChildren();
        take(one);
        focus(part(form, "place-again"));
      });
      return button;
    }));
  });
}
