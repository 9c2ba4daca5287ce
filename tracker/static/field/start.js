/** The app on this phone: put in place, installed, renewed when nothing is in the way. */
import { counts, changes as outboxChanges } from "./outbox.js";
import { openSealedDrafts } from "./sealed-drafts.js";
import { changes as sessionChanges, current } from "./session.js";
import { activateWhenFree, changes as workerChanges, isWaiting, lookForNewVersion, startWorker } from "./worker.js";

const LOOK_EVERY = 3_600_000; // ms between two looks for a new version; an installed app is seldom loaded anew

let prompt = null;

/** @returns {{prompt: () => Promise<void>}|null} the browser's offer to install, where it has made one */
export const installPrompt = () => prompt;

/** @returns {boolean} whether a new version waits for its turn */
export const newVersionWaits = () => isWaiting();

// Not while something waits to be sent, and never while a form is open.
async function renew() {
  if (!isWaiting()) return;
  const { waiting } = await counts();
  if (!waiting) await activateWhenFree();
}

// Drafts that were sealed at signing out come back to their owner, and only to their owner.
let opened = null;
async function openDrafts() {
  const { signedIn, person } = current();
  if (!signedIn || opened === person.id) return;
  opened = person.id;
  await openSealedDrafts().catch((error) => { opened = null; console.warn(error); });
}

export function begin() {
  sessionChanges.addEventListener("change", openDrafts);
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    prompt = event;
  });
  workerChanges.addEventListener("waiting", renew);
  workerChanges.addEventListener("replaced", () => location.reload());
  window.addEventListener("hashchange", renew);
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < LOOK_EVERY) return;
    looked = Date.now();
    lookForNewVersion();
  });
  outboxChanges.addEventListener("change", renew);
  startWorker().catch((error) => console.warn(error)); // the app works without it, with signal
}
