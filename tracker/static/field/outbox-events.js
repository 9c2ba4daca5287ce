/** What happens in the outbox, for everyone who shows it or acts on it. */

/** "change" after anything; "finished" and "taken-back" with `detail` = {uuid, shop, entry}, "withdrawn" with {uuid, shop}; "retry". */
export const changes = new EventTarget();

/** Entries on their way at this moment, by seq; the sender keeps it. @type {Set<number>} */
export const onTheWay = new Set();

/** @param {string} [kind] @param {object} [detail] */
export function say(kind = "change", detail = null) {
  if (kind !== "change") changes.dispatchEvent(new CustomEvent(kind, { detail }));
  changes.dispatchEvent(new Event("change"));
}

/** @param {number} ms @returns {string} the day in Tokyo, which has no summer time */
export const dayOf = (ms) => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10);
