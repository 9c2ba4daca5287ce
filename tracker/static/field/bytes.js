/** Bytes and the few texts they become. */

const encoder = new TextEncoder();
const CHUNK = 0x8000; // arguments of one call; more overflows the stack of some browsers

/** @param {string} text @returns {Uint8Array} */
export const utf8 = (text) => encoder.encode(text);

/** @param {ArrayBuffer|Uint8Array} bytes @returns {string} */
export const text = (bytes) => new TextDecoder().decode(bytes);

/** @param {ArrayBuffer|Uint8Array} bytes @returns {Uint8Array} a view, not a copy */
export const view = (bytes) => (bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));

/** @param {Uint8Array} bytes @returns {ArrayBuffer} of exactly these bytes, as IndexedDB keeps it */
export function buffer(bytes) {
  const isWhole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return isWhole ? bytes.buffer : bytes.slice().buffer;
}

/** @param {ArrayBuffer|Uint8Array} bytes @returns {string} standard alphabet, padded */
export function base64(bytes) {
  const all = view(bytes);
  const parts = [];
  for (let at = 0; at < all.length; at += CHUNK) {
    parts.push(String.fromCharCode(...all.subarray(at, at + CHUNK)));
  }
  return btoa(parts.join(""));
}

/** @param {string} encoded @returns {Uint8Array} */
export function fromBase64(encoded) {
  const binary = atob(encoded);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** @param {ArrayBuffer|Uint8Array} bytes @returns {string} lower case */
export const hex = (bytes) =>
  Array.from(view(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {ArrayBuffer|Uint8Array} bytes @returns {Promise<string>} 64 hex digits */
export const sha256 = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));

/** @param {Uint8Array[]} parts @returns {Uint8Array} one after the other */
export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @returns {string} a new random UUID */
export const uuid = () => crypto.randomUUID();
