/** The last resort: everything unsent as one file to hand over. What is in it only the server can open. */
import { base64 } from "./bytes.js";
import { contextOf } from "./seal.js";
import { transact } from "./store.js";

const STORES = ["entries", "photos", "sealed"];

const PARTS = {
  entries: ({ uuid, revision, owner, sha256, sealed }) =>
    sealed && { context: contextOf.entry(uuid, revision, owner), uuid, revision, owner, sha256, sealed: base64(sealed) },
  photos: ({ uuid, sha256, owner, sealed }) =>
    ({ context: contextOf.photo(uuid, sha256, owner), uuid, owner, sha256, sealed: base64(sealed) }),
  sealed: ({ context, owner, sealed }) => ({ context, owner, sealed: base64(sealed) }),
};

/** @returns {Promise<File>} JSON; entries, photos and drafts of everybody on this phone, all sealed */
export async function exportFile() {
  const at = new Date().toISOString();
  const parts = [`{"noren": 1, "made_at": "${at}"`];
  for (const store of STORES) {
    parts.push(`,\n"${store}": [`);
    parts.push(...await partsOf(store));
    parts.push("]");
  }
  parts.push("}\n");
  return new File(parts, `noren-unsent-${at.slice(0, 10)}.json`, { type: "application/json" });
}

// Each record becomes a Blob at once: the browser may keep those outside of the page's memory.
async function partsOf(store) {
  const keys = await transact([store], "readonly", (tx) => tx.objectStore(store).getAllKeys());
  const parts = [];
  for (const key of keys) {
    const record = await transact([store], "readonly", (tx) => tx.objectStore(store).get(key));
    const part = record && PARTS[store](record);
    if (part) parts.push(new Blob([parts.length ? ",\n" : "\n", JSON.stringify(part)]));
  }
  return parts;
}
