/** An entry comes back to the form: undone before it was sent, mended after it, or looked at because the server said no. */
import { unseal } from "./api.js";
import { buffer, text, uuid as newUuid } from "./bytes.js";
import { owner, packed, putDraft } from "./drafts.js";
import { DraftInTheWay, NotSignedIn } from "./errors.js";
import { onTheWay, say } from "./outbox-events.js";
import {
  NEEDS_YOU, PARKED, PHOTOS, STORES, WAITING, changePhotos, latestOf, photoHashes, photoOf, removePhotos, settle,
} from "./records.js";
import { contextOf } from "./seal.js";
import { transact } from "./store.js";
import { lock, unlock } from "./vault.js";

/**
 * Gives the content of the newest revision back as the draft of its shop. What no request has carried yet, or the server
 * refused, leaves the outbox in the same moment; what may have reached the server stays, and the draft is its next revision.
 * @param {string} uuid
 * @param {{asNew?: boolean}} [how] asNew: as a visit of its own, always so after a conflict
 * @returns {Promise<{shop: string, draft: object, wasSent: boolean}>}
 * @throws {DraftInTheWay} another draft of the shop is open
 */
export async function takeBack(uuid, { asNew = false } = {}) {
  const who = owner();
  for (;;) {
    const record = await transact(STORES, "readonly", (tx) => latestOf(tx, uuid));
    if (record?.owner !== who) throw new NotSignedIn("not an entry of this person");
    const { draft, wasSent } = await draftFrom(who, record, asNew || isDecided(record));
    if (!(await exchange(who, record, draft, wasSent))) continue; // sent in this moment: look again
    say("taken-back", { uuid, shop: draft.shop, entry: draft });
    return { shop: draft.shop, draft, wasSent };
  }
}

async function draftFrom(who, record, isNew) {
  const { entry, about } = await contentOf(who, record);
  const wasSent = mayBeThere(record);
  const draft = { ...entry, about, photos: await photosOf(who, entry, isNew) };
  if (isNew) Object.assign(draft, { uuid: newUuid(), revision: 1 });
  else if (wasSent) draft.revision += 1;
  return { draft, wasSent };
}

/** The same, under the name of the button beside what needs a person. */
export const edit = takeBack;

// A request that got no answer may have been stored: the same revision must not come with other content.
function mayBeThere(record) {
  if (record.state === NEEDS_YOU) return !record.sealed;
  return record.state !== WAITING || record.tries > 0 || onTheWay.has(record.seq);
}

// After a conflict no revision of this entry can be stored any more: what was seen becomes a visit of its own.
const isDecided = (record) => record.error?.status === "conflict";

async function contentOf(who, record) {
  if (record.own) return unlock(who, record.own);
  if (!record.sealed) throw new NotSignedIn("only the server has it now");
  const context = contextOf.entry(record.uuid, record.revision, who);
  return { entry: JSON.parse(text(await unseal(context, record.sealed))), about: {} };
}

// A new entry needs the photos themselves: what was sealed for the old one is bound to it.
async function photosOf(who, entry, isNew) {
  const photos = [];
  for (const hash of entry.photos) {
    const kept = await transact(["photos"], "readonly", (tx) => photoOf(tx, entry.uuid, hash));
    const bytes = kept?.own ? await unlock(who, kept.own)
      : kept && isNew ? buffer(await unseal(contextOf.photo(entry.uuid, hash, who), kept.sealed)) : null;
    photos.push({ sha256: hash, bytes });
  }
  return photos;
}

/** @returns {Promise<boolean>} false where the sender was quicker: nothing was done */
async function exchange(who, record, draft, wasSent) {
  const { shop } = draft;
  const { rest, kept } = await packed(who, draft, draft.photos);
  const fresh = [];
  for (const { sha256, bytes } of draft.photos) {
    if (bytes) fresh.push({ owner: who, shop, sha256, box: await lock(who, bytes) });
  }
  return transact([...STORES, "drafts", "draft_photos", "sealed"], "readwrite", async (tx) => {
    if (await tx.objectStore("drafts").get([who, shop])) throw new DraftInTheWay();
    const now = await latestOf(tx, record.uuid);
    if (now?.seq !== record.seq || mayBeThere(now) !== wasSent) return false;
    await putDraft(tx, { who, shop, rest, kept, fresh });
    if (wasSent) return true;
    await tx.objectStore("entries").delete(record.seq);
    await unpark(tx, who, record.uuid);
    return true;
  }, "strict");
}

/** Photos that nothing waits for any more are in the draft now; those only the server can open lie beside it, sealed. */
async function unpark(tx, who, uuid) {
  for (const hash of await photoHashes(tx, uuid)) {
    const photo = await photoOf(tx, uuid, hash);
    if (photo.state !== PARKED || photo.own) continue;
    await tx.objectStore("sealed").add({ context: contextOf.photo(uuid, hash, who), owner: who, sealed: photo.sealed });
  }
  await removePhotos(tx, uuid, (photo) => photo.state === PARKED);
}

/** Tries again what the server would not have, after a person looked at it. @param {string} uuid */
export async function retry(uuid) {
  await transact(STORES, "readwrite", async (tx) => {
    const entry = await latestOf(tx, uuid);
    if (entry?.state === NEEDS_YOU) {
      await tx.objectStore("entries").put({ ...entry, state: entry.sealed ? WAITING : PHOTOS, error: null });
    }
    await changePhotos(tx, uuid, (photo) => photo.state === NEEDS_YOU, { state: WAITING, restarts: 0, error: null });
  });
  say("retry");
}

/** Throws away what the server will not have; only ever asked for by a person. @param {string} uuid */
export async function discard(uuid) {
  await transact(STORES, "readwrite", async (tx) => {
    const entry = await latestOf(tx, uuid);
    if (entry?.state !== NEEDS_YOU) return;
    if (entry.sealed) await tx.objectStore("entries").delete(entry.seq);
    await removePhotos(tx, uuid, (photo) => photo.state === (entry.sealed ? PARKED : NEEDS_YOU));
    await settle(tx, uuid);
  }, "strict");
  say();
}
