/**
 * Sealing to the server's public key: what is sealed here, nobody on this phone can open.
 * The format is fixed in docs/field-app.md; the server keeps its keys as long as phones may hold such envelopes.
 */
import { fromBase64, joined, utf8 } from "./bytes.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const MAGIC = utf8("NRS1");
const INFO = utf8("noren seal 1");

/**
 * @param {ArrayBuffer|Uint8Array} bytes
 * @param {string} context what it is, bound to the envelope; see the table in docs/field-app.md
 * @param {{id: string, point: string}} key of the server, as `GET /api/v1/field/session` gives it
 * @returns {Promise<Uint8Array>} the envelope
 */
export async function seal(bytes, context, key) {
  const point = fromBase64(key.point);
  const id = new Uint8Array(await crypto.subtle.digest("SHA-256", point)).subarray(0, 8);
  const theirs = await crypto.subtle.importKey("raw", point, CURVE, false, []);
  const own = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const ephemeral = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const cipher = await cipherKey(secret, joined(ephemeral, point));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: utf8(context) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, cipher, bytes));
  return joined(MAGIC, id, ephemeral, iv, sealed);
}

async function cipherKey(secret, salt) {
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: INFO };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

/** Contexts of what is sealed; the server makes the same texts. */
export const contextOf = {
  entry: (uuid, revision, owner) => `entry:${uuid}:${revision}:${owner}`,
  photo: (uuid, sha256, owner) => `photo:${uuid}:${sha256}:${owner}`,
  draft: (shop, owner) => `draft:${shop}:${owner}`,
};
