/** A draft: an entry on its way. Pure: no document, no storage. */
import { uuid as newUuid } from "../bytes.js";

const FRESH_MS = 60_000; // an older fix was taken elsewhere

/** @param {string} shop UUID @param {object} [more] */
export const newDraft = (shop, more = {}) => ({
  uuid: newUuid(), revision: 1, shop, new_shop: null, outcome: "answered", answers: {}, routes: [], evidence: "", note: "",
  no_photo: "", photos: [], open_fix: null, filled_ms: 0, told: null, notice: "", seen: null, mending: false, ...more,
});

/**
 * What was kept as a draft, made whole: also an entry that was taken back, which holds what the outbox added to it.
 * @param {object} kept
 */
export function openedDraft(kept) {
  if (!kept.device_time) return newDraft(kept.shop, kept);
  const { device_time, offset_ms, ...rest } = kept;
  return newDraft(kept.shop, {
    ...rest, answers: asked(kept.answers), seen: { device_time, offset_ms }, mending: kept.revision > 1, filled_ms: kept.filled_ms ?? 0,
  });
}

/** @param {object} item one of `returned` of the API @returns {object} the next revision, with the worker's own answers */
export const draftOfReturned = (item) => newDraft(item.shop.uuid, {
  uuid: item.uuid, revision: item.revision + 1, outcome: item.outcome, answers: asked(item.answers), routes: item.routes ?? [],
  evidence: item.evidence, note: item.note, mending: true, about: item.shop,
  seen: { device_time: item.observed_at, offset_ms: 0 }, // the time of the server
});

const asked = (answers) => Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== "not_checked"));

/** Where a draft is gone on with. */
export const addressOf = (draft) => (draft.new_shop ? `#/new/${draft.shop}` : `#/visit/${draft.shop}`);

/** Whether there is anything to lose. */
export const isBegun = (draft) =>
  Object.keys(draft.answers).length > 0 || draft.routes.length > 0 || draft.photos.length > 0 || Boolean(draft.note) || draft.outcome !== "answered" ||
  Boolean(draft.new_shop?.name);

/** @param {object|null} position of `position.js` @returns {object|null} what an entry says of where the phone was */
export function fixOf(position) {
  if (!Number.isInteger(position?.lat_e7) || Date.now() - position.at > FRESH_MS) return null;
  const { lat_e7, lon_e7, accuracy_m } = position;
  return { lat_e7, lon_e7, accuracy_m };
}

/**
 * @param {object} draft
 * @param {{traits: string[], fix: object|null}} now
 * @returns {object} the entry of docs/field-app.md, for the outbox to complete; what was not asked was not checked
 */
export function entryOf(draft, { traits, fix }) {
  const isAnswered = draft.outcome === "answered";
  const answers = Object.fromEntries(
    traits.map((trait) => [trait, (isAnswered && draft.answers[trait]) || "not_checked"]));
  return {
    uuid: draft.uuid, revision: draft.revision, shop: draft.shop,
    ...(draft.new_shop ? { new_shop: draft.new_shop } : {}),
    outcome: draft.outcome, answers, routes: isAnswered ? draft.routes : [], evidence: isAnswered ? draft.evidence : "", note: draft.note.trim(),
    ...(draft.seen ?? { device_time: new Date().toISOString() }),
    filled_ms: Math.round(draft.filled_ms), open_fix: draft.open_fix, fix,
    notice: isAnswered ? noticeOf(draft) : "", no_photo: draft.photos.length ? "" : draft.no_photo,
  };
}

/** @returns {"" | "kept" | "changed"} what was done after a difference from last time was told */
export function noticeOf({ told, answers }) {
  if (!told) return "";
  return Object.keys(told).some((trait) => told[trait] !== answers[trait]) ? "changed" : "kept";
}
