/**
 * Finished entries and their photos as they lie in the database. Inside transactions; one record at a time, by index:
 * a queue of 10,000 is never read as a whole.
 *
 * Entry: {seq, uuid, revision, owner, on, at, state, sha256, sealed, own, tries, error, sentAt, withdrawnAt}
 *   waiting → photos (receipt here, photos still to send) → sent (a stub); needs_you where the server will not have it.
 * Photo: {seq, uuid, sha256, owner, state, sealed, size, own, tries, restarts, error}
 *   parked (its entry has no receipt yet) → waiting → gone with its receipt; needs_you.
 */
import { transact } from "./store.js";

export const STORES = ["entries", "photos"];
export const WAITING = "waiting";
export const PHOTOS = "photos";
export const SENT = "sent";
export const NEEDS_YOU = "needs_you";
export const PARKED = "parked";
/** What the screens call waiting. */
export const UNSENT = [WAITING, PHOTOS];

const LAST = Number.MAX_SAFE_INTEGER;
const revisionsOf = (uuid) => IDBKeyRange.bound([uuid, 0], [uuid, LAST]);
const photosOf = (uuid) => IDBKeyRange.bound([uuid, ""], [uuid, "\uffff"]);

/** @returns {Promise<object|undefined>} one revision of an entry */
export const entryOf = (tx, uuid, revision) => tx.objectStore("entries").index("id").get([uuid, revision]);

/** @returns {Promise<object|undefined>} the newest revision on this phone */
export async function latestOf(tx, uuid) {
  const cursor = await tx.objectStore("entries").index("id").openCursor(revisionsOf(uuid), "prev");
  return cursor?.value;
}

/** @returns {Promise<object|undefined>} */
export const photoOf = (tx, uuid, hash) => tx.objectStore("photos").index("id").get([uuid, hash]);

/** @returns {Promise<string[]>} the hashes of the photos of an entry that lie here */
export async function photoHashes(tx, uuid) {
  const hashes = [];
  let cursor = await tx.objectStore("photos").index("id").openKeyCursor(photosOf(uuid));
  for (; cursor; cursor = await cursor.continue()) hashes.push(cursor.key[1]);
  return hashes;
}

/** Changes fields of the photos of an entry that `which` picks. */
export async function changePhotos(tx, uuid, which, fields) {
  for (const hash of await photoHashes(tx, uuid)) {
    const photo = await photoOf(tx, uuid, hash);
    if (which(photo)) await tx.objectStore("photos").put({ ...photo, ...fields });
  }
}

/** Removes the photos of an entry that `which` picks. */
export async function removePhotos(tx, uuid, which) {
  for (const hash of await photoHashes(tx, uuid)) {
    const photo = await photoOf(tx, uuid, hash);
    if (which(photo)) await tx.objectStore("photos").delete(photo.seq);
  }
}

/**
 * The state of an entry with a receipt follows from the photos that are still here.
 * @param {object} tx
 * @param {string} uuid
 * @param {object|null} [error] why a photo needs a person
 */
export async function settle(tx, uuid, error = null) {
  const photos = [];
  for (const hash of await photoHashes(tx, uuid)) photos.push((await photoOf(tx, uuid, hash)).state);
  const state = photos.includes(NEEDS_YOU) ? NEEDS_YOU : photos.includes(WAITING) ? PHOTOS : SENT;
  let cursor = await tx.objectStore("entries").index("id").openCursor(revisionsOf(uuid));
  for (; cursor; cursor = await cursor.continue()) {
    const entry = cursor.value;
    if (entry.sealed || entry.state === state) continue;
    const why = state === NEEDS_YOU ? error ?? entry.error : null;
    await cursor.update({ ...entry, state, error: why, sentAt: state === SENT ? Date.now() : null });
  }
}

/** @returns {Promise<number>} entries of a person in these states */
export const countOf = (owner, states) =>
  transact(["entries"], "readonly", async (tx) => {
    const index = tx.objectStore("entries").index("owner_state");
    let sum = 0;
    for (const state of states) sum += await index.count([owner, state]);
    return sum;
  });

/** @returns {Promise<number>} photos of a person that may be sent now */
export const waitingPhotos = (owner) =>
  transact(["photos"], "readonly", (tx) => tx.objectStore("photos").index("owner_state").count([owner, WAITING]));

/**
 * The oldest waiting entries of a person, as many as one request takes.
 * @returns {Promise<object[]>}
 */
export const nextEntries = (owner, { count, bytes }) =>
  transact(["entries"], "readonly", async (tx) => {
    const found = [];
    let size = 0;
    let cursor = await tx.objectStore("entries").index("owner_state").openCursor([owner, WAITING]);
    for (; cursor && found.length < count; cursor = await cursor.continue()) {
      size += cursor.value.sealed.byteLength * 4 / 3 + 200;
      if (found.length && size > bytes) break;
      found.push(cursor.value);
    }
    return found;
  });

/** @returns {Promise<object|undefined>} the oldest photo of a person after `seq` that may be sent now */
export const nextPhoto = (owner, after = 0) =>
  transact(["photos"], "readonly", async (tx) => {
    const index = tx.objectStore("photos").index("owner_state");
    let cursor = await index.openKeyCursor([owner, WAITING]);
    while (cursor && cursor.primaryKey <= after) {
      cursor = await cursor.continuePrimaryKey([owner, WAITING], after + 1);
    }
    return cursor ? tx.objectStore("photos").get(cursor.primaryKey) : undefined;
  });
