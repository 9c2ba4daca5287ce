/** One visit, one screen: every answer, one Save. Earlier answers are compared only after the new ones are given. */
import { dropDraft, draftOf, holdDraft } from "../drafts.js";
import { bits, clone, make, part, say } from "../dom.js";
import { dateText, distanceText, listText, metresApart, today } from "../format.js";
import { finish } from "../outbox.js";
import { differs, shop as shopOf } from "../plan.js";
import { latest, watch } from "../position.js";
import { remember, remembered } from "../preferences.js";
import { go } from "../router.js";
import { t } from "../words.js";
import { entryForm, showProblem } from "./entry-form.js";
import { draftSaver } from "./draft-saver.js";
import { entryOf, fixOf, isBegun, newDraft, openedDraft } from "./draft.js";
import { noteSaved } from "./last-save.js";
import { why } from "./why.js";

const FAR_M = 60; // beyond what the fix itself may be wrong by
const PRACTICE = "00000000-0000-4000-8000-000000000000";

/** @param {HTMLElement} root @param {{uuid?: string, practice?: boolean}} params */
export async function show(root, { uuid, practice }) {
  const key = practice ? PRACTICE : uuid;
  const [known, kept] = await Promise.all([practice ? practiceShop() : shopOf(key), practice ? null : draftOf(key)]);
  const shop = known ?? kept?.about;
  if (!shop) {
    root.replaceChildren(clone("visit-unknown"));
    return () => {};
  }
  const letGo = practice ? () => {} : await holdDraft(key);
  if (!letGo) {
    root.replaceChildren(clone("visit-elsewhere"));
    return () => {};
  }
  const draft = kept ? openedDraft(kept) : newDraft(key, { evidence: (await remembered()).evidence ?? "" });
  return visit(root, { shop: { ...shop, uuid: key }, draft, practice, letGo, isRestored: Boolean(kept) && isBegun(draft) });
}

const practiceShop = () => ({ name: t("visit.practice_shop"), segment: "drugstore", floor: "1F", place: "", last_on: "", photo: 0 });

async function visit(root, { shop, draft, practice, letGo, isRestored }) {
  const form = part(root, "form");
  const problem = part(form, "problem");
  const saver = practice ? idle() : draftSaver(shop.uuid, () => draft, (error) => warn(t("visit.no_save", { why: why(error) })));
  let opened = performance.now();
  let asked = 0;

  const warn = (text) => showProblem(problem, { text });
  const spent = () => {
    draft.filled_ms += performance.now() - opened;
    opened = performance.now();
  };

  function changed(what) {
    say(problem, "");
    spent();
    draft.about = aboutOf(shop);
    form.dataset.draft = "saving";
    saver.save().then(() => { form.dataset.draft = "saved"; });
    if (what === "evidence") remember({ evidence: draft.evidence });
    if (what === "answer" || what === "outcome") compare();
  }

  // Only after the last answer; what is not complete is compared with nothing.
  async function compare() {
    const turn = ++asked;
    const isComplete = fields.isComplete() && !practice && !draft.mending;
    const found = isComplete ? await differs(shop.uuid, draft.answers, fields.traits) : [];
    if (turn !== asked) return;
    if (found.length && !draft.told) {
      draft.told = { ...draft.answers };
      saver.save();
    }
    say(part(form, "differs"), found.length ? lastTime(shop, draft.answers, found) : "");
  }

  const fields = entryForm(form, draft, { photoAsked: Boolean(shop.photo) && !draft.mending, changed, warn });

  function where() {
    const now = latest();
    if (!draft.open_fix && !draft.seen) draft.open_fix = fixOf(now);
    part(form, "facts").replaceChildren(...factsOf(shop, distanceText(metresApart(now, shop), now.accuracy_m)));
    const away = farFrom(shop, [draft.open_fix, fixOf(now)]);
    const line = part(form, "far");
    if (away === null) say(line, "");
    else if (line.hidden) {
      line.replaceChildren(t("visit.far", { distance: distanceText(away) }), " ", make("a", { href: "#/", textContent: t("visit.change") }));
      line.hidden = false;
    }
  }

  part(form, "name").textContent = shop.name || t("no_name");
  say(part(form, "practice"), practice ? t("visit.practice") : draft.mending ? t("visit.mend") : isRestored ? t("visit.restored") : "");
  const unwatch = practice ? () => {} : watch(where); // practising asks for no position
  if (practice) where();
  if (fields.isComplete()) compare();

  async function save() {
    spent();
    const missing = fields.missing();
    showProblem(problem, missing);
    if (missing) return;
    if (practice) return leaveFor("#/welcome", t("visit.practised"));
    await saver.close();
    try {
      const entry = entryOf(draft, { traits: fields.traits, fix: fixOf(latest()) });
      await finish(entry, draft.photos, aboutOf(shop));
    } catch (error) {
      saver.reopen();
      return warn(t("visit.no_save", { why: why(error) }));
    }
    noteSaved({ uuid: draft.uuid, shop: shop.uuid, name: shop.name });
    navigator.vibrate?.(20);
    go("#/");
  }

  function leaveFor(hash, text) {
    noteSaved({ text });
    go(hash);
  }

  let isSaving = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSaving) return; // the same tap twice
    isSaving = true;
    try {
      await save();
    } finally {
      isSaving = false;
    }
  });
  part(form, "back").addEventListener("click", async () => {
    if (practice || isBegun(draft)) return;
    await saver.close();
    await dropDraft(shop.uuid);
  });

  return () => {
    unwatch();
    fields.leave();
    letGo();
  };
}

const idle = () => ({ save: async () => {}, close: async () => {}, reopen() {} });
const aboutOf = ({ name, segment, floor, place, lat_e7, lon_e7, last_on }) => ({ name, segment, floor, place, lat_e7, lon_e7, last_on });

function factsOf(shop, distance) {
  const date = shop.last_on ? t("visit.last", { date: dateText(shop.last_on) }) : t("visit.never");
  const parts = [distance, t(`segment.${shop.segment}`), shop.floor, date].filter(Boolean);
  if (shop.last_on === today()) parts.push(make("b", { textContent: t(shop.loggedHere ? "visit.own" : "visit.other") }));
  return bits(parts);
}

/** @returns {number|null} metres to the shop from the nearer fix, where even that is too far */
function farFrom(shop, fixes) {
  const near = fixes.filter(Boolean)
    .map((fix) => ({ metres: metresApart(fix, shop), accuracy: fix.accuracy_m ?? 0 }))
    .filter((one) => one.metres !== null)
    .sort((one, other) => one.metres - other.metres)[0];
  return near && near.metres - near.accuracy > FAR_M ? near.metres : null;
}

// What is known of a shop is yes or no, and only yes or no can differ from it: so it was the other one.
const OTHER = { yes: "no", no: "yes" };

function lastTime(shop, answers, found) {
  const what = listText(found.map((trait) =>
    t("visit.differs_one", { trait: t(`trait.${trait}`), answer: t(`answer.${OTHER[answers[trait]]}`) })));
  return t("visit.differs", { date: dateText(shop.last_on), what });
}
