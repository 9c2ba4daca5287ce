/** Signing out: nothing readable stays, nothing unsent goes. It goes on after a reload where it was interrupted. */
import { changes as draftChanges, drafts, owner } from "./drafts.js";
import { NotSignedIn } from "./errors.js";
import { say } from "./outbox-events.js";
import { SENT, STORES } from "./records.js";
import { sealDrafts } from "./sealed-drafts.js";
import { current, leave } from "./session.js";
import { keep, recall, transact } from "./store.js";
import { forget } from "./vault.js";

const AT_ONCE = 200; // records in one transaction

/** Seals the drafts, deletes the key and every copy made with it, then leaves the session (later, where there is no signal). */
export async function signOut() {
  if (!current().key && (await drafts()).length) throw new NotSignedIn("no key of the server to seal drafts with");
  await keep("leaving", { owner: owner() });
  await resumeSignOut();
}

/** Goes on with a signing out that was cut short; nothing where there was none. */
export async function resumeSignOut() {
  const leaving = await recall("leaving");
  if (!leaving) return;
  if (leaving.owner) await tidyAfter(leaving.owner);
  await leave();
}

/** Takes away what only one person may read. @param {number} who */
export async function tidyAfter(who) {
  await sealDrafts(who);
  await forget(who); // first: without the key the copies are noise, whatever happens next
  await transact(["plans"], "readwrite", (tx) => tx.objectStore("plans").delete(IDBKeyRange.bound(`${who}/`, `${who}/\uffff`)));
  for (const store of STORES) await dropCopies(store, who);
  draftChanges.dispatchEvent(new Event("change"));
  say();
}

async function dropCopies(store, who) {
  for (let after = 0; after !== null;) {
    after = await transact([store], "readwrite", (tx) => dropSome(tx.objectStore(store), who, after));
  }
}

async function dropSome(store, who, after) {
  let cursor = await store.openCursor(IDBKeyRange.lowerBound(after, true));
  for (let left = AT_ONCE; cursor && left; left -= 1) {
    const { owner: by, state, own, seq } = cursor.value;
    if (by === who && state === SENT) await cursor.delete();
    else if (by === who && own) await cursor.update({ ...cursor.value, own: null });
    if (left === 1) return seq;
    cursor = await cursor.continue();
  }
  return null;
}
