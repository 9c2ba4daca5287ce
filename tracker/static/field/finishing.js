/** From a form to a sealed record that is on the disk before "saved" is said. */
import { buffer, sha256, utf8, uuid as newUuid } from "./bytes.js";
import { owner, removeDraft } from "./drafts.js";
import { NotSignedIn } from "./errors.js";
import { dayOf, say } from "./outbox-events.js";
import { PARKED, STORES, WAITING, entryOf, photoOf, removePhotos, settle } from "./records.js";
import { contextOf, seal } from "./seal.js";
import { sealedPhoto } from "./sealed-drafts.js";
import { current } from "./session.js";
import { transact } from "./store.js";
import { lock } from "./vault.js";

/** An entry as docs/field-app.md shows it; whatever else a form keeps in its draft stays on the phone. */
const EMPTY = {
  v: 1, uuid: "", revision: 1, owner: 0, shop: "", new_shop: null, outcome: "answered", answers: {}, routes: [], evidence: "", note: "",
  device_time: "", offset_ms: null, filled_ms: null, open_fix: null, fix: null, notice: "", no_photo: "", photos: [],
};

/**
 * Seals an entry and puts it away with its photos; the draft of its shop goes in the same moment. When this has come back
 * it is on the disk.
 * @param {object} entry as in docs/field-app.md; `v`, `uuid`, `revision`, `owner`, `device_time`, `offset_ms` and `photos`
 *   are filled in where they are missing
 * @param {{bytes: ArrayBuffer|null, sha256?: string}[]} [photos] one without bytes is on the server or sealed here already
 * @param {object} [about] what the outbox shows beside it: name of the shop, floor, …
 * @returns {Promise<{uuid: string, revision: number, sha256: string}>}
 * @throws {Full} the phone has no room; the draft is still there
 */
export async function finish(entry, photos = [], about = {}) {
  const who = owner();
  if (!current().key) throw new NotSignedIn("no key of the server");
  const named = await present(who, entry, await namedOnce(photos));
  const whole = complete(entry, who, named);
  const record = await entryRecord(whole, who, about);
  const parcels = await photoRecords(whole, who, named);
  await transact([...STORES, "drafts", "draft_photos", "sealed"], "readwrite", async (tx) => {
    // The same Save twice is one entry: the second tap finds it here.
    if (!(await entryOf(tx, whole.uuid, whole.revision))) await tx.objectStore("entries").add(record);
    await putPhotos(tx, whole, parcels);
    await settle(tx, whole.uuid);
    await removeDraft(tx, who, whole.shop);
  }, "strict");
  say("finished", { uuid: whole.uuid, shop: whole.shop, entry: whole });
  return { uuid: whole.uuid, revision: whole.revision, sha256: record.sha256 };
}

function complete(entry, who, photos) {
  const given = Object.entries(entry).filter(([name, value]) => name in EMPTY && value !== undefined);
  const whole = { ...EMPTY, ...Object.fromEntries(given), owner: who };
  return {
    ...whole,
    uuid: whole.uuid || newUuid(),
    device_time: whole.device_time || new Date().toISOString(),
    offset_ms: whole.offset_ms ?? current().offsetMs,
    filled_ms: whole.filled_ms === null ? null : Math.round(whole.filled_ms),
    photos: photos.map((one) => one.sha256),
  };
}

/** Each photo once, with its hash. */
async function namedOnce(photos) {
  const named = await Promise.all(photos.map(async (one) => ({ ...one, sha256: one.sha256 ?? await sha256(one.bytes) })));
  return [...new Map(named.map((one) => [one.sha256, one])).values()];
}

/** A first revision must not name photos that nobody has: the server would wait for them. */
async function present(who, { uuid = "", revision = 1 }, photos) {
  if (revision > 1) return photos;
  const found = [];
  for (const photo of photos) {
    const isHere = photo.bytes || await sealedPhoto(who, uuid, photo.sha256)
      || await transact(["photos"], "readonly", (tx) => photoOf(tx, uuid, photo.sha256));
    if (isHere) found.push(photo);
  }
  return found;
}

async function entryRecord(whole, who, about) {
  const bytes = utf8(JSON.stringify(whole));
  const { uuid, revision } = whole;
  const at = Date.now();
  return {
    uuid, revision, owner: who, on: dayOf(at), at, state: WAITING, sha256: await sha256(bytes),
    sealed: buffer(await seal(bytes, contextOf.entry(uuid, revision, who), current().key)),
    own: await lock(who, { entry: whole, about }), tries: 0, error: null, sentAt: null,
  };
}

async function photoRecords(whole, who, photos) {
  const parcels = [];
  for (const { bytes, sha256: hash } of photos) {
    const held = bytes ? null : await sealedPhoto(who, whole.uuid, hash);
    if (!bytes && !held) continue; // it lies here with an earlier revision, or the server has it
    const context = contextOf.photo(whole.uuid, hash, who);
    const sealed = held?.sealed ?? buffer(await seal(bytes, context, current().key));
    parcels.push({
      from: held?.seq,
      row: {
        uuid: whole.uuid, sha256: hash, owner: who, state: PARKED, sealed, size: sealed.byteLength,
        own: bytes ? await lock(who, bytes) : null, tries: 0, restarts: 0, error: null,
      },
    });
  }
  return parcels;
}

async function putPhotos(tx, whole, parcels) {
  await removePhotos(tx, whole.uuid, (photo) => !whole.photos.includes(photo.sha256));
  for (const { row, from } of parcels) {
    if (!(await photoOf(tx, row.uuid, row.sha256))) await tx.objectStore("photos").add(row);
    if (from) await tx.objectStore("sealed").delete(from);
  }
}
