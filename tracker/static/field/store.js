/** The database of the phone: opened when needed, and again where the browser has closed it. */
import { openDB } from "../idb/index.js";
import { Full, Superseded } from "./errors.js";
import { newJournal } from "./journal.js";
import { oneByOne } from "./one-by-one.js";
import { NAME, STEPS } from "./schema.js";

/** "blocked": an old tab holds the database and must be closed. */
export const changes = new EventTarget();

let opening = null;

/** @returns {Promise<IDBDatabase>} wrapped by idb; the same one until it is closed */
export function open() {
  opening ??= connect().catch((error) => {
    opening = null;
    throw error.name === "VersionError" ? new Superseded() : error;
  });
  return opening;
}

async function connect() {
  const db = await openDB(NAME, STEPS.length, {
    upgrade(database, from) {
      for (const step of STEPS.slice(from)) step(database);
    },
    blocked: () => changes.dispatchEvent(new Event("blocked")),
    // A newer version waits in another tab: holding on would block it, and its queue, for ever.
    blocking: () => close(db),
    terminated: () => { opening = null; },
  });
  return db;
}

function close(db) {
  db.close();
  opening = null;
}

// iOS closes the connection under memory pressure; whatever came of the first try was rolled back.
const CLOSED = new Set(["InvalidStateError", "AbortError", "UnknownError", "TransactionInactiveError"]);

/**
 * Does `work` in one transaction: all of it or nothing. Where the connection was lost the work is done once more, so it
 * must depend on nothing but its transaction.
 * @template T
 * @param {string[]} stores
 * @param {"readonly"|"readwrite"} mode
 * @param {(tx: object) => Promise<T>} work must wait for nothing but the transaction
 * @param {"strict"|"relaxed"} [durability] strict: on the disk before it is said to be done
 * @returns {Promise<T>}
 */
export async function transact(stores, mode, work, durability = "relaxed") {
  try {
    return await attempt(stores, mode, work, durability);
  } catch (error) {
    if (!CLOSED.has(error.name)) throw error;
    const stale = await opening?.catch(() => null);
    if (stale) close(stale);
    return attempt(stores, mode, work, durability);
  }
}

function attempt(stores, mode, work, durability) {
  if (mode === "readonly") return inTransaction(stores, mode, work, durability);
  return oneByOne(async () => {
    await newJournal();
    return inTransaction(stores, mode, work, durability);
  });
}

async function inTransaction(stores, mode, work, durability) {
  const db = await open();
  const tx = db.transaction(stores, mode, { durability });
  // Both fail together; the one nobody waits for must not be reported as unhandled.
  tx.done.catch(() => {});
  try {
    const result = await work(tx);
    await tx.done;
    return result;
  } catch (error) {
    const cause = tx.error ?? error;
    abort(tx);
    throw cause.name === "QuotaExceededError" ? new Full() : cause;
  }
}

function abort(tx) {
  try {
    tx.abort();
  } catch {
    // it has ended already
  }
}

/** @param {string} key @returns {Promise<any>} undefined where there is none */
export const recall = (key) => transact(["meta"], "readonly", (tx) => tx.objectStore("meta").get(key));

/** @param {string} key @param {any} value nothing that must be encrypted; undefined removes it */
export const keep = (key, value) =>
  transact(["meta"], "readwrite", (tx) =>
    value === undefined ? tx.objectStore("meta").delete(key) : tx.objectStore("meta").put(value, key));

/** @returns {Promise<{used: number, quota: number, persisted: boolean}>} bytes */
export async function usage() {
  const { usage: used = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return { used, quota, persisted: (await navigator.storage?.persisted?.()) ?? false };
}

/** @returns {Promise<boolean>} whether the browser promised not to evict what is kept here */
export const askToPersist = async () => (await navigator.storage?.persist?.()) ?? false;
