/**
 * Where the browser dies in the middle of two writes, even to different stores, Chromium takes its whole IndexedDB for damaged
 * at the next start and throws it away: both left a claim on the name of the database, and it does not give that claim twice
 * when it rolls them back. So writes go one after the other, those of other tabs and of the service worker too.
 */
const NAME = "noren-writes";
const PATIENCE = 5_000; // ms; a page put to sleep in the middle of a write must not stop the others for ever

/**
 * @template T
 * @param {() => Promise<T>} write is done when nothing of it is left to be written
 * @returns {Promise<T>}
 */
export async function oneByOne(write) {
  if (!navigator.locks) return write(); // no Chromium of the last years
  let begun = false;
  const begin = () => { begun = true; return write(); };
  try {
    return await navigator.locks.request(NAME, { signal: AbortSignal.timeout(PATIENCE) }, begin);
  } catch (error) {
    if (begun) throw error;
    return write();
  }
}
