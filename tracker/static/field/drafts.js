/** What is not finished yet. Written at every change, encrypted, so that a killed page comes back filled in. */
import { sha256, uuid } from "./bytes.js";
import { NotSignedIn } from "./errors.js";
import { current } from "./session.js";
import { transact } from "./store.js";
import { lock, unlock } from "./vault.js";

/** "change" where a draft was written or dropped. */
export const changes = new EventTarget();
const STORES = ["drafts", "draft_photos"];
const said = () => changes.dispatchEvent(new Event("change"));

/** @returns {number} the number of the person at work */
export function owner() {
  const { person } = current();
  if (!person) throw new NotSignedIn();
  return person.id;
}

const ofShop = (who, shop) => IDBKeyRange.bound([who, shop, ""], [who, shop, "\uffff"]);

/**
 * @param {string} shop UUID
 * @param {{uuid?: string, photos?: {bytes: ArrayBuffer|null, sha256?: string}[]}} draft anything JSON can say, and photos.
 *   A photo without bytes is one whose bytes are elsewhere: on the server, or sealed on this phone. Where it has no UUID
 *   yet the object given gets one: the entry keeps it for ever.
 */
export async function saveDraft(shop, draft) {
  const who = owner();
  draft.uuid ??= uuid();
  const photos = await Promise.all((draft.photos ?? []).map(named));
  const { rest, kept } = await packed(who, draft, photos);
  const fresh = await lockedPhotos(who, shop, photos);
  await transact(STORES, "readwrite", (tx) => putDraft(tx, { who, shop, rest, kept, fresh }), "strict");
  said();
}

async function named(photo) {
  return photo.sha256 ? photo : { ...photo, sha256: await sha256(photo.bytes) };
}

/** What a draft is without the bytes of its photos, locked; and the hashes of its photos. */
export async function packed(who, draft, photos) {
  const bare = photos.map(({ bytes, ...about }) => about);
  return { rest: await lock(who, { ...draft, photos: bare }), kept: photos.map((one) => one.sha256) };
}

// A draft is saved at every tap: photos that are there already are not encrypted again.
async function lockedPhotos(who, shop, photos) {
  const there = await transact(["draft_photos"], "readonly", (tx) =>
    tx.objectStore("draft_photos").getAllKeys(ofShop(who, shop)));
  const known = new Set(there.map((key) => key[2]));
  const boxes = [];
  for (const { sha256: hash, bytes } of photos) {
    if (bytes && !known.has(hash)) boxes.push({ owner: who, shop, sha256: hash, box: await lock(who, bytes) });
  }
  return boxes;
}

/** Inside a transaction over `drafts` and `draft_photos`. */
export async function putDraft(tx, { who, shop, rest, kept, fresh }) {
  await tx.objectStore("drafts").put({ owner: who, shop, box: rest, at: Date.now() });
  for (const photo of fresh) await tx.objectStore("draft_photos").put(photo);
  const keys = await tx.objectStore("draft_photos").getAllKeys(ofShop(who, shop));
  for (const key of keys) if (!kept.includes(key[2])) await tx.objectStore("draft_photos").delete(key);
}

/** Inside a transaction over `drafts` and `draft_photos`. */
export async function removeDraft(tx, who, shop) {
  await tx.objectStore("drafts").delete([who, shop]);
  await tx.objectStore("draft_photos").delete(ofShop(who, shop));
}

/** @param {string} shop @returns {Promise<object|null>} as it was given to `saveDraft` */
export async function draftOf(shop) {
  const who = owner();
  const kept = await transact(["drafts"], "readonly", (tx) => tx.objectStore("drafts").get([who, shop]));
  if (!kept) return null;
  const draft = await unlock(who, kept.box);
  const photos = [];
  for (const photo of draft.photos) photos.push({ ...photo, bytes: await bytesOf(who, shop, photo.sha256) });
  return { ...draft, photos };
}

/** @returns {Promise<ArrayBuffer|null>} of a photo of a draft */
export async function bytesOf(who, shop, hash) {
  const kept = await transact(["draft_photos"], "readonly", (tx) =>
    tx.objectStore("draft_photos").get([who, shop, hash]));
  return kept ? unlock(who, kept.box) : null;
}

/** @param {string} shop */
export async function dropDraft(shop) {
  const who = owner();
  await transact(STORES, "readwrite", (tx) => removeDraft(tx, who, shop), "strict");
  said();
}

/** @returns {Promise<{shop: string, at: number}[]>} the open drafts of the person at work, newest first */
export async function drafts() {
  const who = current().person?.id;
  if (!who) return [];
  const all = await transact(["drafts"], "readonly", (tx) => tx.objectStore("drafts").index("owner").getAll(who));
  return all.map(({ shop, at }) => ({ shop, at })).sort((one, other) => other.at - one.at);
}

/**
 * Keeps a second tab from writing the same draft.
 * @param {string} shop
 * @returns {Promise<(() => void)|null>} lets go; null where another tab holds it: show it read-only
 */
export async function holdDraft(shop) {
  if (!navigator.locks) return () => {}; // nothing to ask; the last writer wins
  return new Promise((taken, failed) => {
    const name = `noren-draft:${owner()}:${shop}`;
    navigator.locks.request(name, { ifAvailable: true }, (lockHeld) => {
      if (!lockHeld) return taken(null);
      return new Promise((letGo) => taken(letGo));
    }).catch(failed);
  });
}

/** @returns {Promise<boolean>} whether a form is open in any tab */
export async function isFormOpen() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.some(({ name }) => name.startsWith("noren-draft:"));
}
