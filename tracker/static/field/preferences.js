/** Small habits of the person at work: how they mostly know, the kinds of shop they add. Never an answer. */
import { current } from "./session.js";
import { keep, recall } from "./store.js";
import { lock, unlock } from "./vault.js";

const placeOf = (owner) => `habits/${owner}`;

/** @returns {Promise<{evidence?: string, segments?: string[]}>} */
export async function remembered() {
  const owner = current().person?.id;
  const box = owner && await recall(placeOf(owner));
  if (!box) return {};
  return unlock(owner, box).catch(() => ({})); // the key of then is gone
}

/** @param {{evidence?: string, segments?: string[]}} some is put over what is remembered */
export async function remember(some) {
  const owner = current().person?.id;
  if (!owner) return;
  await keep(placeOf(owner), await lock(owner, { ...await remembered(), ...some }));
}
