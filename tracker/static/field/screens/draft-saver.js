/** Writes a draft at every change, one write after the other, never an older one over a newer. */
import { saveDraft } from "../drafts.js";

/**
 * @param {string} key UUID of the shop
 * @param {() => object} read the draft as it is now
 * @param {(error: Error) => void} failed
 */
export function draftSaver(key, read, failed) {
  let running = null;
  let wanted = false;
  let closed = false;

  async function run() {
    while (wanted && !closed) {
      wanted = false;
      await saveDraft(key, read());
    }
  }

  return {
    save() {
      if (closed) return Promise.resolve();
      wanted = true;
      running ??= run().catch(failed).finally(() => { running = null; });
      return running;
    },
    /** After this nothing is written any more: the draft may be dropped. */
    async close() {
      closed = true;
      await running;
    },
    reopen() { closed = false; },
  };
}
