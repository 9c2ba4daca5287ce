/**
 * A crash in the middle of a write leaves a torn record at the end of the journal of LevelDB, which lies under Chromium's
 * IndexedDB, and Chromium goes on writing right behind it. When the journal is read again, the torn record takes with it
 * what follows: the rest of its block of 32 kB, or the whole database. Where a database is deleted, LevelDB begins another
 * journal and drops this one; so a small one is made and deleted before the first write.
 */
import { deleteDB, openDB } from "../idb/index.js";

const NAME = "noren-journal";

let begun = null;

/** @returns {Promise<void>} when no torn record is left; never fails: without room the next write says so itself */
export function newJournal() {
  begun ??= begin().catch((error) => console.warn(error));
  return begun;
}

async function begin() {
  const db = await openDB(NAME, 1, {
    upgrade: (database) => database.createObjectStore("one"),
    blocking: () => db.close(), // another tab begins one too
  });
  try {
    await db.put("one", 1, 1);
  } finally {
    db.close();
  }
  await deleteDB(NAME);
}
