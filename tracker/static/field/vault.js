/**
 * The vault: one AES key for each person, not extractable, deleted at signing out. It lets the app show, undo and edit
 * what its owner wrote; without it only the sealed envelopes are left.
 */
import { text, utf8, joined } from "./bytes.js";
import { NotSignedIn } from "./errors.js";
import { transact } from "./store.js";

const JSON_VALUE = 0;
const BYTES = 1;
const aad = (owner) => utf8(`vault:${owner}`);

async function newKey() {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// Read anew each time: another tab may have signed out, and a key kept in memory would outlive that.
const stored = (owner) =>
  transact(["vault"], "readonly", (tx) => tx.objectStore("vault").get(owner));

/**
 * Makes the key of a person at signing in; nothing where there is one.
 * @param {number} owner
 */
export async function openVault(owner) {
  if (await stored(owner)) return;
  const key = await newKey();
  await transact(["vault"], "readwrite", async (tx) => {
    const vault = tx.objectStore("vault");
    if (!(await vault.get(owner))) await vault.put(key, owner);
  }, "strict");
}

async function keyOf(owner) {
  const key = await stored(owner);
  if (!key) throw new NotSignedIn(`no key of ${owner}`);
  return key;
}

/**
 * @param {number} owner
 * @param {any} value what JSON can say, or an ArrayBuffer or Uint8Array
 * @returns {Promise<{iv: ArrayBuffer, data: ArrayBuffer}>}
 */
export async function lock(owner, value) {
  const isBytes = value instanceof ArrayBuffer || value instanceof Uint8Array;
  const kind = Uint8Array.of(isBytes ? BYTES : JSON_VALUE);
  const plain = joined(kind, isBytes ? new Uint8Array(value) : utf8(JSON.stringify(value)));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: aad(owner) };
  return { iv: iv.buffer, data: await crypto.subtle.encrypt(how, await keyOf(owner), plain) };
}

/**
 * @param {number} owner
 * @param {{iv: ArrayBuffer, data: ArrayBuffer}} box
 * @returns {Promise<any>} what was locked; an ArrayBuffer where it was bytes
 */
export async function unlock(owner, box) {
  const how = { name: "AES-GCM", iv: box.iv, additionalData: aad(owner) };
  const plain = await crypto.subtle.decrypt(how, await keyOf(owner), box.data);
  const kind = new Uint8Array(plain, 0, 1)[0];
  return kind === BYTES ? plain.slice(1) : JSON.parse(text(new Uint8Array(plain, 1)));
}

/** Deletes the key of a person: every copy made with it is noise from now on. @param {number} owner */
export const forget = (owner) =>
  transact(["vault"], "readwrite", (tx) => tx.objectStore("vault").delete(owner), "strict");
