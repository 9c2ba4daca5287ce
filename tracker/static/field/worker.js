/** The service worker from the page's side: put in place at the start, exchanged only when no form is open. */
import { isFormOpen } from "./drafts.js";

/** "waiting": a new version is here; "replaced": it has taken over, load the page again. */
export const changes = new EventTarget();

let registration = null;

/** @returns {boolean} whether a new version waits */
export const isWaiting = () => Boolean(registration?.waiting);

/** Puts the worker in place; nothing where the browser has none, or the app is not served from it. */
export async function startWorker() {
  if (!navigator.serviceWorker) return;
  let { controller } = navigator.serviceWorker; // none: the first one to come replaces nothing
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (controller) changes.dispatchEvent(new Event("replaced"));
    controller = navigator.serviceWorker.controller;
  });
  // Switched off, it is on its way out: to register it once more would bring it back.
  if (document.documentElement.dataset.worker === "off") return;
  registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  registration.addEventListener("updatefound", followInstalling);
  followInstalling(); // opening the page makes the browser look too, and it may have found one before we listen
  if (registration.waiting) changes.dispatchEvent(new Event("waiting"));
}

function followInstalling() {
  const { installing } = registration;
  installing?.addEventListener("statechange", () => {
    if (installing.state === "installed" && registration.waiting) changes.dispatchEvent(new Event("waiting"));
  });
}

/** Looks for a new version. */
export const lookForNewVersion = () => registration?.update().catch(() => {});

/** Lets a waiting version take over, unless a form is open in any tab. @returns {Promise<boolean>} whether it may */
export async function activateWhenFree() {
  if (!isWaiting() || await isFormOpen()) return false;
  registration.waiting?.postMessage({ type: "activate" }); // gone where another tab has let it take over meanwhile
  return true;
}
