/** What the outbox screen shows. */
import { dayOf, onTheWay } from "./outbox-events.js";
import { NEEDS_YOU, SENT, STORES, UNSENT, countOf, photoHashes } from "./records.js";
import { current } from "./session.js";
import { transact } from "./store.js";
import { unlock } from "./vault.js";

const STATES = { waiting: UNSENT, sent: [SENT], needsYou: [NEEDS_YOU] };

/**
 * @param {{state?: "waiting"|"sent"|"needsYou", limit?: number, before?: number}} [which] before: `seq` of the last row shown
 * @returns {Promise<object[]>} newest first: {seq, uuid, revision, state, at, sentAt, withdrawnAt, tries, error, isSending,
 *   photos, entry, about}; `entry` and `about` are null where only the server can open it; photos: how many still lie here
 */
export async function rows({ state, limit = 50, before = Infinity } = {}) {
  const who = current().person?.id;
  if (!who) return [];
  const wanted = state ? STATES[state] : [...UNSENT, SENT, NEEDS_YOU];
  const found = await transact(STORES, "readonly", async (tx) => {
    const lists = [];
    for (const one of wanted) lists.push(...await newest(tx, [who, one], limit, before));
    const top = lists.sort((one, other) => other.seq - one.seq).slice(0, limit);
    for (const record of top) record.photos = (await photoHashes(tx, record.uuid)).length;
    return top;
  });
  return Promise.all(found.map((record) => shown(who, record)));
}

async function newest(tx, key, limit, before) {
  const found = [];
  let cursor = await tx.objectStore("entries").index("owner_state").openCursor(key, "prev");
  for (; cursor && found.length < limit; cursor = await cursor.continue()) {
    if (cursor.value.seq < before) found.push(cursor.value);
  }
  return found;
}

async function shown(who, { sealed, own, sha256: hash, owner: by, on, ...row }) {
  const open = own ? await unlock(who, own).catch(() => null) : null;
  const isSending = onTheWay.has(row.seq);
  return { ...row, isSending, entry: open?.entry ?? null, about: open?.about ?? null };
}

/**
 * @returns {Promise<{waiting: number, sending: number, sent: number, needsYou: number, others: number, today: number}>}
 *   sending is part of waiting; others: unsent entries of other people on this phone; today: finished since midnight in Tokyo
 */
export async function counts() {
  const who = current().person?.id ?? 0;
  const [waiting, sent, needsYou] = await Promise.all([UNSENT, [SENT], [NEEDS_YOU]].map((states) => countOf(who, states)));
  const [all, today] = await transact(["entries"], "readonly", (tx) => {
    const entries = tx.objectStore("entries");
    const unsent = [...UNSENT, NEEDS_YOU].map((state) => entries.index("state").count(state));
    const mine = entries.index("owner_on").count([who, dayOf(Date.now())]);
    return Promise.all([Promise.all(unsent).then((each) => each.reduce((sum, n) => sum + n)), mine]);
  });
  return { waiting, sending: onTheWay.size, sent, needsYou, others: all - waiting - needsYou, today };
}
