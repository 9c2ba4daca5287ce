/** Drafts over a signing out: sealed to the server when the key goes, handed back when their owner is here again. */
import { unseal } from "./api.js";
import { buffer, text, utf8 } from "./bytes.js";
import { bytesOf, changes, owner, removeDraft, saveDraft } from "./drafts.js";
import { NotSignedIn } from "./errors.js";
import { contextOf, seal } from "./seal.js";
import { current } from "./session.js";
import { transact } from "./store.js";
import { unlock } from "./vault.js";

const OPEN_LIMIT = 13_000_000; // bytes; base64 of more would not pass the server's limit for a body
const STORES = ["drafts", "draft_photos", "sealed"];
const said = () => changes.dispatchEvent(new Event("change"));
const keysOf = (store, who) =>
  transact([store], "readonly", (tx) => tx.objectStore(store).index("owner").getAllKeys(who));
const rowOf = (store, key) => transact([store], "readonly", (tx) => tx.objectStore(store).get(key));

/**
 * Seals every draft of a person to the server and drops what the vault could still read.
 * @param {number} [who]
 * @returns {Promise<void>}
 */
export async function sealDrafts(who = owner()) {
  for (const [, shop] of await keysOf("drafts", who)) {
    const rows = await sealedRows(who, shop).catch(ifKeyIsGone);
    await transact(STORES, "readwrite", async (tx) => {
      for (const row of rows) await tx.objectStore("sealed").put(row);
      await removeDraft(tx, who, shop);
    }, "strict");
  }
  said();
}

// Written by another tab after the key was deleted: nobody can read it, and it must not stop the signing out.
function ifKeyIsGone(error) {
  if (error instanceof NotSignedIn) return [];
  throw error;
}

async function sealedRows(who, shop) {
  const { key } = current();
  const draft = await unlock(who, (await rowOf("drafts", [who, shop])).box);
  const rows = [await sealedRow(contextOf.draft(shop, who), who, utf8(JSON.stringify(draft)), key)];
  for (const { sha256: hash } of draft.photos) {
    const bytes = await bytesOf(who, shop, hash);
    if (bytes) rows.push(await sealedRow(contextOf.photo(draft.uuid, hash, who), who, bytes, key));
  }
  return rows;
}

const sealedRow = async (context, who, bytes, key) =>
  ({ context, owner: who, sealed: buffer(await seal(bytes, context, key)) });

/**
 * Has the server open the sealed drafts of the person who signed in again. A draft of a shop that has a newer one stays
 * sealed until that is finished. Photos too large for one request stay sealed; they are sent as they are.
 * @returns {Promise<number>} how many came back
 */
export async function openSealedDrafts() {
  const who = owner();
  let back = 0;
  for (const seq of await keysOf("sealed", who)) {
    const { context, sealed } = await rowOf("sealed", seq) ?? {};
    if (!context?.startsWith("draft:")) continue;
    const shop = context.split(":")[1];
    if (await rowOf("drafts", [who, shop])) continue;
    const draft = JSON.parse(text(await unseal(context, sealed)));
    const used = [seq, ...await openPhotos(who, draft)];
    await saveDraft(shop, draft);
    await transact(["sealed"], "readwrite", async (tx) => {
      for (const one of used) await tx.objectStore("sealed").delete(one);
    });
    back += 1;
  }
  return back;
}

/** Gives the photos of a draft their bytes back. @returns {Promise<number[]>} the rows no longer needed */
async function openPhotos(who, draft) {
  const used = [];
  for (const photo of draft.photos) {
    const row = await sealedPhoto(who, draft.uuid, photo.sha256);
    if (!row || row.sealed.byteLength > OPEN_LIMIT) continue;
    photo.bytes = buffer(await unseal(row.context, row.sealed));
    used.push(row.seq);
  }
  return used;
}

/** @returns {Promise<{seq: number, context: string, sealed: ArrayBuffer}|null>} a photo that only the server can open */
export async function sealedPhoto(who, uuid, hash) {
  const context = contextOf.photo(uuid, hash, who);
  for (const seq of await keysOf("sealed", who)) {
    const row = await rowOf("sealed", seq);
    if (row?.context === context) return row;
  }
  return null;
}
