/** Photos, piece by piece: what was cut off goes on where the server says it stopped. */
import { call } from "./api.js";
import { Away, Problem } from "./errors.js";
import { NEEDS_YOU, STORES, settle } from "./records.js";
import { transact } from "./store.js";

// Bytes at once: the server takes 1 MB at most; a piece that was cut off is lost, so a slow street gets small ones.
const PIECE = { first: 250_000, least: 32_000, most: 1_000_000 };
const QUICK = 4000; // ms for a piece, below which the next may be larger
const MOST_CORRECTIONS = 4; // of the offset, before it is left for later

const pathOf = ({ uuid, sha256 }) => `/api/v1/visits/${uuid}/photos/${sha256}`;
const isReceipt = (receipt, { uuid, sha256 }) => receipt?.uuid === uuid && receipt.sha256 === sha256;

/**
 * Sends one photo to its end.
 * @param {object} photo record
 * @returns {Promise<boolean>} true: the server has it; false: it will not have it, a person must look
 * @throws {Away} try again later
 * @throws {Problem} 401 and 403: nobody, or somebody else, is signed in
 */
export async function sendPhoto(photo) {
  await change(photo, (record) => ({ ...record, tries: record.tries + 1 }));
  let offset = photo.tries ? await received(photo) : 0;
  let corrections = 0;
  for (;;) {
    const { status, json } = await put(photo, offset);
    if ((status === 200 || status === 201) && isReceipt(json?.receipt, photo)) return forgetPhoto(photo);
    if ((status === 200 || status === 409) && Number.isInteger(json?.received)) {
      if (json.received <= offset && ++corrections > MOST_CORRECTIONS) throw new Away("the offset does not move");
      offset = Math.min(json.received, photo.size);
    } else if (status === 422 && !photo.restarts) {
      photo = await change(photo, (record) => ({ ...record, restarts: record.restarts + 1 }));
      offset = 0; // pieces of two sealings may have met on the server
    } else {
      return refused(photo, status, json);
    }
  }
}

async function received(photo) {
  const { status, json } = await call("GET", pathOf(photo));
  if (status === 401 || status === 403) throw new Problem(status, json);
  // Held or kept: the first piece again brings the receipt.
  return status === 200 && json?.state === "partial" && Number.isInteger(json.received) ? json.received : 0;
}

let piece = PIECE.first;

async function put(photo, offset) {
  const began = performance.now();
  try {
    const answer = await call("PUT", pathOf(photo), {
      body: photo.sealed.slice(offset, offset + piece),
      headers: {
        "Content-Type": "application/octet-stream",
        "Upload-Offset": String(offset),
        "Upload-Length": String(photo.size),
        "Upload-Sealed": "1",
      },
    });
    if (performance.now() - began < QUICK) piece = Math.min(piece * 2, PIECE.most);
    return answer;
  } catch (error) {
    piece = Math.max(Math.round(piece / 2), PIECE.least);
    throw error;
  }
}

async function refused(photo, status, json) {
  if (status === 401 || status === 403) throw new Problem(status, json);
  if (![400, 404, 409, 410, 413, 422].includes(status)) throw new Away(`photo ${status}`, status);
  const error = { status: "photo", field: "photos", message: json?.detail || json?.title || "" };
  await transact(STORES, "readwrite", async (tx) => {
    const record = await tx.objectStore("photos").get(photo.seq);
    if (record) await tx.objectStore("photos").put({ ...record, state: NEEDS_YOU, error });
    await settle(tx, photo.uuid, error);
  });
  return false;
}

const change = (photo, how) =>
  transact(["photos"], "readwrite", async (tx) => {
    const record = await tx.objectStore("photos").get(photo.seq);
    if (!record) throw new Away("the photo was taken out meanwhile");
    await tx.objectStore("photos").put(how(record));
    return how(record);
  });

const forgetPhoto = (photo) =>
  transact(STORES, "readwrite", async (tx) => {
    await tx.objectStore("photos").delete(photo.seq);
    await settle(tx, photo.uuid);
    return true;
  });
