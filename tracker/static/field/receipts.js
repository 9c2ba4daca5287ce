/** What an answer to a batch does to the queue. The phone forgets on a receipt that fits, and on nothing else. */
import { NEEDS_YOU, PHOTOS, STORES, WAITING, changePhotos, entryOf, PARKED, settle } from "./records.js";
import { transact } from "./store.js";

const STORED = new Set(["created", "replayed", "held"]);
const SAID_NO = new Set(["conflict", "refused"]);

/** @returns {boolean} whether this is the receipt of exactly this revision and these bytes */
export const isReceipt = (receipt, { uuid, revision, sha256 }) =>
  receipt?.uuid === uuid && receipt.revision === revision && receipt.sha256 === sha256;

/**
 * Notes that these are about to be sent. From here on the server may have them.
 * @param {object[]} batch
 * @returns {Promise<object[]>} those that are still waiting
 */
export const markTried = (batch) =>
  transact(STORES, "readwrite", async (tx) => {
    const going = [];
    for (const { seq } of batch) {
      const record = await tx.objectStore("entries").get(seq);
      if (record?.state !== WAITING) continue; // taken back meanwhile
      going.push({ ...record, tries: record.tries + 1 });
      await tx.objectStore("entries").put(going.at(-1));
    }
    return going;
  }, "strict");

/**
 * @param {object[]} batch as sent
 * @param {object[]} items of the answer
 * @returns {Promise<number>} how many were settled, one way or the other
 */
export const takeAnswers = (batch, items) =>
  transact(STORES, "readwrite", async (tx) => {
    let settled = 0;
    for (const [at, record] of batch.entries()) {
      const item = items.find((one) => one?.uuid === record.uuid && one.revision === record.revision)
        ?? unreadable(items, at, batch);
      if (item && await takeAnswer(tx, record, item)) settled += 1;
    }
    return settled;
  });

/** What the server could not even read has no name in its answer, only its place. */
function unreadable(items, at, batch) {
  const item = items[at];
  return items.length === batch.length && item?.uuid === "" && item.status === "refused" ? item : undefined;
}

async function takeAnswer(tx, { uuid, revision, sha256 }, item) {
  const record = await entryOf(tx, uuid, revision);
  if (record?.sha256 !== sha256 || !record.sealed) return false;
  const entries = tx.objectStore("entries");
  if (STORED.has(item.status) && isReceipt(item.receipt, record)) {
    await entries.put({ ...record, state: PHOTOS, sealed: null, error: null });
    await changePhotos(tx, uuid, (photo) => photo.state === PARKED, { state: WAITING });
    await settle(tx, uuid);
    return true;
  }
  if (!SAID_NO.has(item.status)) return false;
  const { field = "", message = "" } = item.error ?? {};
  await entries.put({ ...record, state: NEEDS_YOU, error: { status: item.status, field, message } });
  return true;
}

/** One entry that no request may carry: the server could not even read it. */
export const setAside = ({ seq }, message) =>
  transact(["entries"], "readwrite", async (tx) => {
    const record = await tx.objectStore("entries").get(seq);
    if (record?.state !== WAITING) return;
    const error = { status: "unreadable", field: "", message };
    await tx.objectStore("entries").put({ ...record, state: NEEDS_YOU, error });
  });
