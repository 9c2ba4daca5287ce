/** What was saved last, for the bar with Undo: it stays until the next save, and only in this page's memory. */

let last = null;

/** @param {{uuid?: string, shop?: string, name?: string, text?: string}|null} what */
export const noteSaved = (what) => { last = what && { ...what, isNew: true }; };

/** @returns {{uuid?: string, shop?: string, name?: string, text?: string, isNew: boolean}|null} */
export const lastSave = () => last;

/** Whether a save has happened since this was asked last. */
export function takeNews() {
  const isNew = Boolean(last?.isNew);
  if (last) last.isNew = false;
  return isNew;
}
